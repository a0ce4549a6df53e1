// Object types of stores and API keys.
import { Field, ID, ObjectType } from 'type-graphql';
import type { ApiKeyRole } from '../../domain/access/caller.js';
import { DateTimeScalar } from '../server/scalars.js';
import { ApiKeyRoleEnum } from './enums.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('ApiKey', {
  description: 'An API key of the store. The key text is shown once, when the key is created, and is not stored.',
  simpleResolvers: true,
})
export class ApiKeyObject {
  @Field(() => ID, { description: 'ID of the key. `revokeApiKey` takes it, and the server log shows it.' })
  id!: string;

  @Field(() => String, { description: 'Name of the key, which says who uses it and for what.' })
  name!: string;

  @Field(() => ApiKeyRoleEnum, { description: 'Role of the key, which decides what its holder may do.' })
  role!: ApiKeyRole;

  @Field(() => DateTimeScalar, { description: 'Time when the key was created.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time of the last use, accurate to one minute. Null if the key was never used.',
  })
  lastUsedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time when the key was revoked. Null for a valid key.' })
  revokedAt!: Date | null;
}

@ObjectType('CreateApiKeyPayload', { description: 'Result of creating an API key.', simpleResolvers: true })
export class CreateApiKeyPayloadObject {
  @Field(() => ID, { nullable: true, description: 'ID of the new key. Null if no key was created.' })
  id!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Key text, which the client sends as `Authorization: Bearer`. It is shown only in this response.',
  })
  key!: string | null;

  @Field(() => [UserErrorObject], { description: 'Reasons why no key was created.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('RevokeApiKeyPayload', { description: 'Result of revoking an API key.', simpleResolvers: true })
export class RevokeApiKeyPayloadObject {
  @Field(() => Boolean, {
    description: '`true` if the key is revoked now, even if it was already revoked before the call.',
  })
  revoked!: boolean;

  @Field(() => [UserErrorObject], { description: 'Reasons why the key was not revoked.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('Store', { description: 'A merchant’s store in this deployment.', simpleResolvers: true })
export class StoreObject {
  @Field(() => ID, { description: 'ID of the store, as used in the header `x-fitroom-store`.' })
  id!: string;

  @Field(() => String, { description: 'Display name of the store.' })
  name!: string;

  @Field(() => DateTimeScalar, { description: 'Time when the store was created.' })
  createdAt!: Date;
}

@ObjectType('DeleteStorePayload', { description: 'Result of deleting a store.', simpleResolvers: true })
export class DeleteStorePayloadObject {
  @Field(() => Boolean, { description: '`true` if the store existed. All its data is deleted.' })
  deleted!: boolean;

  @Field(() => [UserErrorObject], { description: 'Reasons why the store was not deleted.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('CreateStorePayload', { description: 'Result of creating a store.', simpleResolvers: true })
export class CreateStorePayloadObject {
  @Field(() => StoreObject, { nullable: true, description: 'The new store. Null if no store was created.' })
  store!: StoreObject | null;

  @Field(() => [UserErrorObject], { description: 'Reasons why no store was created.' })
  userErrors!: UserErrorObject[];
}
