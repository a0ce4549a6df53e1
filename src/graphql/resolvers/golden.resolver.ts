// Resolvers for golden queries and their runs.
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
    description: 'Golden queries of the store in the order of their creation, at most 100.',
  })
  async goldenQueries(@Ctx() { services, store }: GraphQLContext): Promise<GoldenQuery[]> {
    return services.goldenQueries.list(store);
  }

  @FieldResolver(() => GoldenResultObject, {
    complexity: goldenCost,
    description: 'Runs the golden query now as a shopper request, with the present rules and model.',
  })
  async result(@Root() query: GoldenQuery, @Ctx() { services, store }: GraphQLContext): Promise<GoldenResultObject> {
    return services.goldenQueries.run(store, query);
  }

  @Needs('catalog:write')
  @Mutation(() => PinGoldenQueryPayloadObject, {
    description: 'Saves or changes a golden query: a request with the garments expected near the top.',
  })
  async pinGoldenQuery(
    @Arg('input', () => GoldenQueryInput, { description: 'The request and its expected garments.' })
    input: GoldenQueryInput,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<PinGoldenQueryPayloadObject> {
    return services.goldenQueries.pin(store, goldenInput(input));
  }

  @Needs('catalog:write')
  @Mutation(() => UnpinGoldenQueryPayloadObject, { description: 'Deletes a golden query.' })
  async unpinGoldenQuery(
    @Arg('id', () => ID, { description: 'ID of the golden query.' }) id: string,
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
    description: 'Runs of the golden queries in the period, earliest first. Runs are stored for 400 days.',
  })
  async goldenRuns(
    @Args(() => PeriodArgs) period: PeriodArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<GoldenRunObject[]> {
    return services.goldenHistory.list(store, period);
  }
}
