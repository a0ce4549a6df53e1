// Object types of search gaps and demand drift.
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';

@ObjectType('SearchGap', {
  description: 'A group of requests with similar meaning whose recommendations were not OK.',
  simpleResolvers: true,
})
export class SearchGapObject {
  @Field(() => String, { description: 'Most frequent text of the requests in the group.' })
  text!: string;

  @Field(() => Int, { description: 'Number of requests in the group.' })
  count!: number;

  @Field(() => Float, {
    description:
      'Highest cosine similarity, −1 to 1, between a request of the group and a garment shown for it. 0 if no ' +
      'garment was shown.',
  })
  bestSimilarity!: number;

  @Field(() => [String], { description: 'All texts of the group, most frequent first.' })
  texts!: string[];

  @Field(() => ID, { description: 'ID of the latest recommendation in the group, for `insights { recommendation }`.' })
  recommendationId!: string;
}

@ObjectType('TypeShift', {
  description: 'Share of one try-on type in the requests of a week and of the earlier weeks.',
  simpleResolvers: true,
})
export class TypeShiftObject {
  @Field(() => String, { description: 'Try-on type.' })
  kind!: string;

  @Field(() => Float, { description: 'Share of requests in the week, 0 to 1.' })
  share!: number;

  @Field(() => Float, { description: 'Share of requests in all earlier weeks, 0 to 1.' })
  earlier!: number;
}

@ObjectType('DriftWeek', {
  description: 'Difference between a week and all earlier weeks of the period.',
  simpleResolvers: true,
})
export class DriftWeekObject {
  @Field(() => String, { description: 'Monday of the week as YYYY-MM-DD, in UTC.' })
  week!: string;

  @Field(() => Int, { description: 'Number of recommendations in the week.' })
  requests!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Jensen-Shannon divergence between the requested types of the week and of all earlier weeks: 0 means ' +
      'equal, 1 means disjoint. Null without requests in the week or in earlier weeks.',
  })
  requestShift!: number | null;

  @Field(() => [TypeShiftObject], { description: 'Change of each requested type, largest change first.' })
  asked!: TypeShiftObject[];

  @Field(() => Int, { description: 'Number of garments added in the week that are still in the catalog.' })
  garmentsAdded!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Jensen-Shannon divergence, 0 to 1, between the types of the added garments and of the earlier catalog. ' +
      'Null if no garment was added.',
  })
  catalogShift!: number | null;
}
