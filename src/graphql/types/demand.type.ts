// What shoppers want, and how that moves.
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';

@ObjectType('SearchGap', {
  description: 'Something that shoppers ask for and hardly find: requests of one meaning whose answers were not OK.',
  simpleResolvers: true,
})
export class SearchGapObject {
  @Field(() => String, { description: 'What most called it.' })
  text!: string;

  @Field(() => Int, { description: 'How often it was asked for.' })
  count!: number;

  @Field(() => Float, {
    description: 'Highest cosine of such a request to a garment that it was shown; 0 where none was shown any.',
  })
  bestSimilarity!: number;

  @Field(() => [String], { description: 'Every wording, the commonest first.' })
  texts!: string[];

  @Field(() => ID, { description: 'The latest such answer, for `insights { recommendation }`.' })
  recommendationId!: string;
}

@ObjectType('TypeShift', { description: 'How much of the asking one try-on type had.', simpleResolvers: true })
export class TypeShiftObject {
  @Field(() => String, { description: 'The type.' })
  kind!: string;

  @Field(() => Float, { description: 'Its share in the week, 0 to 1.' })
  share!: number;

  @Field(() => Float, { description: 'Its share in all weeks before, 0 to 1.' })
  earlier!: number;
}

@ObjectType('DriftWeek', {
  description: 'How a week differs from all weeks before it in the period.',
  simpleResolvers: true,
})
export class DriftWeekObject {
  @Field(() => String, { description: 'The week’s Monday as YYYY-MM-DD, in UTC.' })
  week!: string;

  @Field(() => Int, { description: 'Answers that were given.' })
  requests!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Jensen-Shannon divergence of the types that were asked for to those of before: 0 the same, 1 nothing in common. ' +
      'Null where nothing was asked in the week, or before.',
  })
  requestShift!: number | null;

  @Field(() => [TypeShiftObject], { description: 'What is asked for more or less, the largest change first.' })
  asked!: TypeShiftObject[];

  @Field(() => Int, { description: 'Garments that came into the catalog, as far as they are still in it.' })
  garmentsAdded!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'The same divergence of the types that came to those that the catalog had; null where nothing came.',
  })
  catalogShift!: number | null;
}
