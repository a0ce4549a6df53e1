// Past answers as analysts read them.
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { LoggedRecommendation } from '../../domain/recommend/recommendation.log.js';
import type { RecommendationStatus } from '../../domain/recommend/recommendation.js';
import { DateTimeScalar } from '../server/scalars.js';
import { PageInfoObject } from './connection.type.js';
import { RecommendationStatusEnum } from './enums.js';
import { QueryUnderstandingObject, RecommendedGarmentEdgeObject } from './recommendation.type.js';

@ObjectType('StageLatency', { description: 'How long one stage of an answer took.', simpleResolvers: true })
export class StageLatencyObject {
  @Field(() => String, { description: 'encode, understand, search or rank.' })
  stage!: string;

  @Field(() => Float, { description: 'Milliseconds; stages may overlap.' })
  latencyMs!: number;
}

@ObjectType('RecommendationLog', {
  description: 'One past answer. Kept for `FITROOM_LOG_DAYS` days, by default 30; who asked is not in it.',
})
export class RecommendationLogObject {
  @Field(() => ID, { description: 'As the answer said it.', simple: true })
  id!: string;

  @Field(() => DateTimeScalar, { description: 'When it was given.', simple: true })
  at!: Date;

  @Field(() => String, { nullable: true, description: 'The words that were asked with.', simple: true })
  text!: string | null;

  @Field(() => String, { nullable: true, description: 'What was not wanted, in words.', simple: true })
  avoid!: string | null;

  @Field(() => Boolean, { description: 'Whether a picture came with it; pictures are not kept.', simple: true })
  hadImage!: boolean;

  @Field(() => Float, { description: 'The diversity that was asked for.', simple: true })
  diversity!: number;

  @Field(() => RecommendationStatusEnum, { description: 'How good the answer was.', simple: true })
  status!: RecommendationStatus;

  @Field(() => Float, { description: 'Milliseconds to the ranking; reading its pages came on top.', simple: true })
  latencyMs!: number;
}

@ObjectType('RecommendationLogEdge', { description: 'A past answer at its place in time.', simpleResolvers: true })
export class RecommendationLogEdgeObject {
  @Field(() => String, { description: 'Its place, for `after`.' })
  cursor!: string;

  @Field(() => RecommendationLogObject, { description: 'The answer.' })
  node!: LoggedRecommendation;
}

@ObjectType('RecommendationLogConnection', {
  description: 'A page of past answers, the newest first.',
  simpleResolvers: true,
})
export class RecommendationLogConnectionObject {
  @Field(() => [RecommendationLogEdgeObject], { description: 'The answers with their cursors.' })
  edges!: RecommendationLogEdgeObject[];

  @Field(() => [RecommendationLogObject], { description: 'The answers alone.' })
  nodes!: LoggedRecommendation[];

  @Field(() => PageInfoObject, { description: 'Where the page stands.' })
  pageInfo!: PageInfoObject;
}

@ObjectType('Replay', { description: 'A past request answered again.', simpleResolvers: true })
export class ReplayObject {
  @Field(() => [RecommendedGarmentEdgeObject], {
    description: 'The answer as it comes out now; empty where the request cannot be asked again, which `changes` says.',
  })
  edges!: RecommendedGarmentEdgeObject[];

  @Field(() => Boolean, {
    description: 'The same garments at the same places, with the same scores and contributions to the last bit.',
  })
  identical!: boolean;

  @Field(() => [String], {
    description:
      'What has changed since and moved a place: `model: A → B`, `learned weights: none → version 2`, `rule begun`, `rule changed` and `rule ended` with the rule’s name, `garment added`, `garment edited`, `garment sold out` and `garment removed` with its sku, `taste`, `words`, `request`. What changed without moving anything is not among them. Empty where the answer is identical.',
  })
  changes!: string[];
}

@ObjectType('RankMove', { description: 'A garment that stands elsewhere under other settings.', simpleResolvers: true })
export class RankMoveObject {
  @Field(() => String, { description: 'The garment.' })
  sku!: string;

  @Field(() => Int, { nullable: true, description: 'Its place under present settings; null: none.' })
  from!: number | null;

  @Field(() => Int, { nullable: true, description: 'Its place under the other settings; null: none.' })
  to!: number | null;
}

@ObjectType('WhatIf', {
  description: 'A past request under other settings, beside its answer under present ones. Neither is kept.',
  simpleResolvers: true,
})
export class WhatIfObject {
  @Field(() => [RecommendedGarmentEdgeObject], { description: 'The answer under the other settings.' })
  edges!: RecommendedGarmentEdgeObject[];

  @Field(() => [RecommendedGarmentEdgeObject], { description: 'The answer under present settings.' })
  baseline!: RecommendedGarmentEdgeObject[];

  @Field(() => QueryUnderstandingObject, { description: 'What the model of the other settings read in the request.' })
  query!: QueryUnderstandingObject;

  @Field(() => Float, { description: 'Share of the first garments that both have, 0 to 1.' })
  overlap!: number;

  @Field(() => Float, {
    description: 'Kendall’s tau-b over the first garments of both, −1 to 1: whether their order agrees.',
  })
  rankCorrelation!: number;

  @Field(() => [RankMoveObject], { description: 'Of all that either shows, those whose place is another.' })
  moves!: RankMoveObject[];
}
