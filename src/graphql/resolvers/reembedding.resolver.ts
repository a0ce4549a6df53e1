// Resolvers for switches between models.
import { Arg, Ctx, Float, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Reembedding } from '../../domain/jobs/reembedding.js';
import type { GraphQLContext } from '../server/context.js';
import { Needs } from '../server/permissions.js';
import { ReembeddingObject, ReembeddingPayloadObject } from '../types/reembedding.type.js';
import { orUserErrors } from '../server/error.format.js';

const ID_DESCRIPTION = 'ID of the re-embedding, from `startReembedding`.';

@Resolver()
export class ReembeddingResolver {
  @Needs('catalog:inspect')
  @Query(() => ReembeddingObject, {
    nullable: true,
    description: 'Returns one re-embedding, or null if the store has none with this ID.',
  })
  async reembedding(
    @Arg('id', () => ID, { description: ID_DESCRIPTION }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<ReembeddingObject | null> {
    return services.reembeddings.find(store, id);
  }

  @Needs('catalog:write')
  @Mutation(() => ReembeddingPayloadObject, {
    description:
      'Embeds the catalog with another model while the active model serves requests, compares both models, ' +
      'then switches. Garments stored meanwhile are embedded with both models.',
  })
  async startReembedding(
    @Arg('model', () => String, { description: 'Directory name of the bundle, as listed by `fitroom models list`.' })
    model: string,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('minOverlap', () => Float, {
      nullable: true,
      description:
        'Minimum overlap of every part of the report, 0 to 1; below it, the switch waits for ' +
        '`finishReembedding` or `endReembedding`. If absent, there is no minimum.',
    })
    minOverlap?: number | null,
  ): Promise<ReembeddingPayloadObject> {
    return payload(services.reembeddings.start(store, model, minOverlap ?? null));
  }

  @Needs('catalog:write')
  @Mutation(() => ReembeddingPayloadObject, {
    description: 'Switches to a model that is held by `minOverlap` or was rolled back.',
  })
  async finishReembedding(
    @Arg('id', () => ID, { description: ID_DESCRIPTION }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<ReembeddingPayloadObject> {
    return payload(services.reembeddings.finish(store, id));
  }

  @Needs('catalog:write')
  @Mutation(() => ReembeddingPayloadObject, {
    description:
      'Switches back to the previous model at once. Possible until the next re-embedding or `endReembedding`.',
  })
  async rollbackReembedding(
    @Arg('id', () => ID, { description: ID_DESCRIPTION }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<ReembeddingPayloadObject> {
    return payload(services.reembeddings.rollBack(store, id));
  }

  @Needs('catalog:write')
  @Mutation(() => ReembeddingPayloadObject, {
    description:
      'Keeps only the active model and deletes the embeddings of the other. This stops a running or held ' +
      'switch, or gives up the option to roll back.',
  })
  async endReembedding(
    @Arg('id', () => ID, { description: ID_DESCRIPTION }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<ReembeddingPayloadObject> {
    return payload(services.reembeddings.end(store, id));
  }
}

async function payload(operation: Promise<Reembedding>): Promise<ReembeddingPayloadObject> {
  const { result, userErrors } = await orUserErrors(operation);
  return { reembedding: result, userErrors };
}
