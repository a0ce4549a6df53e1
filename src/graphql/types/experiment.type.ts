// Experiments as merchants and analysts see them, and what a shopper's answer says of them.
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { FeedbackKind } from '../../domain/recommend/feedback.js';
import type { FusionMethod } from '../../domain/recommend/fusion.js';
import { DateTimeScalar } from '../server/scalars.js';
import { FeedbackKindEnum, FusionMethodEnum } from './enums.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('AssignedVariant', {
  description: 'Which variant of an experiment an answer was given under.',
  simpleResolvers: true,
})
export class AssignedVariantObject {
  @Field(() => ID, { description: "The experiment's id." })
  experiment!: string;

  @Field(() => String, { description: "The variant's name." })
  variant!: string;
}

@ObjectType('ExperimentSettings', {
  description: 'What a variant sets; null: as it is without the experiment.',
  simpleResolvers: true,
})
export class ExperimentSettingsObject {
  @Field(() => FusionMethodEnum, { nullable: true, description: 'How words and picture are brought together.' })
  fusion!: FusionMethod | null;

  @Field(() => Float, { nullable: true, description: 'How much the words count.' })
  textWeight!: number | null;

  @Field(() => Float, { nullable: true, description: 'How much the picture counts.' })
  imageWeight!: number | null;

  @Field(() => Float, { nullable: true, description: 'How varied answers are, 0 to 1.' })
  diversity!: number | null;

  @Field(() => Float, { nullable: true, description: "Strength of a shopper's taste, 0 to 2." })
  taste!: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether learned weights are used.' })
  learned!: boolean | null;
}

@ObjectType('RateDifference', {
  description: "A rate less the first variant's; by Newcombe's method 10 (1998).",
  simpleResolvers: true,
})
export class RateDifferenceObject {
  @Field(() => Float, { description: '−1 to 1.' })
  difference!: number;

  @Field(() => Float, { description: 'Lower end of its 95 % interval: above 0 the variant does better.' })
  low!: number;

  @Field(() => Float, { description: 'Upper end: below 0 it does worse.' })
  high!: number;
}

@ObjectType('ExperimentRate', {
  description: 'How many of the shoppers of a variant did something at least once.',
  simpleResolvers: true,
})
export class ExperimentRateObject {
  @Field(() => FeedbackKindEnum, { description: 'What they did.' })
  kind!: FeedbackKind;

  @Field(() => Int, { description: 'How many shoppers did.' })
  shoppers!: number;

  @Field(() => Float, { description: 'Their share of all shoppers of the variant, 0 to 1.' })
  rate!: number;

  @Field(() => Float, { description: "Lower end of its 95 % interval, Wilson's." })
  low!: number;

  @Field(() => Float, { description: 'Upper end.' })
  high!: number;

  @Field(() => RateDifferenceObject, { nullable: true, description: 'Against the first variant; null of that one.' })
  difference!: RateDifferenceObject | null;
}

@ObjectType('ExperimentVariant', {
  description: 'One of the ways in which shoppers are answered, and what came of it.',
  simpleResolvers: true,
})
export class ExperimentVariantObject {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => Float, { description: 'How many shoppers get it, against the sum over all variants.' })
  weight!: number;

  @Field(() => ExperimentSettingsObject, { description: 'What it sets.' })
  settings!: ExperimentSettingsObject;

  @Field(() => Int, { description: 'Answers given under it, as far back as answers are kept.' })
  answers!: number;

  @Field(() => Int, { description: 'Shoppers who got them; those who asked to be forgotten are not among them.' })
  shoppers!: number;

  @Field(() => [ExperimentRateObject], { description: 'One for each kind of feedback.' })
  rates!: ExperimentRateObject[];
}

@ObjectType('Experiment', {
  description:
    'Shoppers are answered in different ways, to see which does better. Who has which variant is a hash of experiment and shopper: the same in every request, and nowhere stored. Requests without a shopper have none.',
})
export class ExperimentObject {
  @Field(() => ID, { description: 'Its id, a UUID.', simple: true })
  id!: string;

  @Field(() => String, { description: 'What the merchant calls it.', simple: true })
  name!: string;

  @Field(() => DateTimeScalar, { description: 'When it began.', simple: true })
  startedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended; null: it runs.', simple: true })
  endedAt!: Date | null;
}

@ObjectType('SaveExperimentPayload', { description: 'What became of an experiment.', simpleResolvers: true })
export class SaveExperimentPayloadObject {
  @Field(() => ExperimentObject, { nullable: true, description: 'As it is stored; null where it is not.' })
  experiment!: ExperimentObject | null;

  @Field(() => [UserErrorObject], { description: 'Why it was not stored.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('EndExperimentPayload', { description: 'What became of an end.', simpleResolvers: true })
export class EndExperimentPayloadObject {
  @Field(() => ExperimentObject, { nullable: true, description: 'What has ended; null where nothing has.' })
  experiment!: ExperimentObject | null;

  @Field(() => [UserErrorObject], { description: 'Why nothing has.' })
  userErrors!: UserErrorObject[];
}
