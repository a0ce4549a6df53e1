// Input types of experiments. The payload reports invalid values as user errors.
import { ArrayMaxSize, ValidateNested } from 'class-validator';
import { Field, Float, ID, InputType } from 'type-graphql';
import { NO_SETTINGS, type ExperimentInput, type ExperimentVariant } from '../../domain/analytics/experiment.js';
import type { FusionMethod } from '../../domain/recommend/fusion.js';
import { FusionMethodEnum } from '../types/enums.js';

@InputType('ExperimentSettingsInput', {
  description: 'Settings of a variant. An absent field keeps the behavior without the experiment.',
})
export class ExperimentSettingsInput {
  @Field(() => FusionMethodEnum, { nullable: true, description: 'Fusion method that combines text and picture.' })
  fusion?: FusionMethod | null;

  @Field(() => Float, { nullable: true, description: 'Weight of the text, 0 or more, relative to `imageWeight`.' })
  textWeight?: number | null;

  @Field(() => Float, { nullable: true, description: 'Weight of the picture, 0 or more, relative to `textWeight`.' })
  imageWeight?: number | null;

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

  @Field(() => Boolean, {
    nullable: true,
    description: '`false` ranks without the learned weights of the store, if it uses any.',
  })
  learned?: boolean | null;
}

@InputType('ExperimentVariantInput', { description: 'One variant of an experiment.' })
export class ExperimentVariantInput {
  @Field(() => String, { description: 'Name of the variant, 1 to 100 characters, unique within the experiment.' })
  name!: string;

  @Field(() => Float, {
    nullable: true,
    defaultValue: 1,
    description:
      'Relative share of shoppers who get the variant, above 0. The share is this weight divided by the sum of ' +
      'all weights.',
  })
  weight!: number | null;

  @Field(() => ExperimentSettingsInput, {
    nullable: true,
    description: 'Settings of the variant. If absent, the variant is the control: it changes nothing.',
  })
  settings?: ExperimentSettingsInput | null;
}

@InputType('ExperimentInput', {
  description: 'An experiment that starts at once. At least one of its variants needs a setting.',
})
export class ExperimentInputObject {
  /** Name of the argument that holds this input. */
  static readonly argument = 'input';

  @Field(() => ID, {
    nullable: true,
    description: 'UUID of the experiment to rename, or the ID of a new one. If absent, the server creates an ID.',
  })
  id?: string | null;

  @Field(() => String, { description: 'Name of the experiment, 1 to 200 characters.' })
  name!: string;

  @Field(() => [ExperimentVariantInput], {
    description: 'The 2 to 10 variants. The results compare each variant with the first.',
  })
  @ArrayMaxSize(100)
  @ValidateNested()
  variants!: ExperimentVariantInput[];
}

export function experimentInput({ id, name, variants }: ExperimentInputObject): ExperimentInput {
  return { id: id ?? null, name, variants: variants.map(experimentVariant) };
}

function experimentVariant({ name, weight, settings }: ExperimentVariantInput): ExperimentVariant {
  const changed = Object.entries(settings ?? {}).filter(([, value]) => value !== undefined);
  return { name, weight: weight ?? 1, settings: { ...NO_SETTINGS, ...Object.fromEntries(changed) } };
}
