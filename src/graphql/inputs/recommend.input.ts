// Input types of a recommendation request.
import { ValidateNested } from 'class-validator';
import { Field, Float, ID, InputType } from 'type-graphql';
import type { FusionMethod } from '../../domain/recommend/fusion.js';
import type { OutfitRequest } from '../../domain/recommend/recommend.request.js';
import { FusionMethodEnum } from '../types/enums.js';
import { garmentFilter, GarmentFilterInput } from './filter.input.js';
import { ImageInput, imageSource } from './image.input.js';

@InputType('FusionInput', {
  description: 'Options that combine text and picture. The model chooses the value of an absent field.',
})
export class FusionInput {
  @Field(() => FusionMethodEnum, {
    nullable: true,
    description: 'Fusion method. If absent, the method that works best with the active model.',
  })
  method?: FusionMethod | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Weight of the text, 0 or more. Only the ratio to `imageWeight` matters.',
  })
  textWeight?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Weight of the picture, 0 or more. Both weights must not be 0.',
  })
  imageWeight?: number | null;
}

@InputType('RecommendOutfitInput', {
  description:
    'A recommendation request. At least one of `text` and `image` is required; with both, the text modifies ' +
    'the picture.',
})
export class RecommendOutfitInput {
  /** Name of the argument that holds this input. */
  static readonly argument = 'input';

  @Field(() => String, {
    nullable: true,
    description:
      'Wanted attributes such as garment type, color, style, material or occasion, in English or Chinese. At ' +
      'most 1,000 characters.',
  })
  text?: string | null;

  @Field(() => ImageInput, { nullable: true, description: 'Picture of a garment that the shopper likes.' })
  image?: ImageInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Unwanted attributes as text, at most 1,000 characters, for example "black, leather".',
  })
  avoid?: string | null;

  @Field(() => FusionInput, { nullable: true, description: 'Options that combine text and picture.' })
  fusion?: FusionInput | null;

  @Field(() => GarmentFilterInput, {
    nullable: true,
    description: 'Filter for the ranking. Only garments that match it are recommended.',
  })
  @ValidateNested()
  filter?: GarmentFilterInput | null;

  @Field(() => Float, {
    nullable: true,
    defaultValue: 0,
    description: 'Variety of the ranking, 0 to 1. 0 shows the best matches only; 1 is as varied as the catalog allows.',
  })
  diversity?: number | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Opaque ID that the storefront gives the shopper, at most 200 characters; the server stores only a keyed ' +
      'hash of it. Earlier feedback of the shopper influences the ranking.',
  })
  shopper?: string | null;
}

export function outfitRequest(input: RecommendOutfitInput): OutfitRequest {
  const { text, avoid, fusion, diversity, shopper } = input;
  return {
    text,
    avoid,
    fusion,
    diversity,
    shopper,
    image: imageSource(input.image),
    filter: garmentFilter(input.filter),
  };
}
