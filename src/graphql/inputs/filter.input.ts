// Which garments a caller wants to see at all; the same fields are read back where a filter is saved.
import { ArrayMaxSize, MaxLength } from 'class-validator';
import { Field, InputType, ObjectType } from 'type-graphql';
import type { GarmentFilter, GarmentType, Gender } from '../../domain/catalog/garment.js';
import { DecimalScalar } from '../server/scalars.js';
import { GarmentTypeEnum, GenderEnum } from '../types/enums.js';

/** More values than a filter panel has; each is a parameter of the one vector query. */
const MAX_VALUES = 100;
const MAX_VALUE_LENGTH = 200;
/** A cart, or a shopper's whole history of one visit. */
const MAX_EXCLUDED_SKUS = 1000;

@InputType('GarmentFilter', {
  description: 'Everything given must hold; within one list any value may. Text is compared without regard to case.',
})
@ObjectType('SavedGarmentFilter', {
  description: 'A filter as it was saved; what was not given is null.',
  simpleResolvers: true,
})
export class GarmentFilterInput {
  /** Where it stands in a field's arguments. */
  static readonly argument = 'filter';

  @Field(() => [GarmentTypeEnum], { nullable: true, description: 'Of any of these types.' })
  @ArrayMaxSize(MAX_VALUES)
  garmentTypes?: GarmentType[] | null;

  @Field(() => [String], { nullable: true, description: 'Of any of these categories: "Casual Shoes".' })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  categories?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Of any of these colours: "Navy Blue".' })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  colors?: string[] | null;

  @Field(() => [GenderEnum], { nullable: true, description: 'Cut for any of these.' })
  @ArrayMaxSize(MAX_VALUES)
  genders?: Gender[] | null;

  @Field(() => [String], { nullable: true, description: 'By any of these makers.' })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  brands?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Of any of these materials.' })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  materials?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'For any of these uses: "Sports".' })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  usages?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'With any of these keywords.' })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  tags?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'That come in any of these sizes.' })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  sizes?: string[] | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'At this price or above; garments without a price are left out.',
  })
  minPrice?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'At this price or below; garments without a price are left out.',
  })
  maxPrice?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Priced in this currency, three letters of ISO 4217. Needed with a price bound where the catalog holds several.',
  })
  currency?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: true, description: 'false: sold-out garments too.' })
  inStockOnly?: boolean | null;

  @Field(() => [String], { nullable: true, description: 'None of these, for example what lies in the cart already.' })
  @ArrayMaxSize(MAX_EXCLUDED_SKUS)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  excludeSkus?: string[] | null;
}

/** The filter with only what was given: null says "absent" in what many clients send. */
export function garmentFilter(input: GarmentFilterInput | null | undefined): GarmentFilter | null {
  if (input == null) return null;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
}
