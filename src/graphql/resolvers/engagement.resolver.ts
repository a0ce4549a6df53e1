// Resolvers for engagement reports.
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
    description: 'Recommendations and feedback for each day of the period, earliest first.',
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
    description: 'Engagement with garments by the rank at which recommendations of the period showed them.',
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
    description: 'Engagement with garments by try-on type, most shown type first.',
  })
  async engagementByGarmentType(
    @Args(() => PeriodArgs) period: PeriodArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<EngagementOfTypeObject[]> {
    return services.engagement.byGarmentType(store, period);
  }
}
