// Object types of the recommendation log.
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { LoggedRecommendation } from '../../domain/recommend/recommendation.log.js';
import type { RecommendationStatus } from '../../domain/recommend/recommendation.js';
import { DateTimeScalar } from '../server/scalars.js';
import { PageInfoObject } from './connection.type.js';
import { RecommendationStatusEnum } from './enums.js';
import { QueryUnderstandingObject, RecommendedGarmentEdgeObject } from './recommendation.type.js';

@ObjectType('StageLatency', { description: 'Duration of one stage of a recommendation.', simpleResolvers: true })
export class StageLatencyObject {
  @Field(() => String, { description: 'Name of the stage: encode, understand, search or rank.' })
  stage!: string;

  @Field(() => Float, { description: 'Duration in milliseconds. Stages may overlap.' })
  latencyMs!: number;
}

@ObjectType('RecommendationLog', {
  description:
    'A logged recommendation without the identity of the shopper. It is deleted after `FITROOM_LOG_DAYS` days, ' +
    '30 by default.',
})
export class RecommendationLogObject {
  @Field(() => ID, { description: 'ID of the recommendation.', simple: true })
  id!: string;

  @Field(() => DateTimeScalar, { description: 'Time of the recommendation.', simple: true })
  at!: Date;

  @Field(() => String, { nullable: true, description: 'Text of the request. Null if it had none.', simple: true })
  text!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Unwanted attributes of the request. Null if it had none.',
    simple: true,
  })
  avoid!: string | null;

  @Field(() => Boolean, { description: '`true` if the request had a picture. Pictures are not stored.', simple: true })
  hadImage!: boolean;

  @Field(() => Float, { description: 'Variety of the ranking that the request asked for, 0 to 1.', simple: true })
  diversity!: number;

  @Field(() => RecommendationStatusEnum, { description: 'Status of the recommendation.', simple: true })
  status!: RecommendationStatus;

  @Field(() => Float, {
    description: 'Time until the ranking was complete, in milliseconds, without the time to read its pages.',
    simple: true,
  })
  latencyMs!: number;
}

@ObjectType('RecommendationLogEdge', { description: 'A row of the recommendation log.', simpleResolvers: true })
export class RecommendationLogEdgeObject {
  @Field(() => String, { description: 'Cursor of this row, for `after`.' })
  cursor!: string;

  @Field(() => RecommendationLogObject, { description: 'The logged recommendation.' })
  node!: LoggedRecommendation;
}

@ObjectType('RecommendationLogConnection', {
  description: 'One page of the recommendation log, newest first.',
  simpleResolvers: true,
})
export class RecommendationLogConnectionObject {
  @Field(() => [RecommendationLogEdgeObject], { description: 'Rows of the page with their cursors.' })
  edges!: RecommendationLogEdgeObject[];

  @Field(() => [RecommendationLogObject], { description: 'Logged recommendations of the page, without cursors.' })
  nodes!: LoggedRecommendation[];

  @Field(() => PageInfoObject, { description: 'Position of the page in the log.' })
  pageInfo!: PageInfoObject;
}

@ObjectType('Replay', { description: 'Result of running a logged request again.', simpleResolvers: true })
export class ReplayObject {
  @Field(() => [RecommendedGarmentEdgeObject], {
    description: 'The new ranking. Empty if the request cannot run again; `changes` has the reason.',
  })
  edges!: RecommendedGarmentEdgeObject[];

  @Field(() => Boolean, {
    description: '`true` if garments, ranks, scores and contributions are exactly equal to the logged ones.',
  })
  identical!: boolean;

  @Field(() => [String], {
    description:
      'Changes since the recommendation that moved a garment, for example `model: A → B`, `learned weights: ' +
      'none → version 2`, `rule changed` with the name of the rule, or `garment sold out` with the SKU. Empty ' +
      'if the ranking is identical.',
  })
  changes!: string[];
}

@ObjectType('RankMove', { description: 'A garment whose rank differs with the other settings.', simpleResolvers: true })
export class RankMoveObject {
  @Field(() => String, { description: 'SKU of the garment.' })
  sku!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Rank with the present settings. Null if the garment is not in that ranking.',
  })
  from!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Rank with the other settings. Null if the garment is not in that ranking.',
  })
  to!: number | null;
}

@ObjectType('WhatIf', {
  description: 'A logged request with other settings, next to its result with the present settings. Neither is stored.',
  simpleResolvers: true,
})
export class WhatIfObject {
  @Field(() => [RecommendedGarmentEdgeObject], { description: 'Ranking with the other settings.' })
  edges!: RecommendedGarmentEdgeObject[];

  @Field(() => [RecommendedGarmentEdgeObject], { description: 'Ranking with the present settings.' })
  baseline!: RecommendedGarmentEdgeObject[];

  @Field(() => QueryUnderstandingObject, { description: 'Query understanding with the other settings.' })
  query!: QueryUnderstandingObject;

  @Field(() => Float, { description: 'Share of the top results that both rankings include, 0 to 1.' })
  overlap!: number;

  @Field(() => Float, {
    description: 'Kendall’s tau-b over the top results of both rankings, −1 to 1. 1 means the same order.',
  })
  rankCorrelation!: number;

  @Field(() => [RankMoveObject], { description: 'Garments whose ranks differ between the two rankings.' })
  moves!: RankMoveObject[];
}
