// Resolvers for search gaps and demand drift.
import { Args, ArgsType, Ctx, Field, FieldResolver, Int, Resolver } from 'type-graphql';
import type { GraphQLContext } from '../server/context.js';
import { reportCost } from '../cost.js';
import { PeriodArgs } from '../inputs/period.args.js';
import { Needs } from '../server/permissions.js';
import { DriftWeekObject, SearchGapObject } from '../types/demand.type.js';
import { InsightsObject } from '../types/insight.type.js';

const DEFAULT_GAPS = 20;

@ArgsType()
class SearchGapsArgs extends PeriodArgs {
  @Field(() => Int, { nullable: true, defaultValue: DEFAULT_GAPS, description: 'Number of search gaps, 1 to 100.' })
  first!: number | null;
}

@Resolver(() => InsightsObject)
export class DemandResolver {
  @Needs('insights:read')
  @FieldResolver(() => [SearchGapObject], {
    complexity: reportCost,
    description: 'Requests that the catalog could not serve well, grouped by meaning, most frequent first.',
  })
  async searchGaps(
    @Args(() => SearchGapsArgs) { first, ...period }: SearchGapsArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<SearchGapObject[]> {
    return services.demand.gaps(store, period, first ?? DEFAULT_GAPS);
  }

  @Needs('insights:read')
  @FieldResolver(() => [DriftWeekObject], {
    complexity: reportCost,
    description: 'Weekly changes of requests and catalog, earliest week first.',
  })
  async drift(
    @Args(() => PeriodArgs) period: PeriodArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<DriftWeekObject[]> {
    return services.demand.drift(store, period);
  }
}
