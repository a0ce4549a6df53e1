// Who may come in: the keys of a store, and for the deployment itself its stores.
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { ApiKey, ApiKeyRole } from '../../domain/access/caller.js';
import type { Store } from '../../domain/access/store.context.js';
import type { GraphQLContext } from '../server/context.js';
import { Needs } from '../server/permissions.js';
import {
  ApiKeyObject,
  CreateApiKeyPayloadObject,
  CreateStorePayloadObject,
  DeleteStorePayloadObject,
  RevokeApiKeyPayloadObject,
  StoreObject,
} from '../types/access.type.js';
import { ApiKeyRoleEnum } from '../types/enums.js';

@Resolver()
export class AccessResolver {
  @Needs('keys:manage')
  @Query(() => [ApiKeyObject], { description: 'The keys of the store, the newest first, revoked ones too.' })
  async apiKeys(@Ctx() { services, store }: GraphQLContext): Promise<ApiKey[]> {
    return services.keys.list(store);
  }

  @Needs('keys:manage')
  @Mutation(() => CreateApiKeyPayloadObject, {
    description: 'Makes a key of the store. Its text is in this answer and nowhere else.',
  })
  async createApiKey(
    @Arg('role', () => ApiKeyRoleEnum, { description: 'What its holder may do.' }) role: ApiKeyRole,
    @Arg('name', () => String, { description: 'Who will use it, and for what; 1 to 200 characters.' }) name: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<CreateApiKeyPayloadObject> {
    return services.keys.create(store, role, name);
  }

  @Needs('keys:manage')
  @Mutation(() => RevokeApiKeyPayloadObject, {
    description: 'Makes a key worthless, within 5 seconds everywhere, and for ever.',
  })
  async revokeApiKey(
    @Arg('id', () => ID, { description: 'The id of the key, not its text.' }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<RevokeApiKeyPayloadObject> {
    return services.keys.revoke(store, id);
  }

  @Needs('stores:manage')
  @Query(() => [StoreObject], { description: 'The stores of the deployment, by id.' })
  async stores(@Ctx() { services }: GraphQLContext): Promise<Store[]> {
    return services.stores.list();
  }

  @Needs('stores:manage')
  @Mutation(() => CreateStorePayloadObject, {
    description: 'Makes a store, empty and without keys. The header `x-fitroom-store` names it from then on.',
  })
  async createStore(
    @Arg('id', () => String, { description: 'Lower-case letters, digits and hyphens, 1 to 63; it never changes.' })
    id: string,
    @Arg('name', () => String, { description: 'What people call it; 1 to 200 characters.' }) name: string,
    @Ctx() { services }: GraphQLContext,
  ): Promise<CreateStorePayloadObject> {
    return services.stores.create(id, name);
  }

  @Needs('stores:manage')
  @Mutation(() => DeleteStorePayloadObject, {
    description:
      'Deletes a store with all its garments, pictures, keys, rules and imports, for ever. Work that is under way for it ends; ' +
      'its keys are refused within 5 seconds everywhere. The store `default` is never deleted.',
  })
  async deleteStore(
    @Arg('id', () => String, { description: 'As `createStore` was given it.' }) id: string,
    @Ctx() { services }: GraphQLContext,
  ): Promise<DeleteStorePayloadObject> {
    return services.stores.delete(id);
  }
}
