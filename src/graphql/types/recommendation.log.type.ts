// Past answers as analysts read them.
import { Field, Float, ID, ObjectType } from 'type-graphql';
import type { KeptAnswer } from '../../domain/answer.record.js';
import type { RecommendationStatus } from '../../domain/recommendation.js';
import { DateTimeScalar } from '../scalars.js';
import { PageInfoObject } from './connection.type.js';
import { RecommendationStatusEnum } from './enums.js';

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
  node!: KeptAnswer;
}

@ObjectType('RecommendationLogConnection', {
  description: 'A page of past answers, the newest first.',
  simpleResolvers: true,
})
export class RecommendationLogConnectionObject {
  @Field(() => [RecommendationLogEdgeObject], { description: 'The answers with their cursors.' })
  edges!: RecommendationLogEdgeObject[];

  @Field(() => [RecommendationLogObject], { description: 'The answers alone.' })
  nodes!: KeptAnswer[];

  @Field(() => PageInfoObject, { description: 'Where the page stands.' })
  pageInfo!: PageInfoObject;
}
