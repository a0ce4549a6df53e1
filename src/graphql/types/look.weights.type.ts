// What looks are weighed by, and what became of learning it.
import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('LookWeight', { description: 'What one part of a pair’s score weighs.', simpleResolvers: true })
export class LookWeightObject {
  @Field(() => String, { description: '`roles`, `gender`, `usage`, `colour` or `style`.' })
  name!: string;

  @Field(() => Float, { description: 'Its share; all of them sum to 1.' })
  value!: number;
}

@ObjectType('LearnLookWeightsPayload', { description: 'What was learned of looks.', simpleResolvers: true })
export class LearnLookWeightsPayloadObject {
  @Field(() => Int, {
    description: 'Choices that were learned from: answers with several looks, of which feedback names one alone.',
  })
  choices!: number;

  @Field(() => [LookWeightObject], { description: 'The weights before.' })
  before!: LookWeightObject[];

  @Field(() => [LookWeightObject], { description: 'The weights that explain the choices best.' })
  learned!: LookWeightObject[];

  @Field(() => Float, {
    description:
      'By how much the mean log-likelihood of a choice is above that before, on choices that were not learned from. Below 0: worse.',
  })
  gain!: number;

  @Field(() => Float, { description: 'The standard error of `gain`.' })
  error!: number;

  @Field(() => Boolean, {
    description:
      'Whether the learned weights are in force: from 100 choices, with a gain above twice its error, no dry run.',
  })
  isAdopted!: boolean;
}
