// What a merchant sends for one garment. Nothing here refuses a call: a bad garment is reported by its index, and that is
// the upsert's work.
import { Field, InputType } from 'type-graphql';
import type { Gender, GarmentType } from '../../domain/catalog/garment.js';
import type { GarmentInput } from '../../domain/catalog/garment.input.js';
import { DecimalScalar } from '../server/scalars.js';
import { GarmentTypeEnum, GenderEnum } from '../types/enums.js';
import { ImageInput, imageSource } from './image.input.js';

@InputType('MoneyInput', { description: 'An exact amount of money.' })
export class MoneyInput {
  @Field(() => DecimalScalar, { description: '0 or more, at most 4 decimals.' })
  amount!: string;

  @Field(() => String, { description: 'Three letters of ISO 4217, in upper or lower case: "EUR".' })
  currency!: string;
}

@InputType('GarmentInput', {
  description:
    'A garment to store. Of a known sku the given fields are set, null clears, and absent fields stay, the picture too.',
})
export class MerchantGarmentInput {
  @Field(() => String, {
    description: "The merchant's own number for it, by which it is found again; 1 to 200 characters.",
  })
  sku!: string;

  @Field(() => String, { description: 'What it is called in the shop; 1 to 500 characters.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'What the shop tells about it; at most 10,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Who makes it.' })
  brand?: string | null;

  @Field(() => String, { nullable: true, description: 'Its kind in words. Absent: inferred.' })
  category?: string | null;

  @Field(() => GarmentTypeEnum, {
    nullable: true,
    description: 'Which of the ten try-on types it is. Absent: inferred.',
  })
  garmentType?: GarmentType | null;

  @Field(() => String, { nullable: true, description: 'Its main colour. Absent: inferred.' })
  color?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is made of.' })
  material?: string | null;

  @Field(() => GenderEnum, { nullable: true, description: 'Whom it is cut for. Absent: inferred.' })
  gender?: Gender | null;

  @Field(() => String, { nullable: true, description: 'What it is worn for. Absent: inferred.' })
  usage?: string | null;

  @Field(() => [String], { nullable: true, description: 'Free keywords; at most 100.' })
  tags?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Sizes it comes in; at most 100.' })
  sizes?: string[] | null;

  @Field(() => MoneyInput, { nullable: true, description: 'Its price.' })
  price?: MoneyInput | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it can be bought. Absent on a new garment: true.' })
  inStock?: boolean | null;

  @Field(() => String, { nullable: true, description: "Its page in the merchant's shop, an http(s) address." })
  productUrl?: string | null;

  @Field(() => ImageInput, { nullable: true, description: 'Its picture. A new garment needs one.' })
  image?: ImageInput | null;
}

/** Absent fields stay absent, since an absent field is left as it is and null clears it. */
export function garmentInput(input: MerchantGarmentInput): GarmentInput {
  const { image, ...facts } = input;
  return image === undefined ? facts : { ...facts, image: imageSource(image) };
}
