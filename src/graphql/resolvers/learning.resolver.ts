// Learned weights: learned now, listed, switched on, off and back.
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
  @Query(() => [LearnedRankingObject], { description: 'What the store has learned, the newest first.' })
  async learnedRankings(@Ctx() { services, store }: GraphQLContext): Promise<LearnedRanking[]> {
    return services.rankLearning.list(store);
  }

  @Needs('catalog:write')
  @Mutation(() => LearnRankingPayloadObject, {
    complexity: learningCost,
    description:
      'Learns now from the latest answers of the running model, as a job does once a day. What does better on answers that it has not seen is in use from then on.',
  })
  async learnRanking(@Ctx() { services, store }: GraphQLContext): Promise<{ learnedRanking: LearnedRanking | null }> {
    return { learnedRanking: await services.rankLearning.learn(store, services.encoders.bundle.id) };
  }

  @Needs('catalog:write')
  @Mutation(() => UseLearnedRankingPayloadObject, {
    description: 'Ranks with another version that was learned for the running model, or with none.',
  })
  async useLearnedRanking(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('version', () => Int, {
      nullable: true,
      description: 'Its version. Absent: none, the ranking as it is by itself.',
    })
    version?: number | null,
  ): Promise<UseLearnedRankingPayloadObject> {
    return services.rankLearning.use(store, services.encoders.bundle.id, version ?? null);
  }

  @FieldResolver(() => [LearnedWeightObject], {
    description: 'The weights that differ from 1 by more than a hundredth.',
  })
  weights(@Root() { weights }: LearnedRanking): LearnedWeightObject[] {
    return Object.entries(weights)
      .map(([contribution, weight]) => ({ contribution, weight }))
      .filter(({ weight }) => Math.abs(weight - 1) > 0.01);
  }
}
