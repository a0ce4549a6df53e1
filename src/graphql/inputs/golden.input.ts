// Input type of golden queries. The payload reports invalid values as user errors.
import { ArrayMaxSize, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { DEFAULT_WITHIN, type GoldenInput } from '../../domain/analytics/golden.query.js';
import { garmentFilter, GarmentFilterInput } from './filter.input.js';

/** Bounds the values that are validated; the service has a lower limit. */
const MAX_SKUS = 1000;

@InputType('GoldenQueryInput', {
  description: 'A request with the garments that are expected near the top of its recommendation.',
})
export class GoldenQueryInput {
  /** Name of the argument that holds this input. */
  static readonly argument = 'input';

  @Field(() => ID, {
    nullable: true,
    description: 'UUID of the golden query to change, or the ID of a new one. If absent, the server creates an ID.',
  })
  id?: string | null;

  @Field(() => String, { description: 'Name of the golden query, 1 to 200 characters.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Text of the request, at most 1,000 characters. At least one of `text` and `imageSku` is required.',
  })
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'Unwanted attributes as text, at most 1,000 characters.' })
  avoid?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'SKU of the garment whose picture is the picture of the request. Each run uses its present picture.',
  })
  imageSku?: string | null;

  @Field(() => GarmentFilterInput, {
    nullable: true,
    description: 'Filter of the request. Only garments that match it are ranked.',
  })
  @ValidateNested()
  filter?: GarmentFilterInput | null;

  @Field(() => [String], {
    description: 'Expected SKUs, at least one and at most `within`. They need not be in the catalog yet.',
  })
  @ArrayMaxSize(MAX_SKUS)
  expectedSkus!: string[];

  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_WITHIN,
    description: 'Number of top results that must include all expected garments, 1 to 100.',
  })
  within?: number | null;
}

export function goldenInput(input: GoldenQueryInput): GoldenInput {
  const { id, name, text, avoid, imageSku, filter, expectedSkus, within } = input;
  return {
    id: id ?? null,
    name,
    text: text ?? null,
    avoid: avoid ?? null,
    imageSku: imageSku ?? null,
    filter: garmentFilter(filter),
    expectedSkus,
    within: within ?? DEFAULT_WITHIN,
  };
}
