// Golden queries: pinned by merchants, run where their result is asked for.
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { GoldenQuery } from '../../domain/analytics/golden.query.js';
import type { GraphQLContext } from '../server/context.js';
import { goldenCost, goldenListCost, reportCost } from '../cost.js';
import { goldenInput, GoldenQueryInput } from '../inputs/golden.input.js';
import { PeriodArgs } from '../inputs/period.args.js';
import { Needs } from '../server/permissions.js';
import {
  GoldenQueryObject,
  GoldenResultObject,
  GoldenRunObject,
  PinGoldenQueryPayloadObject,
  UnpinGoldenQueryPayloadObject,
} from '../types/golden.type.js';
import { InsightsObject } from '../types/insight.type.js';

@Resolver(() => GoldenQueryObject)
export class GoldenResolver {
  @Needs('catalog:inspect')
  @Query(() => [GoldenQueryObject], {
    complexity: goldenListCost,
    description: 'The golden queries of the store, at most 100, in the order in which they were pinned.',
  })
  async goldenQueries(@Ctx() { services, store }: GraphQLContext): Promise<GoldenQuery[]> {
    return services.goldenQueries.list(store);
  }

  @FieldResolver(() => GoldenResultObject, {
    complexity: goldenCost,
    description: 'Runs it now, as a shopper’s request, with the rules and the model of this moment.',
  })
  async result(@Root() query: GoldenQuery, @Ctx() { services, store }: GraphQLContext): Promise<GoldenResultObject> {
    return services.goldenQueries.run(store, query);
  }

  @Needs('catalog:write')
  @Mutation(() => PinGoldenQueryPayloadObject, {
    description: 'Pins a request with the garments that are expected near the top of its answer, or changes one.',
  })
  async pinGoldenQuery(
    @Arg('input', () => GoldenQueryInput, { description: 'The request and what it is to find.' })
    input: GoldenQueryInput,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<PinGoldenQueryPayloadObject> {
    return services.goldenQueries.pin(store, goldenInput(input));
  }

  @Needs('catalog:write')
  @Mutation(() => UnpinGoldenQueryPayloadObject, { description: 'Forgets a golden query.' })
  async unpinGoldenQuery(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<UnpinGoldenQueryPayloadObject> {
    return services.goldenQueries.unpin(store, id);
  }
}

@Resolver(() => InsightsObject)
export class GoldenHistoryResolver {
  @Needs('insights:read')
  @FieldResolver(() => [GoldenRunObject], {
    complexity: reportCost,
    description: 'Runs of the golden queries in the period, the earliest first; kept for 400 days.',
  })
  async goldenRuns(
    @Args(() => PeriodArgs) period: PeriodArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<GoldenRunObject[]> {
    return services.goldenHistory.list(store, period);
  }
}
