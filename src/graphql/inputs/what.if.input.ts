// Input types of a counterfactual: other settings for a logged request.
import { ArrayMaxSize, ValidateNested } from 'class-validator';
import { Field, Float, InputType } from 'type-graphql';
import { LEARNABLE } from '../../domain/learning/learned.weights.js';
import { FusionInput } from './recommend.input.js';

@InputType('ContributionWeightInput', { description: 'A factor for one score contribution.' })
export class ContributionWeightInput {
  @Field(() => String, { description: `Name of the contribution: ${LEARNABLE.join(', ')}.` })
  name!: string;

  @Field(() => Float, { description: 'Factor of the contribution, −100 to 100. 1 keeps it; 0 removes it.' })
  factor!: number;
}

@InputType('WhatIfInput', {
  description: 'Other settings for a logged request. An absent field keeps the present setting.',
})
export class WhatIfInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Directory name of a model that the catalog is embedded with: the active or the standby model. Not ' +
      'allowed for requests with a picture, because pictures are not stored.',
  })
  model?: string | null;

  @Field(() => FusionInput, { nullable: true, description: 'Options that combine text and picture.' })
  fusion?: FusionInput | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Variety of the ranking, 0 to 1. 0 shows the best matches only; 1 is as varied as the catalog allows.',
  })
  diversity?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Strength of the shopper profile, 0 to 2. 0 ignores the profile; 1 is the normal strength.',
  })
  taste?: number | null;

  @Field(() => Boolean, { nullable: true, description: '`false` ranks without the learned weights of the store.' })
  learned?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: '`false` ranks without the merchandising rules.' })
  rules?: boolean | null;

  @Field(() => [ContributionWeightInput], {
    nullable: true,
    description:
      'Factors of score contributions, used instead of the learned weights. The contribution `learned` holds ' +
      'their effect.',
  })
  @ArrayMaxSize(LEARNABLE.length)
  @ValidateNested()
  weights?: ContributionWeightInput[] | null;
}
