// What a merchant says of the ranking. What is wrong with it the payload says.
import { ArrayMaxSize, ValidateNested } from 'class-validator';
import { Field, Float, ID, InputType } from 'type-graphql';
import type { GarmentType } from '../../domain/catalog/garment.js';
import { MAX_SKUS, type RuleAction, type RuleInput } from '../../domain/recommend/merchandising.rule.js';
import { DateTimeScalar } from '../server/scalars.js';
import { GarmentTypeEnum, RuleActionEnum } from '../types/enums.js';
import { garmentFilter, GarmentFilterInput } from './filter.input.js';

/** Ten times as many as there are. */
const MAX_TYPES = 100;

@InputType('MerchandisingRuleInput', {
  description: 'What to do with which garments. They are named by `skus` or described by `filter`, one of both.',
})
export class MerchandisingRuleInput {
  /** Where it stands in a field's arguments. */
  static readonly argument = 'input';

  @Field(() => ID, {
    nullable: true,
    description: 'A UUID: the rule that is changed, or the id of a new one. Absent: a new one.',
  })
  id?: string | null;

  @Field(() => String, { description: 'What the merchant calls it; 1 to 200 characters.' })
  name!: string;

  @Field(() => RuleActionEnum, { description: 'What is done with the garments.' })
  action!: RuleAction;

  @Field(() => [String], {
    nullable: true,
    description: 'These garments: at most 1,000, or 20 to pin, which come up in this order.',
  })
  @ArrayMaxSize(MAX_SKUS)
  skus?: string[] | null;

  @Field(() => GarmentFilterInput, {
    nullable: true,
    description:
      'All garments that it lets through: those of a brand, with a tag, below a price. `inStockOnly` is of no account: a rule holds for a garment whether or not it can be bought.',
  })
  @ValidateNested()
  filter?: GarmentFilterInput | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'What a boost adds to the score and a bury takes from it, 0.01 to 2; absent: 0.2, which is what having the colour that was asked for adds. Not with the other actions.',
  })
  strength?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'In force from then on. Absent: at once.' })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'No longer in force from then on. Absent: for ever.' })
  endsAt?: Date | null;

  @Field(() => [GarmentTypeEnum], {
    nullable: true,
    description: 'Only for requests that ask for one of these types, by words or picture. Absent: for all.',
  })
  @ArrayMaxSize(MAX_TYPES)
  forTypes?: GarmentType[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Only for requests whose words have one of these words or phrases, whole and in any case; at most 50. Absent: for all.',
  })
  @ArrayMaxSize(MAX_SKUS)
  forWords?: string[] | null;
}

export function ruleInput(input: MerchandisingRuleInput): RuleInput {
  const { id, name, action, skus, filter, strength, startsAt, endsAt, forTypes, forWords } = input;
  return {
    id: id ?? null,
    name,
    action,
    skus: skus ?? null,
    filter: garmentFilter(filter),
    strength: strength ?? null,
    startsAt: startsAt ?? null,
    endsAt: endsAt ?? null,
    forTypes: forTypes ?? [],
    forWords: forWords ?? [],
  };
}
