// The main query, its pages, and what was understood.
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { Recommendation } from '../../domain/recommendation.js';
import { withinArgument } from '../argument.field.js';
import type { GraphQLContext } from '../context.js';
import { pageCost, requestCost } from '../cost.js';
import { outfitRequest, RecommendOutfitInput } from '../inputs/recommend.input.js';
import { Needs } from '../needs.decorator.js';
import {
  OutfitRecommendationObject,
  QueryUnderstandingObject,
  RecommendedGarmentConnectionObject,
  recommendedConnection,
} from '../types/recommendation.type.js';
import { DEFAULT_RECOMMENDED, wantedGarments } from '../wanted.page.js';

@Resolver(() => OutfitRecommendationObject)
export class RecommendationResolver {
  @Needs('catalog:read')
  @Query(() => OutfitRecommendationObject, {
    complexity: requestCost,
    description: 'Garments to try on, found by words, a picture or both, ranked, with the grounds for each.',
  })
  async recommendOutfit(
    @Arg('input', () => RecommendOutfitInput, { description: 'What the shopper gives.' }) input: RecommendOutfitInput,
    @Ctx() { services, store }: GraphQLContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Recommendation> {
    const wanted = wantedGarments(info);
    return withinArgument('input', services.recommend.recommend(store, outfitRequest(input), wanted));
  }

  @FieldResolver(() => QueryUnderstandingObject, { description: 'What the model read in the request.' })
  query(@Root() recommendation: Recommendation): QueryUnderstandingObject {
    return recommendation.understanding;
  }

  @FieldResolver(() => RecommendedGarmentConnectionObject, {
    complexity: pageCost,
    description:
      'The ranking, best first. Pages neither repeat nor skip while the catalog stands still, and the order does not depend on the page size.',
  })
  async garments(
    @Root() recommendation: Recommendation,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, { nullable: true, defaultValue: DEFAULT_RECOMMENDED, description: 'How many, 1 to 100.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor after which the page begins.' })
    after?: string | null,
  ): Promise<RecommendedGarmentConnectionObject> {
    const page = { first: first ?? DEFAULT_RECOMMENDED, after };
    return recommendedConnection(await services.recommend.page(store, recommendation, page));
  }
}
