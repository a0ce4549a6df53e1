// Input types of a garment. The upsert reports invalid garments by index and does not refuse the call.
import { Field, InputType } from 'type-graphql';
import type { Gender, GarmentType } from '../../domain/catalog/garment.js';
import type { GarmentInput } from '../../domain/catalog/garment.input.js';
import { DecimalScalar } from '../server/scalars.js';
import { GarmentTypeEnum, GenderEnum } from '../types/enums.js';
import { ImageInput, imageSource } from './image.input.js';

@InputType('MoneyInput', { description: 'An exact amount of money.' })
export class MoneyInput {
  @Field(() => DecimalScalar, { description: 'Amount of 0 or more, with at most 4 decimals.' })
  amount!: string;

  @Field(() => String, { description: 'ISO 4217 code of three letters in upper or lower case, for example "EUR".' })
  currency!: string;
}

@InputType('GarmentInput', {
  description:
    'A garment to store. For a known SKU, given fields are set, null clears a field, and absent fields, ' +
    'including the picture, stay unchanged.',
})
export class MerchantGarmentInput {
  @Field(() => String, {
    description: 'The merchant’s SKU, 1 to 200 characters. An upsert matches garments by it.',
  })
  sku!: string;

  @Field(() => String, { description: 'Title in the shop, 1 to 500 characters.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'Description in the shop, at most 10,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Brand or maker.' })
  brand?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Category, finer than `garmentType`, for example "Casual Shoes". If absent, it is inferred.',
  })
  category?: string | null;

  @Field(() => GarmentTypeEnum, {
    nullable: true,
    description: 'One of the ten try-on types. If absent, it is inferred.',
  })
  garmentType?: GarmentType | null;

  @Field(() => String, { nullable: true, description: 'Main color. If absent, it is inferred.' })
  color?: string | null;

  @Field(() => String, { nullable: true, description: 'Material, for example "cotton".' })
  material?: string | null;

  @Field(() => GenderEnum, {
    nullable: true,
    description: 'Gender that the garment is made for. If absent, it is inferred.',
  })
  gender?: Gender | null;

  @Field(() => String, {
    nullable: true,
    description: 'Use of the garment, for example "Sports". If absent, it is inferred.',
  })
  usage?: string | null;

  @Field(() => [String], { nullable: true, description: 'Tags of the merchant, at most 100.' })
  tags?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Available sizes, at most 100.' })
  sizes?: string[] | null;

  @Field(() => MoneyInput, { nullable: true, description: 'Price of the garment.' })
  price?: MoneyInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: '`true` if shoppers can buy the garment. A new garment is in stock if this is absent.',
  })
  inStock?: boolean | null;

  @Field(() => String, { nullable: true, description: 'URL of the product page in the shop, http or https.' })
  productUrl?: string | null;

  @Field(() => ImageInput, { nullable: true, description: 'Picture of the garment. Required for a new garment.' })
  image?: ImageInput | null;
}

/**
 * Returns the garment for the upsert. Absent fields stay absent, because null clears a field and an absent field stays
 * unchanged.
 */
export function garmentInput(input: MerchantGarmentInput): GarmentInput {
  const { image, ...facts } = input;
  return image === undefined ? facts : { ...facts, image: imageSource(image) };
}
