// Resolvers for learned outfit weights.
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { PAIR_PARTS, type PairWeights } from '../../domain/outfit/pair.score.js';
import type { GraphQLContext } from '../server/context.js';
import { Needs } from '../server/permissions.js';
import { LearnLookWeightsPayloadObject, type LookWeightObject } from '../types/look.weights.type.js';

@Resolver()
export class OutfitWeightsResolver {
  @Needs('catalog:write')
  @Mutation(() => LearnLookWeightsPayloadObject, {
    description:
      'Learns outfit weights from the feedback on shown outfits. The result is used if it explains held-out ' +
      'choices better than the present weights.',
  })
  async learnLookWeights(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('dryRun', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: '`true` returns the result without using it.',
    })
    dryRun?: boolean | null,
  ): Promise<LearnLookWeightsPayloadObject> {
    const { before, weights, ...learned } = await services.outfitLearning.learn(store, dryRun ?? false);
    return { ...learned, before: weightList(before), learned: weightList(weights) };
  }

  @Needs('catalog:write')
  @Mutation(() => Boolean, {
    description: 'Restores the default outfit weights. Returns `true` if learned weights were in use.',
  })
  async resetLookWeights(@Ctx() { services, store }: GraphQLContext): Promise<boolean> {
    return services.outfitLearning.reset(store);
  }
}

function weightList(weights: PairWeights): LookWeightObject[] {
  return PAIR_PARTS.map((name) => ({ name, value: weights[name] }));
}
