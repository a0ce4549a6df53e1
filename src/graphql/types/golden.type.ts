// Object types of golden queries and their runs.
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { GarmentFilter } from '../../domain/catalog/garment.js';
import type { GoldenOccasion } from '../../domain/analytics/golden.query.js';
import { GarmentFilterInput } from '../inputs/filter.input.js';
import { DateTimeScalar } from '../server/scalars.js';
import { GoldenOccasionEnum } from './enums.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('GoldenRank', { description: 'Rank of an expected garment.', simpleResolvers: true })
export class GoldenRankObject {
  @Field(() => String, { description: 'SKU of the garment.' })
  sku!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Rank from 1. Null if the garment is not in the ranking or not in the catalog.',
  })
  rank!: number | null;
}

@ObjectType('GoldenProblem', {
  description: 'Reason why the request of a golden query is refused.',
  simpleResolvers: true,
})
export class GoldenProblemObject {
  @Field(() => [String], { description: 'Path to the wrong field, for example ["image", "sku"].' })
  field!: string[];

  @Field(() => String, { description: 'Error code for programs; docs/errors.md lists all codes.' })
  code!: string;

  @Field(() => String, { description: 'Error message for people.' })
  message!: string;
}

@ObjectType('GoldenResult', { description: 'Result of running a golden query now.', simpleResolvers: true })
export class GoldenResultObject {
  @Field(() => Boolean, { description: '`true` if all expected garments are in the top `within` results.' })
  passed!: boolean;

  @Field(() => [GoldenRankObject], { description: 'Expected garments in the top `within` results.' })
  found!: GoldenRankObject[];

  @Field(() => [GoldenRankObject], {
    description: 'Expected garments that are not in the top `within` results, with their ranks.',
  })
  missing!: GoldenRankObject[];

  @Field(() => GoldenProblemObject, {
    nullable: true,
    description:
      'Error of the request itself, for example if the garment of its picture was deleted. Null for a valid request.',
  })
  problem!: GoldenProblemObject | null;
}

@ObjectType('GoldenChange', {
  description: 'An expected garment that entered or left the top `within` results of a golden query.',
  simpleResolvers: true,
})
export class GoldenChangeObject {
  @Field(() => ID, { description: 'ID of the golden query.' })
  queryId!: string;

  @Field(() => String, { description: 'Name of the golden query.' })
  name!: string;

  @Field(() => String, { description: 'SKU of the garment.' })
  sku!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Rank before the change, from 1. Null if the garment was not in the ranking.',
  })
  before!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Rank after the change, from 1. Null if the garment is not in the ranking.',
  })
  after!: number | null;
}

@ObjectType('GoldenComparison', {
  description:
    'Effect of a change on the golden queries. Garments that stay inside or outside the top `within` results ' +
    'are not listed.',
  simpleResolvers: true,
})
export class GoldenComparisonObject {
  @Field(() => Int, { description: 'Number of golden queries that ran before and after the change.' })
  queries!: number;

  @Field(() => [GoldenChangeObject], { description: 'Garments that entered the top results.' })
  wins!: GoldenChangeObject[];

  @Field(() => [GoldenChangeObject], { description: 'Garments that left the top results.' })
  losses!: GoldenChangeObject[];
}

@ObjectType('GoldenQuery', {
  description: 'A saved request with the garments that are expected near the top of its recommendation.',
})
export class GoldenQueryObject {
  @Field(() => ID, { description: 'ID of the golden query, a UUID.', simple: true })
  id!: string;

  @Field(() => String, { description: 'Name of the golden query.', simple: true })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Text of the request. Null for a request with a picture only.',
    simple: true,
  })
  text!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Unwanted attributes of the request. Null if there are none.',
    simple: true,
  })
  avoid!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'SKU of the garment whose picture the request uses. Null for a request without a picture.',
    simple: true,
  })
  imageSku!: string | null;

  @Field(() => GarmentFilterInput, {
    nullable: true,
    description: 'Filter of the request. Null if there is none.',
    simple: true,
  })
  filter!: GarmentFilter | null;

  @Field(() => [String], { description: 'SKUs of the expected garments.', simple: true })
  expectedSkus!: string[];

  @Field(() => Int, {
    description: 'Number of top results that must include all expected garments, 1 to 100.',
    simple: true,
  })
  within!: number;
}

@ObjectType('PinGoldenQueryPayload', { description: 'Result of saving a golden query.', simpleResolvers: true })
export class PinGoldenQueryPayloadObject {
  @Field(() => GoldenQueryObject, {
    nullable: true,
    description: 'The stored golden query. Null if it was not stored.',
  })
  goldenQuery!: GoldenQueryObject | null;

  @Field(() => [UserErrorObject], { description: 'Reasons why the golden query was not stored.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('UnpinGoldenQueryPayload', { description: 'Result of deleting a golden query.', simpleResolvers: true })
export class UnpinGoldenQueryPayloadObject {
  @Field(() => Boolean, { description: '`true` if the golden query existed.' })
  unpinned!: boolean;

  @Field(() => [UserErrorObject], { description: 'Reasons why no golden query was deleted.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('GoldenRun', {
  description: 'One run of all golden queries: daily, after an import, or after a switch to another model.',
  simpleResolvers: true,
})
export class GoldenRunObject {
  @Field(() => DateTimeScalar, { description: 'Time of the run.' })
  at!: Date;

  @Field(() => String, { description: 'Model of the run, as `name@version`.' })
  model!: string;

  @Field(() => GoldenOccasionEnum, { description: 'Reason for the run.' })
  occasion!: GoldenOccasion;

  @Field(() => Int, { description: 'Number of golden queries in the run.' })
  queries!: number;

  @Field(() => Int, { description: 'Number of golden queries whose expected garments were all in the top results.' })
  passed!: number;

  @Field(() => GoldenComparisonObject, {
    nullable: true,
    description: 'Changes since the previous run, for golden queries that both runs include. Null for the first run.',
  })
  change!: GoldenComparisonObject | null;
}
