// Object types of learned outfit weights.
import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('LookWeight', { description: 'Weight of one part of the pair score in an outfit.', simpleResolvers: true })
export class LookWeightObject {
  @Field(() => String, { description: 'Name of the part: `roles`, `gender`, `usage`, `colour` or `style`.' })
  name!: string;

  @Field(() => Float, { description: 'Share of the part, 0 to 1. All shares sum to 1.' })
  value!: number;
}

@ObjectType('LearnLookWeightsPayload', { description: 'Result of learning the outfit weights.', simpleResolvers: true })
export class LearnLookWeightsPayloadObject {
  @Field(() => Int, {
    description:
      'Number of choices in the training data: recommendations with several outfits where feedback concerns ' +
      'exactly one.',
  })
  choices!: number;

  @Field(() => [LookWeightObject], { description: 'Weights before learning.' })
  before!: LookWeightObject[];

  @Field(() => [LookWeightObject], { description: 'Learned weights, which explain the choices best.' })
  learned!: LookWeightObject[];

  @Field(() => Float, {
    description:
      'Increase of the mean log-likelihood of a choice on held-out data. A value below 0 means that the ' +
      'learned weights are worse.',
  })
  gain!: number;

  @Field(() => Float, { description: 'Standard error of `gain`.' })
  error!: number;

  @Field(() => Boolean, {
    description:
      '`true` if the learned weights are in use. This needs 100 choices, a gain above twice its standard ' +
      'error, and no dry run.',
  })
  isAdopted!: boolean;
}
