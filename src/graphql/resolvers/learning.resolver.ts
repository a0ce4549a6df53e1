// Resolvers for learned rankings.
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { LearnedRanking } from '../../store/learning.repository.js';
import type { GraphQLContext } from '../server/context.js';
import { learningCost } from '../cost.js';
import { Needs } from '../server/permissions.js';
import {
  LearnedRankingObject,
  LearnedWeightObject,
  LearnRankingPayloadObject,
  UseLearnedRankingPayloadObject,
} from '../types/learning.type.js';

@Resolver(() => LearnedRankingObject)
export class LearningResolver {
  @Needs('catalog:inspect')
  @Query(() => [LearnedRankingObject], { description: 'Learned rankings of the store, newest first.' })
  async learnedRankings(@Ctx() { services, store }: GraphQLContext): Promise<LearnedRanking[]> {
    return services.rankLearning.list(store);
  }

  @Needs('catalog:write')
  @Mutation(() => LearnRankingPayloadObject, {
    complexity: learningCost,
    description:
      'Learns a ranking now from the latest recommendations of the active model, as the daily job does. The ' +
      'result is used if it is better on held-out recommendations.',
  })
  async learnRanking(@Ctx() { services, store }: GraphQLContext): Promise<{ learnedRanking: LearnedRanking | null }> {
    return { learnedRanking: await services.rankLearning.learn(store, services.encoders.bundle.id) };
  }

  @Needs('catalog:write')
  @Mutation(() => UseLearnedRankingPayloadObject, {
    description: 'Ranks requests with another learned version for the active model, or without learned weights.',
  })
  async useLearnedRanking(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('version', () => Int, {
      nullable: true,
      description: 'Version of the learned ranking. If absent, requests are ranked without learned weights.',
    })
    version?: number | null,
  ): Promise<UseLearnedRankingPayloadObject> {
    return services.rankLearning.use(store, services.encoders.bundle.id, version ?? null);
  }

  @FieldResolver(() => [LearnedWeightObject], {
    description: 'Weights that differ from 1 by more than 0.01.',
  })
  weights(@Root() { weights }: LearnedRanking): LearnedWeightObject[] {
    return Object.entries(weights)
      .map(([contribution, weight]) => ({ contribution, weight }))
      .filter(({ weight }) => Math.abs(weight - 1) > 0.01);
  }
}
