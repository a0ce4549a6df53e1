// A garment of the catalog as clients see it. Its picture's address and its neighbours are the resolver's.
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { Gender, GarmentType } from '../../domain/catalog/garment.js';
import { DateTimeScalar, DecimalScalar } from '../server/scalars.js';
import { GarmentTypeEnum, GenderEnum } from './enums.js';

@ObjectType('Money', { description: 'An exact amount of money.', simpleResolvers: true })
export class MoneyObject {
  @Field(() => DecimalScalar, { description: 'The amount, exact to the last digit.' })
  amount!: string;

  @Field(() => String, { description: 'Three letters of ISO 4217: "EUR".' })
  currency!: string;
}

@ObjectType('Garment', { description: 'One article of the catalog.', simpleResolvers: true })
export class GarmentObject {
  @Field(() => ID, { description: "The server's own name for it; never given to another garment." })
  id!: string;

  @Field(() => String, { description: "The merchant's own number for it." })
  sku!: string;

  @Field(() => String, { description: 'What it is called in the shop.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'What the shop tells about it.' })
  description!: string | null;

  @Field(() => String, { nullable: true, description: 'Who makes it.' })
  brand!: string | null;

  @Field(() => String, { nullable: true, description: 'Its kind in words, finer than `garmentType`: "Casual Shoes".' })
  category!: string | null;

  @Field(() => GarmentTypeEnum, {
    nullable: true,
    description: 'Which of the ten try-on types it is; null where none.',
  })
  garmentType!: GarmentType | null;

  @Field(() => String, { nullable: true, description: 'Its main colour: "Navy Blue".' })
  color!: string | null;

  @Field(() => String, { nullable: true, description: 'What it is made of: "cotton".' })
  material!: string | null;

  @Field(() => GenderEnum, { nullable: true, description: 'Whom it is cut for.' })
  gender!: Gender | null;

  @Field(() => String, { nullable: true, description: 'What it is worn for: "Sports", "Formal".' })
  usage!: string | null;

  @Field(() => [String], { description: 'Free keywords of the merchant.' })
  tags!: string[];

  @Field(() => [String], { description: 'Sizes it comes in, in the order that the merchant gave.' })
  sizes!: string[];

  @Field(() => MoneyObject, { nullable: true, description: 'Its price; null where the merchant gave none.' })
  price!: MoneyObject | null;

  @Field(() => Boolean, { description: 'Whether it can be bought now.' })
  inStock!: boolean;

  @Field(() => String, { nullable: true, description: "Its page in the merchant's shop." })
  productUrl!: string | null;

  @Field(() => [String], { description: 'Fields that the merchant left out and the classifier head filled in.' })
  inferredFields!: string[];

  @Field(() => DateTimeScalar, { description: 'When it first came into the catalog.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

@ObjectType('GarmentTypeProbability', { description: 'How likely one of the ten types is.', simpleResolvers: true })
export class GarmentTypeProbabilityObject {
  @Field(() => GarmentTypeEnum, { description: 'The type.' })
  garmentType!: GarmentType;

  @Field(() => Float, { description: 'Its calibrated probability, 0 to 1.' })
  probability!: number;
}

@ObjectType('LabelProbability', { description: 'How likely one label is.', simpleResolvers: true })
export class LabelProbabilityObject {
  @Field(() => String, {
    description: 'The label as the model was trained with it: "Casual Shoes", "Navy Blue", "Men".',
  })
  label!: string;

  @Field(() => Float, { description: 'Its calibrated probability, 0 to 1.' })
  probability!: number;
}

@ObjectType('FacetValue', { description: 'One value of a facet.', simpleResolvers: true })
export class FacetValueObject {
  @Field(() => String, { description: 'The value as garments carry it.' })
  value!: string;

  @Field(() => Int, { description: 'How many garments carry it.' })
  count!: number;
}

@ObjectType('Facet', {
  description: 'What one field of the garments holds, for a filter panel.',
  simpleResolvers: true,
})
export class FacetObject {
  @Field(() => String, { description: 'The field of `Garment`; `tag` and `size` stand for one value of the lists.' })
  field!: string;

  @Field(() => [FacetValueObject], { description: 'At most 100 values, the commonest first.' })
  values!: FacetValueObject[];
}
