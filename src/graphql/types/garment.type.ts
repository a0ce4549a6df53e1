// Object types of garments, classifications and facets.
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { Gender, GarmentType } from '../../domain/catalog/garment.js';
import { DateTimeScalar, DecimalScalar } from '../server/scalars.js';
import { GarmentTypeEnum, GenderEnum } from './enums.js';

@ObjectType('Money', { description: 'An exact amount of money.', simpleResolvers: true })
export class MoneyObject {
  @Field(() => DecimalScalar, { description: 'Exact amount as a decimal string.' })
  amount!: string;

  @Field(() => String, { description: 'ISO 4217 code of three letters, for example "EUR".' })
  currency!: string;
}

@ObjectType('Garment', { description: 'A garment of the catalog.', simpleResolvers: true })
export class GarmentObject {
  @Field(() => ID, { description: 'ID of the garment on this server. It is never reused.' })
  id!: string;

  @Field(() => String, { description: 'The merchant’s SKU.' })
  sku!: string;

  @Field(() => String, { description: 'Title in the shop.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'Description in the shop. Null if the merchant sent none.' })
  description!: string | null;

  @Field(() => String, { nullable: true, description: 'Brand or maker. Null if unknown.' })
  brand!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Category, finer than `garmentType`, for example "Casual Shoes". Null if unknown.',
  })
  category!: string | null;

  @Field(() => GarmentTypeEnum, {
    nullable: true,
    description: 'One of the ten try-on types. Null if the garment has none of them.',
  })
  garmentType!: GarmentType | null;

  @Field(() => String, { nullable: true, description: 'Main color, for example "Navy Blue". Null if unknown.' })
  color!: string | null;

  @Field(() => String, { nullable: true, description: 'Material, for example "cotton". Null if unknown.' })
  material!: string | null;

  @Field(() => GenderEnum, { nullable: true, description: 'Gender that the garment is made for. Null if unknown.' })
  gender!: Gender | null;

  @Field(() => String, {
    nullable: true,
    description: 'Use of the garment, for example "Sports" or "Formal". Null if unknown.',
  })
  usage!: string | null;

  @Field(() => [String], { description: 'Tags of the merchant.' })
  tags!: string[];

  @Field(() => [String], { description: 'Available sizes, in the order of the merchant.' })
  sizes!: string[];

  @Field(() => MoneyObject, { nullable: true, description: 'Price. Null if the merchant sent none.' })
  price!: MoneyObject | null;

  @Field(() => Boolean, { description: '`true` if shoppers can buy the garment now.' })
  inStock!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'URL of the product page in the shop. Null if the merchant sent none.',
  })
  productUrl!: string | null;

  @Field(() => [String], { description: 'Names of the fields that the merchant left out and the classifier inferred.' })
  inferredFields!: string[];

  @Field(() => DateTimeScalar, { description: 'Time when the garment was added to the catalog.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'Time of the last change of the garment.' })
  updatedAt!: Date;
}

@ObjectType('GarmentTypeProbability', {
  description: 'Probability of one of the ten try-on types.',
  simpleResolvers: true,
})
export class GarmentTypeProbabilityObject {
  @Field(() => GarmentTypeEnum, { description: 'Try-on type.' })
  garmentType!: GarmentType;

  @Field(() => Float, { description: 'Calibrated probability, 0 to 1.' })
  probability!: number;
}

@ObjectType('LabelProbability', { description: 'Probability of one label.', simpleResolvers: true })
export class LabelProbabilityObject {
  @Field(() => String, {
    description: 'Label as in the training data, for example "Casual Shoes", "Navy Blue" or "Men".',
  })
  label!: string;

  @Field(() => Float, { description: 'Calibrated probability, 0 to 1.' })
  probability!: number;
}

@ObjectType('FacetValue', { description: 'One value of a facet.', simpleResolvers: true })
export class FacetValueObject {
  @Field(() => String, { description: 'Value as stored in the garments.' })
  value!: string;

  @Field(() => Int, { description: 'Number of garments with this value.' })
  count!: number;
}

@ObjectType('Facet', {
  description: 'Values of one garment field with their counts, for a filter panel.',
  simpleResolvers: true,
})
export class FacetObject {
  @Field(() => String, { description: 'Field of `Garment`. `tag` and `size` are single values of `tags` and `sizes`.' })
  field!: string;

  @Field(() => [FacetValueObject], { description: 'Values of the field, most frequent first. At most 100.' })
  values!: FacetValueObject[];
}
