// What a merchant pins as a golden query. What is wrong with it the payload says.
import { ArrayMaxSize, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { DEFAULT_WITHIN, type GoldenInput } from '../../domain/analytics/golden.query.js';
import { garmentFilter, GarmentFilterInput } from './filter.input.js';

/** More are refused by the service; this bounds what is looked at before that. */
const MAX_SKUS = 1000;

@InputType('GoldenQueryInput', {
  description: 'A request, and the garments that are expected near the top of its answer.',
})
export class GoldenQueryInput {
  /** Where it stands in a field's arguments. */
  static readonly argument = 'input';

  @Field(() => ID, {
    nullable: true,
    description: 'A UUID: the golden query that is changed, or the id of a new one. Absent: a new one.',
  })
  id?: string | null;

  @Field(() => String, { description: 'What the merchant calls it; 1 to 200 characters.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Words of a shopper, at most 1,000 characters. At least one of `text` and `imageSku` is given.',
  })
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'What that shopper does not want, in words.' })
  avoid?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "A garment of the catalog: its picture is the shopper's, as it is stored when the query runs.",
  })
  imageSku?: string | null;

  @Field(() => GarmentFilterInput, { nullable: true, description: 'Which garments may come up at all.' })
  @ValidateNested()
  filter?: GarmentFilterInput | null;

  @Field(() => [String], {
    description:
      'What has to come up, at least one sku and no more than `within`. They need not be in the catalog yet.',
  })
  @ArrayMaxSize(MAX_SKUS)
  expectedSkus!: string[];

  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_WITHIN,
    description: 'They have to be among so many, 1 to 100.',
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
