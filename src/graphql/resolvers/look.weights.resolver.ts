// What a store's shoppers teach its looks.
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { PAIR_PARTS, type PairWeights } from '../../domain/outfit/pair.score.js';
import type { GraphQLContext } from '../server/context.js';
import { Needs } from '../server/permissions.js';
import { LearnLookWeightsPayloadObject, type LookWeightObject } from '../types/look.weights.type.js';

@Resolver()
export class LookWeightsResolver {
  @Needs('catalog:write')
  @Mutation(() => LearnLookWeightsPayloadObject, {
    description:
      'Learns what looks are judged by from what shoppers did with pieces of looks that were shown, and judges by that from now on where it explains choices better that were kept aside.',
  })
  async learnLookWeights(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('dryRun', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Only say what would come of it.',
    })
    dryRun?: boolean | null,
  ): Promise<LearnLookWeightsPayloadObject> {
    const { before, weights, ...learned } = await services.outfitLearning.learn(store, dryRun ?? false);
    return { ...learned, before: listed(before), learned: listed(weights) };
  }

  @Needs('catalog:write')
  @Mutation(() => Boolean, {
    description: 'Back to the weights that every store begins with. True where others were in force.',
  })
  async resetLookWeights(@Ctx() { services, store }: GraphQLContext): Promise<boolean> {
    return services.outfitLearning.reset(store);
  }
}

function listed(weights: PairWeights): LookWeightObject[] {
  return PAIR_PARTS.map((name) => ({ name, value: weights[name] }));
}
