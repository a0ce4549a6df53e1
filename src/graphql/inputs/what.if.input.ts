// Settings that an analyst tries on a past request.
import { ArrayMaxSize, ValidateNested } from 'class-validator';
import { Field, Float, InputType } from 'type-graphql';
import { LEARNABLE } from '../../domain/learning/learned.weights.js';
import { FusionInput } from './recommend.input.js';

@InputType('ContributionWeightInput', { description: 'How much one part of a score counts.' })
export class ContributionWeightInput {
  @Field(() => String, { description: `Its name: ${LEARNABLE.join(', ')}.` })
  name!: string;

  @Field(() => Float, { description: 'What it is multiplied by, −100 to 100; 1 as it counts by itself, 0 not at all.' })
  factor!: number;
}

@InputType('WhatIfInput', { description: 'Other settings for a past request; what is absent stays as it is.' })
export class WhatIfInput {
  @Field(() => String, {
    nullable: true,
    description:
      'A model that the catalog is embedded with, by its folder: the one that answers, or the one that is kept beside it. Not for requests with a picture, since pictures are not kept.',
  })
  model?: string | null;

  @Field(() => FusionInput, { nullable: true, description: 'How words and picture are weighed.' })
  fusion?: FusionInput | null;

  @Field(() => Float, {
    nullable: true,
    description: '0: purely the best matches; 1: as varied as the catalog allows.',
  })
  diversity?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'How strongly the shopper’s taste counts: 0 not at all, 1 as it does by itself, 2 at most.',
  })
  taste?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'false: without the weights that the store has learned.' })
  learned?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'false: without the merchant’s rules.' })
  rules?: boolean | null;

  @Field(() => [ContributionWeightInput], {
    nullable: true,
    description:
      'Factors of the parts of a score, in place of learned weights. What they change stands in the contribution `learned`.',
  })
  @ArrayMaxSize(LEARNABLE.length)
  @ValidateNested()
  weights?: ContributionWeightInput[] | null;
}
