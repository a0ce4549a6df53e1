// Learned weights as analysts and merchants see them.
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../server/scalars.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('LearnedWeight', { description: 'How much a contribution should count.', simpleResolvers: true })
export class LearnedWeightObject {
  @Field(() => String, { description: 'The contribution, as explanations name it.' })
  contribution!: string;

  @Field(() => Float, { description: '0 to 3; 1 is what it counts by itself.' })
  weight!: number;
}

@ObjectType('LearningReport', {
  description:
    'What was learned from, and how well it does on the later answers, which it was not learned from: the discounted gain of what was chosen, weighed by how seldom its place is looked at.',
  simpleResolvers: true,
})
export class LearningReportObject {
  @Field(() => Int, { description: 'Answers of the log.' })
  answers!: number;

  @Field(() => Int, { description: 'Garments chosen in them: clicked, tried on, put into the cart or bought.' })
  choices!: number;

  @Field(() => Int, { description: 'Those of them that it was judged by.' })
  heldOutChoices!: number;

  @Field(() => [Float], { description: 'How likely each place is looked at, against the first; at least 0.1.' })
  propensities!: number[];

  @Field(() => Float, { description: 'Gain with the weights of before, 0 to 1.' })
  before!: number;

  @Field(() => Float, { description: 'Gain with these weights.' })
  after!: number;

  @Field(() => Float, {
    description: 'Lower end of the 95 % interval of the difference; above 0 they are switched on.',
  })
  low!: number;

  @Field(() => Float, { description: 'Upper end.' })
  high!: number;
}

@ObjectType('LearnedRanking', { description: 'Weights that the answers of a store taught.' })
export class LearnedRankingObject {
  @Field(() => Int, { description: 'Counted from 1 within the store.', simple: true })
  version!: number;

  @Field(() => String, { description: 'The model whose contributions were weighed, as `name@version`.', simple: true })
  model!: string;

  @Field(() => DateTimeScalar, { description: 'When it was learned.', simple: true })
  trainedAt!: Date;

  @Field(() => Boolean, { description: 'Whether requests are ranked with it.', simple: true })
  inUse!: boolean;

  @Field(() => LearningReportObject, { description: 'How well it does.', simple: true })
  report!: LearningReportObject;
}

@ObjectType('LearnRankingPayload', { description: 'What was learned.', simpleResolvers: true })
export class LearnRankingPayloadObject {
  @Field(() => LearnedRankingObject, {
    nullable: true,
    description:
      'In use where it does better than what was in use before. Null where too little was chosen to learn from.',
  })
  learnedRanking!: LearnedRankingObject | null;
}

@ObjectType('UseLearnedRankingPayload', { description: 'What became of a switch.', simpleResolvers: true })
export class UseLearnedRankingPayloadObject {
  @Field(() => Boolean, { description: 'Whether requests are ranked so from now on.' })
  used!: boolean;

  @Field(() => [UserErrorObject], { description: 'Why not.' })
  userErrors!: UserErrorObject[];
}
