// The main query, its pages, and what was understood.
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { Outfit } from '../../domain/outfit/outfit.js';
import type { EmptyingFilter, Recommendation } from '../../domain/recommend/recommendation.js';
import type { OutfitOptions } from '../../services/outfits/outfit.service.js';
import { tracedWithin } from '../../observability/tracing.js';
import { withinArgument } from '../server/error.format.js';
import type { GraphQLContext } from '../server/context.js';
import { outfitsCost, pageCost, requestCost, searchCost } from '../cost.js';
import { MoneyInput } from '../inputs/garment.input.js';
import { outfitRequest, RecommendOutfitInput } from '../inputs/recommend.input.js';
import { Needs } from '../server/permissions.js';
import { OutfitObject, OutfitShortfallObject } from '../types/outfit.type.js';
import { AssignedVariantObject } from '../types/experiment.type.js';
import {
  EmptyingFilterObject,
  OutfitRecommendationObject,
  QueryUnderstandingObject,
  RecommendedGarmentConnectionObject,
  recommendedConnection,
} from '../types/recommendation.type.js';
import { DEFAULT_RECOMMENDED, requestedPageSize } from '../server/wanted.page.js';

const DEFAULT_LOOKS = 3;

@ArgsType()
class OutfitsArgs {
  @Field(() => Int, { nullable: true, defaultValue: DEFAULT_LOOKS, description: 'How many, 1 to 100.' })
  first?: number | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Garments that stay in every look while the rest is swapped around them; at most one for each slot. They have to be in stock and pass the filter as other pieces do.',
  })
  keepSkus?: string[] | null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'What a whole look may cost at most, to the last digit. Only garments with a price in its currency.',
  })
  budget?: MoneyInput | null;
}

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
    const wanted = requestedPageSize(info);
    const answer = (): Promise<Recommendation> => services.recommend.recommend(store, outfitRequest(input), wanted);
    return withinArgument('input', tracedWithin('recommend', {}, answer));
  }

  @FieldResolver(() => QueryUnderstandingObject, { description: 'What the model read in the request.' })
  query(@Root() recommendation: Recommendation): QueryUnderstandingObject {
    return recommendation.understanding;
  }

  @FieldResolver(() => [AssignedVariantObject], {
    description:
      'The experiments that ran, with the variant that the shopper has in each; none without a shopper. For the storefront’s own figures.',
  })
  experiments(@Root() { variants }: Recommendation): AssignedVariantObject[] {
    return variants;
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
    const read = () => services.recommend.page(store, recommendation, page);
    return recommendedConnection(await tracedWithin('page', { attributes: { 'fitroom.rows': page.first } }, read));
  }

  @FieldResolver(() => [EmptyingFilterObject], {
    complexity: searchCost,
    description:
      'Of an EMPTY answer: which single fields of the filter emptied it, the one that keeps out most first. Empty where no one field does it alone, where the catalog itself is empty, and for every other status.',
  })
  async emptiedBy(
    @Root() recommendation: Recommendation,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<EmptyingFilter[]> {
    return services.catalog.emptiedBy(store, recommendation);
  }

  @FieldResolver(() => [OutfitObject], {
    complexity: outfitsCost,
    description:
      'Whole looks, each built on another of the best matches. All pieces are in stock. The other pieces pass the filter too, but for its `garmentTypes`, `categories` and `colors`, which are about the match; what is to be avoided no piece has. No garment is in two looks of one answer, unless it is kept; with `keepSkus` there may be more looks than matches, around what is kept alone. Fewer than asked for where the matches, the catalog or the budget give no more; `outfitShortfall` says why. For more looks around one garment there is `Garment.outfits`.',
  })
  async outfits(
    @Root() recommendation: Recommendation,
    @Args(() => OutfitsArgs) wish: OutfitsArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<Outfit[]> {
    return (await services.outfits.ofRecommendation(store, recommendation, looksWanted(wish))).outfits;
  }

  @FieldResolver(() => OutfitShortfallObject, {
    nullable: true,
    complexity: outfitsCost,
    description:
      'Why `outfits` of the same arguments are fewer than asked for; null where they are not. Both fields share the work.',
  })
  async outfitShortfall(
    @Root() recommendation: Recommendation,
    @Args(() => OutfitsArgs) wish: OutfitsArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<OutfitShortfallObject | null> {
    const { shortfall } = await services.outfits.ofRecommendation(store, recommendation, looksWanted(wish));
    return shortfall && { ...shortfall, message: shortfall.message[recommendation.language] };
  }
}

function looksWanted({ first, keepSkus, budget }: OutfitsArgs): OutfitOptions {
  return { first: first ?? DEFAULT_LOOKS, keepSkus, budget };
}
