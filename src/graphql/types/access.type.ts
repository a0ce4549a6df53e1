// Stores and keys as those who manage them see them.
import { Field, ID, ObjectType } from 'type-graphql';
import type { ApiKeyRole } from '../../domain/access/caller.js';
import { DateTimeScalar } from '../server/scalars.js';
import { ApiKeyRoleEnum } from './enums.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('ApiKey', {
  description: 'A key of the store. Its text was shown when it was made, and is kept nowhere.',
  simpleResolvers: true,
})
export class ApiKeyObject {
  @Field(() => ID, { description: 'Names the key, for `revokeApiKey`; the log names it so too.' })
  id!: string;

  @Field(() => String, { description: 'What it was called when it was made: who uses it, and for what.' })
  name!: string;

  @Field(() => ApiKeyRoleEnum, { description: 'What its holder may do.' })
  role!: ApiKeyRole;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last used, to the minute; null: never.' })
  lastUsedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Since when it is refused; null: it is good.' })
  revokedAt!: Date | null;
}

@ObjectType('CreateApiKeyPayload', { description: 'A new key, or why there is none.', simpleResolvers: true })
export class CreateApiKeyPayloadObject {
  @Field(() => ID, { nullable: true, description: 'Names the key; null where none was made.' })
  id!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What its holder brings as `Authorization: Bearer`. Shown this once.',
  })
  key!: string | null;

  @Field(() => [UserErrorObject], { description: 'Why there is no key.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('RevokeApiKeyPayload', { description: 'What became of a revocation.', simpleResolvers: true })
export class RevokeApiKeyPayloadObject {
  @Field(() => Boolean, { description: 'Whether the key is revoked now; one that was so already stays so.' })
  revoked!: boolean;

  @Field(() => [UserErrorObject], { description: 'Why it is not.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('Store', { description: 'One merchant’s shop in this deployment.', simpleResolvers: true })
export class StoreObject {
  @Field(() => ID, { description: 'What the header `x-fitroom-store` names it by.' })
  id!: string;

  @Field(() => String, { description: 'What people call it.' })
  name!: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;
}

@ObjectType('DeleteStorePayload', { description: 'What became of a deletion.', simpleResolvers: true })
export class DeleteStorePayloadObject {
  @Field(() => Boolean, { description: 'Whether there was such a store, of which nothing is left now.' })
  deleted!: boolean;

  @Field(() => [UserErrorObject], { description: 'Why nothing was deleted.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('CreateStorePayload', { description: 'A new store, or why there is none.', simpleResolvers: true })
export class CreateStorePayloadObject {
  @Field(() => StoreObject, { nullable: true, description: 'The store; null where none was made.' })
  store!: StoreObject | null;

  @Field(() => [UserErrorObject], { description: 'Why there is no store.' })
  userErrors!: UserErrorObject[];
}
