// Resolvers for the recommendation log, replays and counterfactuals.
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import type { LoggedRecommendation } from '../../domain/recommend/recommendation.log.js';
import type { FeedbackEvent } from '../../domain/recommend/feedback.js';
import type { GraphQLContext } from '../server/context.js';
import { pageCost, replayCost, whatIfCost } from '../cost.js';
import { WhatIfInput } from '../inputs/what.if.input.js';
import { Needs } from '../server/permissions.js';
import { DateTimeScalar } from '../server/scalars.js';
import { pageInfo } from '../types/connection.type.js';
import { AssignedVariantObject } from '../types/experiment.type.js';
import { FeedbackEventObject } from '../types/feedback.type.js';
import { InsightsObject } from '../types/insight.type.js';
import {
  RecommendationLogConnectionObject,
  RecommendationLogObject,
  ReplayObject,
  StageLatencyObject,
  WhatIfObject,
} from '../types/recommendation.log.type.js';
import {
  QueryUnderstandingObject,
  recommendedEdge,
  recommendedRow,
  RecommendedGarmentEdgeObject,
} from '../types/recommendation.type.js';

const DEFAULT_PAGE = 50;
const DEFAULT_ROWS = 12;

@ArgsType()
class RecommendationsArgs {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Start of the period, inclusive. If absent, the start of the log.',
  })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'End of the period, exclusive. If absent, now.' })
  to?: Date | null;

  @Field(() => Int, { nullable: true, defaultValue: DEFAULT_PAGE, description: 'Page size, 1 to 100.' })
  first!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the row before the page, from `endCursor` of the previous page.',
  })
  after?: string | null;
}

@Resolver(() => InsightsObject)
export class RecommendationLogResolver {
  @Needs('insights:read')
  @FieldResolver(() => RecommendationLogConnectionObject, {
    complexity: pageCost,
    description: 'Logged recommendations, newest first.',
  })
  async recommendations(
    @Args(() => RecommendationsArgs) { from, to, first, after }: RecommendationsArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<RecommendationLogConnectionObject> {
    const page = { from, to, first: first ?? DEFAULT_PAGE, after };
    const { recommendations, cursors, hasNextPage } = await services.recommendationHistory.list(store, page);
    return {
      edges: recommendations.map((node, i) => ({ cursor: cursors[i]!, node })),
      nodes: recommendations,
      pageInfo: pageInfo(cursors, { hasNextPage, hasPreviousPage: after != null }),
    };
  }

  @Needs('insights:read')
  @FieldResolver(() => RecommendationLogObject, {
    nullable: true,
    description: 'Returns one logged recommendation, or null if the log has none with this ID.',
  })
  async recommendation(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('id', () => ID, { description: 'ID of the recommendation.' }) id: string,
  ): Promise<LoggedRecommendation | null> {
    return services.recommendationHistory.find(store, id);
  }
}

@Resolver(() => RecommendationLogObject)
export class LoggedRecommendationResolver {
  @FieldResolver(() => QueryUnderstandingObject, { description: 'Interpretation of the request by the model.' })
  query(@Root() { understanding }: LoggedRecommendation): QueryUnderstandingObject {
    return understanding;
  }

  @FieldResolver(() => [AssignedVariantObject], {
    description:
      'Experiments that ran, each with the variant of this recommendation. Its feedback counts for these variants.',
  })
  experiments(@Root() { variants }: LoggedRecommendation): AssignedVariantObject[] {
    return variants;
  }

  @FieldResolver(() => [RecommendedGarmentEdgeObject], {
    description:
      'Shown garments with their logged scores and reasons and their present data. Garments deleted from the ' +
      'catalog are left out.',
  })
  async shown(
    @Root() recommendation: LoggedRecommendation,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<RecommendedGarmentEdgeObject[]> {
    const shown = await services.recommendationHistory.shown(store, recommendation);
    return shown.map(recommendedEdge);
  }

  @FieldResolver(() => [String], {
    description: 'SKUs of all shown garments in their order, including garments deleted since.',
  })
  shownSkus(@Root() { shown }: LoggedRecommendation): string[] {
    return shown.map(({ sku }) => sku);
  }

  @FieldResolver(() => [FeedbackEventObject], { description: 'Feedback on this recommendation, earliest first.' })
  async feedback(@Root() { id }: LoggedRecommendation, @Ctx() { loaders }: GraphQLContext): Promise<FeedbackEvent[]> {
    return loaders.feedbackOfRecommendation.load(id);
  }

  @FieldResolver(() => [StageLatencyObject], { description: 'Duration of each stage.' })
  latencyByStage(@Root() { stages }: LoggedRecommendation): StageLatencyObject[] {
    return Object.entries(stages).map(([stage, latencyMs]) => ({ stage, latencyMs }));
  }

  @FieldResolver(() => ReplayObject, {
    complexity: replayCost,
    description: 'Runs the same request again and compares the result with the logged ranking.',
  })
  async replay(
    @Root() { id }: LoggedRecommendation,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_ROWS,
      description:
        'Number of rows of the new ranking to return, 1 to 100. The comparison always uses as many rows as the ' +
        'logged request asked for.',
    })
    first: number | null,
  ): Promise<ReplayObject> {
    const { rows, identical, changes } = await services.replays.replay(store, id, first ?? DEFAULT_ROWS);
    return { edges: rows.map(recommendedRow), identical, changes };
  }

  @FieldResolver(() => WhatIfObject, {
    complexity: whatIfCost,
    description: 'Runs the same request with other settings and with the present settings, and compares both.',
  })
  async whatIf(
    @Root() { id }: LoggedRecommendation,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('settings', () => WhatIfInput, { description: 'Settings to try.' }) settings: WhatIfInput,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_ROWS,
      description: 'Number of rows of each ranking to return and compare, 1 to 100.',
    })
    first: number | null,
  ): Promise<WhatIfObject> {
    const { rows, baseline, other, ...compared } = await services.counterfactuals.ask(
      store,
      id,
      settings,
      first ?? DEFAULT_ROWS,
    );
    const rankings = { edges: rows.map(recommendedRow), baseline: baseline.map(recommendedRow) };
    return { ...compared, ...rankings, query: other.understanding };
  }
}
