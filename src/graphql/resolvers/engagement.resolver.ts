// What shoppers did with answers: by day, by rank, by type.
import { Args, Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { GraphQLContext } from '../server/context.js';
import { reportCost } from '../cost.js';
import { PeriodArgs } from '../inputs/period.args.js';
import { Needs } from '../server/permissions.js';
import { EngagementAtRankObject, EngagementDayObject, EngagementOfTypeObject } from '../types/engagement.type.js';
import { InsightsObject } from '../types/insight.type.js';

@Resolver(() => InsightsObject)
export class EngagementResolver {
  @Needs('insights:read')
  @FieldResolver(() => [EngagementDayObject], {
    complexity: reportCost,
    description: 'Asked, seen, clicked, tried on, bought: every day of the period, the earliest first.',
  })
  async engagement(
    @Args(() => PeriodArgs) period: PeriodArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<EngagementDayObject[]> {
    return services.engagement.byDay(store, period);
  }

  @Needs('insights:read')
  @FieldResolver(() => [EngagementAtRankObject], {
    complexity: reportCost,
    description: 'What was done with garments by the rank at which answers of the period showed them.',
  })
  async engagementByRank(
    @Args(() => PeriodArgs) period: PeriodArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<EngagementAtRankObject[]> {
    return services.engagement.byRank(store, period);
  }

  @Needs('insights:read')
  @FieldResolver(() => [EngagementOfTypeObject], {
    complexity: reportCost,
    description: 'What was done with garments by their type, the most shown first.',
  })
  async engagementByGarmentType(
    @Args(() => PeriodArgs) period: PeriodArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<EngagementOfTypeObject[]> {
    return services.engagement.byGarmentType(store, period);
  }
}
