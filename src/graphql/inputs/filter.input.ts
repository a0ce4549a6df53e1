// Garment filter, as an input type and as the output type of saved filters.
import { ArrayMaxSize, MaxLength } from 'class-validator';
import { Field, InputType, ObjectType } from 'type-graphql';
import type { GarmentFilter, GarmentType, Gender } from '../../domain/catalog/garment.js';
import { DecimalScalar } from '../server/scalars.js';
import { GarmentTypeEnum, GenderEnum } from '../types/enums.js';

/** More values than a filter panel has. Each value is a parameter of the vector query. */
const MAX_VALUES = 100;
const MAX_VALUE_LENGTH = 200;
/** Enough for a cart, or for all garments that a shopper saw in one visit. */
const MAX_EXCLUDED_SKUS = 1000;

@InputType('GarmentFilter', {
  description:
    'A filter for garments: a garment must match every given field, and any one value of a list is enough. ' +
    'Text ignores case.',
})
@ObjectType('SavedGarmentFilter', {
  description: 'A saved filter. Fields that were not set are null.',
  simpleResolvers: true,
})
export class GarmentFilterInput {
  /** Name of the argument that holds this input. */
  static readonly argument = 'filter';

  @Field(() => [GarmentTypeEnum], { nullable: true, description: 'Garments of any of these types, at most 100.' })
  @ArrayMaxSize(MAX_VALUES)
  garmentTypes?: GarmentType[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Garments of any of these categories, for example "Casual Shoes". At most 100 values.',
  })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  categories?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Garments in any of these colors, for example "Navy Blue". At most 100 values.',
  })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  colors?: string[] | null;

  @Field(() => [GenderEnum], { nullable: true, description: 'Garments for any of these genders.' })
  @ArrayMaxSize(MAX_VALUES)
  genders?: Gender[] | null;

  @Field(() => [String], { nullable: true, description: 'Garments of any of these brands, at most 100.' })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  brands?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Garments of any of these materials, at most 100.' })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  materials?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Garments for any of these uses, for example "Sports". At most 100 values.',
  })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  usages?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Garments with any of these tags, at most 100.' })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  tags?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Garments available in any of these sizes, at most 100.' })
  @ArrayMaxSize(MAX_VALUES)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  sizes?: string[] | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Lowest price, inclusive. Garments without a price are excluded.',
  })
  minPrice?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Highest price, inclusive. Garments without a price are excluded.',
  })
  maxPrice?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Currency of the prices, an ISO 4217 code of three letters. Required with a price bound if the catalog ' +
      'has several currencies.',
  })
  currency?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: '`true` limits the result to garments in stock. `false` includes sold-out garments.',
  })
  inStockOnly?: boolean | null;

  @Field(() => [String], {
    nullable: true,
    description: 'SKUs to exclude, at most 1,000, for example the garments in the cart.',
  })
  @ArrayMaxSize(MAX_EXCLUDED_SKUS)
  @MaxLength(MAX_VALUE_LENGTH, { each: true })
  excludeSkus?: string[] | null;
}

/**
 * Returns the filter without null fields, since many clients send null for an absent field. Returns null for no filter.
 */
export function garmentFilter(input: GarmentFilterInput | null | undefined): GarmentFilter | null {
  if (input == null) return null;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
}
