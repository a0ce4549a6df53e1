// What a shopper gives. Whether it makes sense together is the domain's to say.
import { ValidateNested } from 'class-validator';
import { Field, Float, ID, InputType } from 'type-graphql';
import type { FusionMethod } from '../../domain/recommend/fusion.js';
import type { OutfitRequest } from '../../domain/recommend/recommend.request.js';
import { FusionMethodEnum } from '../types/enums.js';
import { garmentFilter, GarmentFilterInput } from './filter.input.js';
import { ImageInput, imageSource } from './image.input.js';

@InputType('FusionInput', {
  description: 'How words and picture are brought together; what is absent the model chooses.',
})
export class FusionInput {
  @Field(() => FusionMethodEnum, {
    nullable: true,
    description: 'Absent: the one that the running model does best with.',
  })
  method?: FusionMethod | null;

  @Field(() => Float, {
    nullable: true,
    description: 'How much the words count: 0 or more, only its ratio to `imageWeight` matters.',
  })
  textWeight?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'How much the picture counts: 0 or more; not 0 together with `textWeight`.',
  })
  imageWeight?: number | null;
}

@InputType('RecommendOutfitInput', {
  description:
    'A request. At least one of `text` and `image` is given; with both, the words change what the picture shows.',
})
export class RecommendOutfitInput {
  /** Where it stands in a field's arguments. */
  static readonly argument = 'input';

  @Field(() => String, {
    nullable: true,
    description:
      'What the shopper wants: kind, colour, style, material, occasion; English or Chinese, at most 1,000 characters.',
  })
  text?: string | null;

  @Field(() => ImageInput, { nullable: true, description: 'A garment that they like.' })
  image?: ImageInput | null;

  @Field(() => String, { nullable: true, description: 'What they do not want, in words; at most 1,000 characters.' })
  avoid?: string | null;

  @Field(() => FusionInput, { nullable: true, description: 'How words and picture are weighed.' })
  fusion?: FusionInput | null;

  @Field(() => GarmentFilterInput, { nullable: true, description: 'Which garments may come up at all.' })
  @ValidateNested()
  filter?: GarmentFilterInput | null;

  @Field(() => Float, {
    nullable: true,
    defaultValue: 0,
    description: '0: purely the best matches; 1: as varied as the catalog allows.',
  })
  diversity?: number | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'An opaque id that the storefront gives a shopper, at most 200 characters: what they did with earlier answers (`recordFeedback`) then shapes this one. Kept as a keyed hash only.',
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
