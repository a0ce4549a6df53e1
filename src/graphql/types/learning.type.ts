// Object types of learned rankings.
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../server/scalars.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('LearnedWeight', { description: 'Learned weight of one score contribution.', simpleResolvers: true })
export class LearnedWeightObject {
  @Field(() => String, { description: 'Name of the contribution, as in explanations.' })
  contribution!: string;

  @Field(() => Float, { description: 'Weight of the contribution, 0 to 3. 1 is the default.' })
  weight!: number;
}

@ObjectType('LearningReport', {
  description:
    'Training data and quality of a learned ranking. Quality is the discounted gain of chosen garments in ' +
    'later recommendations that were not used for training, corrected for position bias.',
  simpleResolvers: true,
})
export class LearningReportObject {
  @Field(() => Int, { description: 'Number of recommendations in the training log.' })
  answers!: number;

  @Field(() => Int, { description: 'Number of chosen garments: clicked, tried on, put into the cart or bought.' })
  choices!: number;

  @Field(() => Int, {
    description: 'Number of chosen garments in the held-out recommendations, which measure the quality.',
  })
  heldOutChoices!: number;

  @Field(() => [Float], {
    description: 'Probability that a shopper looks at each rank, relative to the first, 0.1 to 1.',
  })
  propensities!: number[];

  @Field(() => Float, { description: 'Discounted gain with the previous weights, 0 to 1.' })
  before!: number;

  @Field(() => Float, { description: 'Discounted gain with the learned weights, 0 to 1.' })
  after!: number;

  @Field(() => Float, {
    description: 'Lower bound of the 95 % interval of the difference. If it is above 0, the learned weights are used.',
  })
  low!: number;

  @Field(() => Float, { description: 'Upper bound of the 95 % interval of the difference.' })
  high!: number;
}

@ObjectType('LearnedRanking', {
  description: 'Weights of score contributions that were learned from the recommendations of a store.',
})
export class LearnedRankingObject {
  @Field(() => Int, { description: 'Version of the learned ranking, counted from 1 for each store.', simple: true })
  version!: number;

  @Field(() => String, { description: 'Model that the weights apply to, as `name@version`.', simple: true })
  model!: string;

  @Field(() => DateTimeScalar, { description: 'Time of the training.', simple: true })
  trainedAt!: Date;

  @Field(() => Boolean, { description: '`true` if requests are ranked with these weights.', simple: true })
  inUse!: boolean;

  @Field(() => LearningReportObject, { description: 'Training data and quality of these weights.', simple: true })
  report!: LearningReportObject;
}

@ObjectType('LearnRankingPayload', { description: 'Result of learning a ranking.', simpleResolvers: true })
export class LearnRankingPayloadObject {
  @Field(() => LearnedRankingObject, {
    nullable: true,
    description:
      'The learned ranking, in use if it is better than the previous one. Null if there were too few chosen ' +
      'garments to learn from.',
  })
  learnedRanking!: LearnedRankingObject | null;
}

@ObjectType('UseLearnedRankingPayload', {
  description: 'Result of switching the learned ranking.',
  simpleResolvers: true,
})
export class UseLearnedRankingPayloadObject {
  @Field(() => Boolean, { description: '`true` if requests are now ranked with the given version.' })
  used!: boolean;

  @Field(() => [UserErrorObject], { description: 'Reasons why the version is not used.' })
  userErrors!: UserErrorObject[];
}
