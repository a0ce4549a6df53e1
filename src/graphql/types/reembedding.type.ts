// Object types of a switch from one model to another.
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { GoldenComparison } from '../../domain/analytics/golden.query.js';
import type { JobState } from '../../domain/jobs/job.js';
import type { ReembeddingPhase } from '../../domain/jobs/reembedding.js';
import { DateTimeScalar } from '../server/scalars.js';
import { JobStateEnum, ReembeddingPhaseEnum } from './enums.js';
import { GoldenComparisonObject } from './golden.type.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('ComparisonPart', {
  description: 'Comparison of both models on one kind of request.',
  simpleResolvers: true,
})
export class ComparisonPartObject {
  @Field(() => String, {
    description:
      'Kind of request: recentWords (recent shopper texts), catalogWords (catalog titles and categories, if ' +
      'there are few shopper texts) or catalogPictures (catalog pictures, because pictures of shoppers are not ' +
      'stored).',
  })
  name!: string;

  @Field(() => Int, { description: 'Number of requests that both models answered.' })
  requests!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean share of the top ten garments that both models return, 0 to 1. Null without requests.',
  })
  overlapAt10!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Mean Kendall’s tau-b, −1 to 1, over the garments in the top ten of either model. Null without requests.',
  })
  rankCorrelation!: number | null;
}

@ObjectType('ReembeddingReport', {
  description:
    'Differences between the recommendations of both models. The parts measure how much they differ; the ' +
    'golden queries show which are better.',
  simpleResolvers: true,
})
export class ReembeddingReportObject {
  @Field(() => [ComparisonPartObject], { description: 'Comparisons, one for each kind of request.' })
  parts!: ComparisonPartObject[];

  @Field(() => GoldenComparisonObject, {
    nullable: true,
    description:
      'Changes of the golden queries from the present model (before) to the new model (after). Null if there are none.',
  })
  golden?: GoldenComparison | null;
}

@ObjectType('ReembeddingError', { description: 'Reason why a switch failed.', simpleResolvers: true })
export class ReembeddingErrorObject {
  @Field(() => String, { description: 'Error code for programs; docs/errors.md lists all codes.' })
  code!: string;

  @Field(() => String, { description: 'Error message for people.' })
  message!: string;
}

@ObjectType('Reembedding', { description: 'A switch from one model to another.', simpleResolvers: true })
export class ReembeddingObject {
  @Field(() => ID, { description: 'ID of the re-embedding.' })
  id!: string;

  @Field(() => String, { description: 'New model, as `name@version`.' })
  model!: string;

  @Field(() => String, { description: 'Model that was active when the re-embedding started, as `name@version`.' })
  fromModel!: string;

  @Field(() => JobStateEnum, {
    description:
      'Job state. FAILED includes a switch that is held by `minOverlap`; SUCCEEDED follows the switch; ' +
      'CANCELLED follows a rollback.',
  })
  state!: JobState;

  @Field(() => ReembeddingPhaseEnum, { description: 'Phase of the switch.' })
  phase!: ReembeddingPhase;

  @Field(() => Int, { description: 'Number of garments in the catalog at the last count.' })
  total!: number;

  @Field(() => Int, { description: 'Number of garments that the new model has embedded.' })
  done!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Minimum overlap, 0 to 1, that every part of the report must reach. Null if there is no minimum.',
  })
  minOverlap!: number | null;

  @Field(() => ReembeddingReportObject, {
    nullable: true,
    description: 'Comparison of both models. Null until it is complete.',
  })
  report!: ReembeddingReportObject | null;

  @Field(() => ReembeddingErrorObject, {
    nullable: true,
    description: 'Reason why the switch failed. Null if it did not fail.',
  })
  error!: ReembeddingErrorObject | null;

  @Field(() => Boolean, {
    description:
      '`true` while the active model infers missing attributes (`inferredFields`) again after a switch. Until ' +
      'it ends, some garments still have attributes that the other model inferred.',
  })
  rereading!: boolean;

  @Field(() => DateTimeScalar, { description: 'Time when the re-embedding was requested.' })
  startedAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time when the new model became active. Null before the switch.',
  })
  switchedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time when the re-embedding was completed, failed or canceled. Null until then.',
  })
  finishedAt!: Date | null;
}

@ObjectType('ReembeddingPayload', { description: 'Result of an operation on a re-embedding.', simpleResolvers: true })
export class ReembeddingPayloadObject {
  @Field(() => ReembeddingObject, {
    nullable: true,
    description: 'Present state of the re-embedding. Null if there is none.',
  })
  reembedding!: ReembeddingObject | null;

  @Field(() => [UserErrorObject], { description: 'Reasons why the operation was not performed.' })
  userErrors!: UserErrorObject[];
}
