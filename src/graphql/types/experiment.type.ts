// Object types of experiments and their results.
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { FeedbackKind } from '../../domain/recommend/feedback.js';
import type { FusionMethod } from '../../domain/recommend/fusion.js';
import { DateTimeScalar } from '../server/scalars.js';
import { FeedbackKindEnum, FusionMethodEnum } from './enums.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('AssignedVariant', {
  description: 'The variant of an experiment that a recommendation used.',
  simpleResolvers: true,
})
export class AssignedVariantObject {
  @Field(() => ID, { description: 'ID of the experiment.' })
  experiment!: string;

  @Field(() => String, { description: 'Name of the variant.' })
  variant!: string;
}

@ObjectType('ExperimentSettings', {
  description: 'Settings of a variant. A null field keeps the behavior without the experiment.',
  simpleResolvers: true,
})
export class ExperimentSettingsObject {
  @Field(() => FusionMethodEnum, { nullable: true, description: 'Fusion method that combines text and picture.' })
  fusion!: FusionMethod | null;

  @Field(() => Float, { nullable: true, description: 'Weight of the text, 0 or more, relative to `imageWeight`.' })
  textWeight!: number | null;

  @Field(() => Float, { nullable: true, description: 'Weight of the picture, 0 or more, relative to `textWeight`.' })
  imageWeight!: number | null;

  @Field(() => Float, { nullable: true, description: 'Variety of the ranking, 0 to 1.' })
  diversity!: number | null;

  @Field(() => Float, { nullable: true, description: 'Strength of the shopper profile, 0 to 2.' })
  taste!: number | null;

  @Field(() => Boolean, { nullable: true, description: '`false` if the variant ranks without learned weights.' })
  learned!: boolean | null;
}

@ObjectType('RateDifference', {
  description:
    'Rate of a variant minus the rate of the first variant, with an interval by Newcombe’s method 10 (1998).',
  simpleResolvers: true,
})
export class RateDifferenceObject {
  @Field(() => Float, { description: 'Difference of the rates, −1 to 1.' })
  difference!: number;

  @Field(() => Float, {
    description: 'Lower bound of the 95 % interval. Above 0, the variant is better than the first.',
  })
  low!: number;

  @Field(() => Float, {
    description: 'Upper bound of the 95 % interval. Below 0, the variant is worse than the first.',
  })
  high!: number;
}

@ObjectType('ExperimentRate', {
  description: 'Share of the shoppers of a variant who did an action at least once.',
  simpleResolvers: true,
})
export class ExperimentRateObject {
  @Field(() => FeedbackKindEnum, { description: 'Action that is counted.' })
  kind!: FeedbackKind;

  @Field(() => Int, { description: 'Number of shoppers who did the action at least once.' })
  shoppers!: number;

  @Field(() => Float, { description: 'Share of all shoppers of the variant, 0 to 1.' })
  rate!: number;

  @Field(() => Float, { description: 'Lower bound of the 95 % Wilson interval, 0 to 1.' })
  low!: number;

  @Field(() => Float, { description: 'Upper bound of the 95 % Wilson interval, 0 to 1.' })
  high!: number;

  @Field(() => RateDifferenceObject, {
    nullable: true,
    description: 'Difference from the first variant. Null for the first variant.',
  })
  difference!: RateDifferenceObject | null;
}

@ObjectType('ExperimentVariant', {
  description: 'A variant of an experiment with its results.',
  simpleResolvers: true,
})
export class ExperimentVariantObject {
  @Field(() => String, { description: 'Name of the variant.' })
  name!: string;

  @Field(() => Float, {
    description: 'Relative share of shoppers. The share is this weight divided by the sum of all weights.',
  })
  weight!: number;

  @Field(() => ExperimentSettingsObject, { description: 'Settings of the variant.' })
  settings!: ExperimentSettingsObject;

  @Field(() => Int, { description: 'Number of recommendations with this variant that are still in the log.' })
  answers!: number;

  @Field(() => Int, { description: 'Number of shoppers with this variant, without shoppers who were forgotten.' })
  shoppers!: number;

  @Field(() => [ExperimentRateObject], { description: 'Rates of this variant, one for each kind of feedback.' })
  rates!: ExperimentRateObject[];
}

@ObjectType('Experiment', {
  description:
    'A comparison of settings for different shoppers. A hash of experiment and shopper selects the variant, so ' +
    'a shopper keeps the same variant; requests without a shopper get none.',
})
export class ExperimentObject {
  @Field(() => ID, { description: 'ID of the experiment, a UUID.', simple: true })
  id!: string;

  @Field(() => String, { description: 'Name of the experiment.', simple: true })
  name!: string;

  @Field(() => DateTimeScalar, { description: 'Time when the experiment started.', simple: true })
  startedAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time when the experiment ended. Null while it runs.',
    simple: true,
  })
  endedAt!: Date | null;
}

@ObjectType('SaveExperimentPayload', { description: 'Result of saving an experiment.', simpleResolvers: true })
export class SaveExperimentPayloadObject {
  @Field(() => ExperimentObject, { nullable: true, description: 'The stored experiment. Null if it was not stored.' })
  experiment!: ExperimentObject | null;

  @Field(() => [UserErrorObject], { description: 'Reasons why the experiment was not stored.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('EndExperimentPayload', { description: 'Result of ending an experiment.', simpleResolvers: true })
export class EndExperimentPayloadObject {
  @Field(() => ExperimentObject, { nullable: true, description: 'The ended experiment. Null if none was ended.' })
  experiment!: ExperimentObject | null;

  @Field(() => [UserErrorObject], { description: 'Reasons why no experiment was ended.' })
  userErrors!: UserErrorObject[];
}
