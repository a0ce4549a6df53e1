// A switch of the model as merchants see it: how far it is, what it would change, and what can be done with it.
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { GoldenComparison } from '../../domain/analytics/golden.query.js';
import type { JobState } from '../../domain/jobs/job.js';
import type { ReembeddingPhase } from '../../domain/jobs/reembedding.js';
import { DateTimeScalar } from '../server/scalars.js';
import { JobStateEnum, ReembeddingPhaseEnum } from './enums.js';
import { GoldenComparisonObject } from './golden.type.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('ComparisonPart', { description: 'One kind of request, answered by both models.', simpleResolvers: true })
export class ComparisonPartObject {
  @Field(() => String, {
    description:
      'recentWords: what shoppers asked lately; catalogWords: titles and categories of the catalog, where they have asked ' +
      'little; catalogPictures: pictures of the catalog, since shoppers’ own are not kept.',
  })
  name!: string;

  @Field(() => Int, { description: 'How many requests both models answered.' })
  requests!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean share 0…1 of the first ten garments that both models show; null without requests.',
  })
  overlapAt10!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Mean of Kendall’s tau-b, −1…1, over the garments that either model shows among its first ten; null without requests.',
  })
  rankCorrelation!: number | null;
}

@ObjectType('ReembeddingReport', {
  description:
    'How much the answers change. The parts say that they differ, not which are better; golden queries say that.',
  simpleResolvers: true,
})
export class ReembeddingReportObject {
  @Field(() => [ComparisonPartObject], { description: 'One for each kind of request.' })
  parts!: ComparisonPartObject[];

  @Field(() => GoldenComparisonObject, {
    nullable: true,
    description:
      'What becomes of the golden queries: before as the present model answers them, after as the new one does.',
  })
  golden?: GoldenComparison | null;
}

@ObjectType('ReembeddingError', { description: 'Why a switch did not come about.', simpleResolvers: true })
export class ReembeddingErrorObject {
  @Field(() => String, { description: 'For programs; docs/errors.md lists all codes.' })
  code!: string;

  @Field(() => String, { description: 'For people.' })
  message!: string;
}

@ObjectType('Reembedding', { description: 'A switch from one model to another.', simpleResolvers: true })
export class ReembeddingObject {
  @Field(() => ID, { description: 'What it is asked for by.' })
  id!: string;

  @Field(() => String, { description: 'The new model, `name@version`.' })
  model!: string;

  @Field(() => String, { description: 'The model that answered when it began, `name@version`.' })
  fromModel!: string;

  @Field(() => JobStateEnum, {
    description:
      'FAILED also where the gate holds it; SUCCEEDED once it is switched; CANCELLED where that was taken back.',
  })
  state!: JobState;

  @Field(() => ReembeddingPhaseEnum, { description: 'Where it stands.' })
  phase!: ReembeddingPhase;

  @Field(() => Int, { description: 'Garments of the catalog, as they were last counted.' })
  total!: number;

  @Field(() => Int, { description: 'Garments that the new model has embedded.' })
  done!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'The gate: what every part of the report must overlap. Null: none.',
  })
  minOverlap!: number | null;

  @Field(() => ReembeddingReportObject, { nullable: true, description: 'Null until both models were compared.' })
  report!: ReembeddingReportObject | null;

  @Field(() => ReembeddingErrorObject, { nullable: true, description: 'Why it failed.' })
  error!: ReembeddingErrorObject | null;

  @Field(() => Boolean, {
    description:
      'Since a switch the model that answers is reading again what merchants left out (`inferredFields`); until then the ' +
      'catalog has what the other model read.',
  })
  rereading!: boolean;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  startedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the new model began to answer.' })
  switchedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was switched, failed or called off.' })
  finishedAt!: Date | null;
}

@ObjectType('ReembeddingPayload', { description: 'What became of an order to switch models.', simpleResolvers: true })
export class ReembeddingPayloadObject {
  @Field(() => ReembeddingObject, {
    nullable: true,
    description: 'The switch as it stands now; null where there is none.',
  })
  reembedding!: ReembeddingObject | null;

  @Field(() => [UserErrorObject], { description: 'Why the order was not followed.' })
  userErrors!: UserErrorObject[];
}
