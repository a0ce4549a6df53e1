// Switching models: ordered, looked at, made by hand, taken back.
import { Arg, Ctx, Float, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Reembedding } from '../../domain/jobs/reembedding.js';
import type { GraphQLContext } from '../server/context.js';
import { Needs } from '../server/permissions.js';
import { ReembeddingObject, ReembeddingPayloadObject } from '../types/reembedding.type.js';
import { orUserErrors } from '../server/error.format.js';

const ID_DESCRIPTION = 'As `startReembedding` gave it.';

@Resolver()
export class ReembeddingResolver {
  @Needs('catalog:inspect')
  @Query(() => ReembeddingObject, {
    nullable: true,
    description: 'A switch of the model; null where there is none of this id.',
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
      'Embeds the whole catalog with another model while the present one goes on answering, compares the answers of both, ' +
      'then switches. What is stored meanwhile is embedded with both.',
  })
  async startReembedding(
    @Arg('model', () => String, { description: 'Folder of the bundle, as `fitroom models list` names it.' })
    model: string,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('minOverlap', () => Float, {
      nullable: true,
      description:
        'The gate, 0 to 1: where a part of the report overlaps less, the switch is held for somebody to decide. Absent: none.',
    })
    minOverlap?: number | null,
  ): Promise<ReembeddingPayloadObject> {
    return payload(services.reembeddings.start(store, model, minOverlap ?? null));
  }

  @Needs('catalog:write')
  @Mutation(() => ReembeddingPayloadObject, {
    description: 'Switches by hand to a model that is held by its gate, or that was rolled back.',
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
      'Takes a switch back: the model before answers again at once. Possible until the next re-embedding or `endReembedding`.',
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
      'Keeps only the model that answers now: breaks off a switch that is under way or held, or gives up the way back, and ' +
      'drops the other model’s vectors. Upserts then embed once again.',
  })
  async endReembedding(
    @Arg('id', () => ID, { description: ID_DESCRIPTION }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<ReembeddingPayloadObject> {
    return payload(services.reembeddings.end(store, id));
  }
}

async function payload(order: Promise<Reembedding>): Promise<ReembeddingPayloadObject> {
  const { result, userErrors } = await orUserErrors(order);
  return { reembedding: result, userErrors };
}
