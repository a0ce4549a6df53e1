// Golden queries as merchants see them, and what a run of one found.
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { GarmentFilter } from '../../domain/catalog/garment.js';
import type { GoldenOccasion } from '../../domain/analytics/golden.query.js';
import { GarmentFilterInput } from '../inputs/filter.input.js';
import { DateTimeScalar } from '../server/scalars.js';
import { GoldenOccasionEnum } from './enums.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('GoldenRank', { description: 'Where an expected garment stands.', simpleResolvers: true })
export class GoldenRankObject {
  @Field(() => String, { description: "The merchant's number of it." })
  sku!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Its place from 1; null where it is not in the ranking, or not in the catalog.',
  })
  rank!: number | null;
}

@ObjectType('GoldenProblem', { description: 'Why a request is refused.', simpleResolvers: true })
export class GoldenProblemObject {
  @Field(() => [String], { description: 'Path to what is wrong with it: ["image", "sku"].' })
  field!: string[];

  @Field(() => String, { description: 'What is wrong, for programs; docs/errors.md lists all codes.' })
  code!: string;

  @Field(() => String, { description: 'What is wrong, for people.' })
  message!: string;
}

@ObjectType('GoldenResult', { description: 'What a golden query finds now.', simpleResolvers: true })
export class GoldenResultObject {
  @Field(() => Boolean, { description: 'Whether every expected garment is among the first `within`.' })
  passed!: boolean;

  @Field(() => [GoldenRankObject], { description: 'Expected garments among the first `within`.' })
  found!: GoldenRankObject[];

  @Field(() => [GoldenRankObject], { description: 'Those that are not, with where they stand instead.' })
  missing!: GoldenRankObject[];

  @Field(() => GoldenProblemObject, {
    nullable: true,
    description:
      'Why the request itself is refused by now, for example as the garment of its picture has gone; else null.',
  })
  problem!: GoldenProblemObject | null;
}

@ObjectType('GoldenChange', {
  description: 'An expected garment that came among the first `within` of a golden query, or fell out of them.',
  simpleResolvers: true,
})
export class GoldenChangeObject {
  @Field(() => ID, { description: 'The golden query.' })
  queryId!: string;

  @Field(() => String, { description: 'What the merchant calls it.' })
  name!: string;

  @Field(() => String, { description: 'The garment.' })
  sku!: string;

  @Field(() => Int, { nullable: true, description: 'Its place before, from 1; null where it was not in the ranking.' })
  before!: number | null;

  @Field(() => Int, { nullable: true, description: 'Its place after, from 1; null where it is not in the ranking.' })
  after!: number | null;
}

@ObjectType('GoldenComparison', {
  description: 'What a change did to the golden queries. A move that stays on its side of `within` is not listed.',
  simpleResolvers: true,
})
export class GoldenComparisonObject {
  @Field(() => Int, { description: 'Golden queries that were run before and after.' })
  queries!: number;

  @Field(() => [GoldenChangeObject], { description: 'Garments that are among the first now and were not.' })
  wins!: GoldenChangeObject[];

  @Field(() => [GoldenChangeObject], { description: 'Garments that were among the first and are not now.' })
  losses!: GoldenChangeObject[];
}

@ObjectType('GoldenQuery', {
  description: 'A request that a merchant watches: these garments are expected near the top of its answer.',
})
export class GoldenQueryObject {
  @Field(() => ID, { description: 'Its id, a UUID.', simple: true })
  id!: string;

  @Field(() => String, { description: 'What the merchant calls it.', simple: true })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The words of the request.', simple: true })
  text!: string | null;

  @Field(() => String, { nullable: true, description: 'What the request does not want.', simple: true })
  avoid!: string | null;

  @Field(() => String, { nullable: true, description: "The garment whose picture is the request's.", simple: true })
  imageSku!: string | null;

  @Field(() => GarmentFilterInput, { nullable: true, description: 'The filter of the request.', simple: true })
  filter!: GarmentFilter | null;

  @Field(() => [String], { description: 'What has to come up.', simple: true })
  expectedSkus!: string[];

  @Field(() => Int, { description: 'Among how many.', simple: true })
  within!: number;
}

@ObjectType('PinGoldenQueryPayload', { description: 'What became of a golden query.', simpleResolvers: true })
export class PinGoldenQueryPayloadObject {
  @Field(() => GoldenQueryObject, {
    nullable: true,
    description: 'The golden query as it is stored; null where it is not.',
  })
  goldenQuery!: GoldenQueryObject | null;

  @Field(() => [UserErrorObject], { description: 'Why it was not stored.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('UnpinGoldenQueryPayload', { description: 'What became of an unpinning.', simpleResolvers: true })
export class UnpinGoldenQueryPayloadObject {
  @Field(() => Boolean, { description: 'Whether there was one.' })
  unpinned!: boolean;

  @Field(() => [UserErrorObject], { description: 'Why there was not.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('GoldenRun', {
  description: 'One run of all golden queries: by the day, when an import ended, or when another model took over.',
  simpleResolvers: true,
})
export class GoldenRunObject {
  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  at!: Date;

  @Field(() => String, { description: 'The model that answered, as `name@version`.' })
  model!: string;

  @Field(() => GoldenOccasionEnum, { description: 'What it was made for.' })
  occasion!: GoldenOccasion;

  @Field(() => Int, { description: 'Golden queries that there were.' })
  queries!: number;

  @Field(() => Int, { description: 'Those whose garments all came up among the first.' })
  passed!: number;

  @Field(() => GoldenComparisonObject, {
    nullable: true,
    description: 'Against the run before, with queries that both know; null of the first run.',
  })
  change!: GoldenComparisonObject | null;
}
