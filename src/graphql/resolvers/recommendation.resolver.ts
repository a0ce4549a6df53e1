// Resolvers for recommendations.
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

const DEFAULT_OUTFITS = 3;

@ArgsType()
class OutfitsArgs {
  @Field(() => Int, { nullable: true, defaultValue: DEFAULT_OUTFITS, description: 'Number of outfits, 1 to 100.' })
  first?: number | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'SKUs of garments that every outfit keeps while its other items change, at most one for each slot. They ' +
      'must be in stock and match the filter like other items.',
  })
  keepSkus?: string[] | null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Highest total price of an outfit, inclusive. Only garments with a price in this currency are used.',
  })
  budget?: MoneyInput | null;
}

@Resolver(() => OutfitRecommendationObject)
export class RecommendationResolver {
  @Needs('catalog:read')
  @Query(() => OutfitRecommendationObject, {
    complexity: requestCost,
    description: 'Recommends garments for a text, a picture or both, ranked and with an explanation for each.',
  })
  async recommendOutfit(
    @Arg('input', () => RecommendOutfitInput, { description: 'The request of the shopper.' })
    input: RecommendOutfitInput,
    @Ctx() { services, store }: GraphQLContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Recommendation> {
    const pageSize = requestedPageSize(info);
    const recommend = (): Promise<Recommendation> =>
      services.recommend.recommend(store, outfitRequest(input), pageSize);
    return withinArgument('input', tracedWithin('recommend', {}, recommend));
  }

  @FieldResolver(() => QueryUnderstandingObject, { description: 'Interpretation of the request by the model.' })
  query(@Root() recommendation: Recommendation): QueryUnderstandingObject {
    return recommendation.understanding;
  }

  @FieldResolver(() => [AssignedVariantObject], {
    description:
      'Running experiments, each with the variant of the shopper, for the analytics of the storefront. Empty ' +
      'without a shopper.',
  })
  experiments(@Root() { variants }: Recommendation): AssignedVariantObject[] {
    return variants;
  }

  @FieldResolver(() => RecommendedGarmentConnectionObject, {
    complexity: pageCost,
    description:
      'The ranking, best first. While the catalog does not change, pages have no gaps or duplicates, and the ' +
      'order does not depend on the page size.',
  })
  async garments(
    @Root() recommendation: Recommendation,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, { nullable: true, defaultValue: DEFAULT_RECOMMENDED, description: 'Page size, 1 to 100.' })
    first: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Cursor of the row before the page, from `endCursor` of the previous page.',
    })
    after?: string | null,
  ): Promise<RecommendedGarmentConnectionObject> {
    const page = { first: first ?? DEFAULT_RECOMMENDED, after };
    const read = () => services.recommend.page(store, recommendation, page);
    return recommendedConnection(await tracedWithin('page', { attributes: { 'fitroom.rows': page.first } }, read));
  }

  @FieldResolver(() => [EmptyingFilterObject], {
    complexity: searchCost,
    description:
      'Filter fields that alone make the recommendation EMPTY, most restrictive first. Empty if no single ' +
      'field is the cause, if the catalog is empty, and for other statuses.',
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
      'Outfits, each built on a different best match, with all items in stock and none with an attribute in ' +
      '`avoid`; they share no garment except those in `keepSkus`. Other items match the filter except its ' +
      '`garmentTypes`, `categories` and `colors`.',
  })
  async outfits(
    @Root() recommendation: Recommendation,
    @Args(() => OutfitsArgs) args: OutfitsArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<Outfit[]> {
    return (await services.outfits.ofRecommendation(store, recommendation, outfitOptions(args))).outfits;
  }

  @FieldResolver(() => OutfitShortfallObject, {
    nullable: true,
    complexity: outfitsCost,
    description:
      'Reason why `outfits` with the same arguments has fewer outfits than requested; both fields share one ' +
      'computation. Null if it has enough.',
  })
  async outfitShortfall(
    @Root() recommendation: Recommendation,
    @Args(() => OutfitsArgs) args: OutfitsArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<OutfitShortfallObject | null> {
    const { shortfall } = await services.outfits.ofRecommendation(store, recommendation, outfitOptions(args));
    return shortfall && { ...shortfall, message: shortfall.message[recommendation.language] };
  }
}

function outfitOptions({ first, keepSkus, budget }: OutfitsArgs): OutfitOptions {
  return { first: first ?? DEFAULT_OUTFITS, keepSkus, budget };
}
