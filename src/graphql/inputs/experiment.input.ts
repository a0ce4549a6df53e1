// What a merchant gives of an experiment. What is wrong with it the payload says.
import { ArrayMaxSize, ValidateNested } from 'class-validator';
import { Field, Float, ID, InputType } from 'type-graphql';
import { NO_SETTINGS, type ExperimentInput, type ExperimentVariant } from '../../domain/analytics/experiment.js';
import type { FusionMethod } from '../../domain/recommend/fusion.js';
import { FusionMethodEnum } from '../types/enums.js';

@InputType('ExperimentSettingsInput', {
  description: 'What a variant sets; what is absent stays as it is without the experiment.',
})
export class ExperimentSettingsInput {
  @Field(() => FusionMethodEnum, { nullable: true, description: 'How words and picture are brought together.' })
  fusion?: FusionMethod | null;

  @Field(() => Float, { nullable: true, description: 'How much the words count: 0 or more, against `imageWeight`.' })
  textWeight?: number | null;

  @Field(() => Float, { nullable: true, description: 'How much the picture counts: 0 or more.' })
  imageWeight?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: '0: purely the best matches; 1: as varied as the catalog allows.',
  })
  diversity?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'How strongly what a shopper did before counts: 0 not at all, 1 as it does by itself, 2 at most.',
  })
  taste?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'false: without the weights that the store has learned, where any are in use.',
  })
  learned?: boolean | null;
}

@InputType('ExperimentVariantInput', { description: 'One of the ways in which shoppers are answered.' })
export class ExperimentVariantInput {
  @Field(() => String, { description: 'Its name, 1 to 100 characters, of its own within the experiment.' })
  name!: string;

  @Field(() => Float, {
    nullable: true,
    defaultValue: 1,
    description: 'How many shoppers get it, against the sum over all variants; above 0.',
  })
  weight!: number | null;

  @Field(() => ExperimentSettingsInput, {
    nullable: true,
    description: 'What it sets. Absent: nothing, as shoppers are answered without the experiment.',
  })
  settings?: ExperimentSettingsInput | null;
}

@InputType('ExperimentInput', {
  description: 'An experiment that begins at once. At least one of its variants sets something.',
})
export class ExperimentInputObject {
  /** Where it stands in a field's arguments. */
  static readonly argument = 'input';

  @Field(() => ID, {
    nullable: true,
    description: 'A UUID: the experiment that is renamed, or the id of a new one. Absent: a new one.',
  })
  id?: string | null;

  @Field(() => String, { description: 'What the merchant calls it, 1 to 200 characters.' })
  name!: string;

  @Field(() => [ExperimentVariantInput], { description: '2 to 10; the others are compared with the first.' })
  @ArrayMaxSize(100)
  @ValidateNested()
  variants!: ExperimentVariantInput[];
}

export function experimentInput({ id, name, variants }: ExperimentInputObject): ExperimentInput {
  return { id: id ?? null, name, variants: variants.map(experimentVariant) };
}

function experimentVariant({ name, weight, settings }: ExperimentVariantInput): ExperimentVariant {
  const given = Object.entries(settings ?? {}).filter(([, value]) => value !== undefined);
  return { name, weight: weight ?? 1, settings: { ...NO_SETTINGS, ...Object.fromEntries(given) } };
}
