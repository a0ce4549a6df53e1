// Resolvers for API keys and stores.
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
  @Query(() => [ApiKeyObject], { description: 'API keys of the store, newest first, including revoked keys.' })
  async apiKeys(@Ctx() { services, store }: GraphQLContext): Promise<ApiKey[]> {
    return services.keys.list(store);
  }

  @Needs('keys:manage')
  @Mutation(() => CreateApiKeyPayloadObject, {
    description: 'Creates an API key for the store. The key text is only in this response.',
  })
  async createApiKey(
    @Arg('role', () => ApiKeyRoleEnum, { description: 'Role of the key, which decides what its holder may do.' })
    role: ApiKeyRole,
    @Arg('name', () => String, {
      description: 'Name of the key, 1 to 200 characters, which says who uses it and for what.',
    })
    name: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<CreateApiKeyPayloadObject> {
    return services.keys.create(store, role, name);
  }

  @Needs('keys:manage')
  @Mutation(() => RevokeApiKeyPayloadObject, {
    description: 'Revokes an API key permanently. All servers refuse the key within 5 seconds.',
  })
  async revokeApiKey(
    @Arg('id', () => ID, { description: 'ID of the key, not the key text.' }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<RevokeApiKeyPayloadObject> {
    return services.keys.revoke(store, id);
  }

  @Needs('stores:manage')
  @Query(() => [StoreObject], { description: 'Stores of the deployment, ordered by ID.' })
  async stores(@Ctx() { services }: GraphQLContext): Promise<Store[]> {
    return services.stores.list();
  }

  @Needs('stores:manage')
  @Mutation(() => CreateStorePayloadObject, {
    description: 'Creates an empty store without API keys. Requests select it with the header `x-fitroom-store`.',
  })
  async createStore(
    @Arg('id', () => String, {
      description:
        'ID of the store: 1 to 63 lower-case letters, digits and hyphens, not starting with a hyphen. It ' +
        'cannot change.',
    })
    id: string,
    @Arg('name', () => String, { description: 'Display name of the store, 1 to 200 characters.' }) name: string,
    @Ctx() { services }: GraphQLContext,
  ): Promise<CreateStorePayloadObject> {
    return services.stores.create(id, name);
  }

  @Needs('stores:manage')
  @Mutation(() => DeleteStorePayloadObject, {
    description:
      'Deletes a store permanently, with its garments, pictures, keys, rules and imports; all servers refuse ' +
      'its keys within 5 seconds. The store `default` cannot be deleted.',
  })
  async deleteStore(
    @Arg('id', () => String, { description: 'ID of the store.' }) id: string,
    @Ctx() { services }: GraphQLContext,
  ): Promise<DeleteStorePayloadObject> {
    return services.stores.delete(id);
  }
}
