// Past answers: found by time and by id, with what was shown and what came of it.
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

const DEFAULT_ANSWERS = 50;
const DEFAULT_ROWS = 12;

@ArgsType()
class RecommendationsArgs {
  @Field(() => DateTimeScalar, { nullable: true, description: 'The earliest instant.' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The first instant after.' })
  to?: Date | null;

  @Field(() => Int, { nullable: true, defaultValue: DEFAULT_ANSWERS, description: 'How many, 1 to 100.' })
  first!: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor after which the page begins.' })
  after?: string | null;
}

@Resolver(() => InsightsObject)
export class RecommendationLogResolver {
  @Needs('insights:read')
  @FieldResolver(() => RecommendationLogConnectionObject, {
    complexity: pageCost,
    description: 'Past answers, the newest first.',
  })
  async recommendations(
    @Args(() => RecommendationsArgs) { from, to, first, after }: RecommendationsArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<RecommendationLogConnectionObject> {
    const wanted = { from, to, first: first ?? DEFAULT_ANSWERS, after };
    const { recommendations: answers, cursors, hasNextPage } = await services.recommendationHistory.list(store, wanted);
    return {
      edges: answers.map((node, i) => ({ cursor: cursors[i]!, node })),
      nodes: answers,
      pageInfo: pageInfo(cursors, { hasNextPage, hasPreviousPage: after != null }),
    };
  }

  @Needs('insights:read')
  @FieldResolver(() => RecommendationLogObject, {
    nullable: true,
    description: 'One past answer; null where none is kept under this id.',
  })
  async recommendation(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('id', () => ID, { description: 'As the answer said it.' }) id: string,
  ): Promise<LoggedRecommendation | null> {
    return services.recommendationHistory.find(store, id);
  }
}

@Resolver(() => RecommendationLogObject)
export class PastAnswerResolver {
  @FieldResolver(() => QueryUnderstandingObject, { description: 'What the model read in the request.' })
  query(@Root() { understanding }: LoggedRecommendation): QueryUnderstandingObject {
    return understanding;
  }

  @FieldResolver(() => [AssignedVariantObject], {
    description: 'The experiments that ran, with the variant that it was given under; its feedback counts for those.',
  })
  experiments(@Root() { variants }: LoggedRecommendation): AssignedVariantObject[] {
    return variants;
  }

  @FieldResolver(() => [RecommendedGarmentEdgeObject], {
    description:
      'What was shown, with the scores and grounds of then and the garments as they are now; those that have left the catalog are missing.',
  })
  async shown(
    @Root() answer: LoggedRecommendation,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<RecommendedGarmentEdgeObject[]> {
    const shown = await services.recommendationHistory.shown(store, answer);
    return shown.map(recommendedEdge);
  }

  @FieldResolver(() => [String], {
    description: 'The skus that were shown, in their order, whatever has become of the garments.',
  })
  shownSkus(@Root() { shown }: LoggedRecommendation): string[] {
    return shown.map(({ sku }) => sku);
  }

  @FieldResolver(() => [FeedbackEventObject], { description: 'What shoppers did with it, the earliest first.' })
  async feedback(@Root() { id }: LoggedRecommendation, @Ctx() { loaders }: GraphQLContext): Promise<FeedbackEvent[]> {
    return loaders.feedbackOfAnswer.load(id);
  }

  @FieldResolver(() => [StageLatencyObject], { description: 'Where the time went.' })
  latencyByStage(@Root() { stages }: LoggedRecommendation): StageLatencyObject[] {
    return Object.entries(stages).map(([stage, latencyMs]) => ({ stage, latencyMs }));
  }

  @FieldResolver(() => ReplayObject, {
    complexity: replayCost,
    description: 'The same request answered again, and whether anything came out otherwise.',
  })
  async replay(
    @Root() { id }: LoggedRecommendation,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_ROWS,
      description: 'How many rows of the new answer, 1 to 100. What is compared is what was to be shown then.',
    })
    first: number | null,
  ): Promise<ReplayObject> {
    const { rows, identical, changes } = await services.replays.replay(store, id, first ?? DEFAULT_ROWS);
    return { edges: rows.map(recommendedRow), identical, changes };
  }

  @FieldResolver(() => WhatIfObject, {
    complexity: whatIfCost,
    description: 'The same request under other settings, side by side with what it would get now.',
  })
  async whatIf(
    @Root() { id }: LoggedRecommendation,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('settings', () => WhatIfInput, { description: 'What is tried.' }) settings: WhatIfInput,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_ROWS,
      description: 'How many rows of each answer, 1 to 100, and how many are compared.',
    })
    first: number | null,
  ): Promise<WhatIfObject> {
    const { rows, baseline, other, ...compared } = await services.counterfactuals.ask(
      store,
      id,
      settings,
      first ?? DEFAULT_ROWS,
    );
    const sides = { edges: rows.map(recommendedRow), baseline: baseline.map(recommendedRow) };
    return { ...compared, ...sides, query: other.understanding };
  }
}
