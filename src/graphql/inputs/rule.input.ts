// Input type of merchandising rules. The payload reports invalid values as user errors.
import { ArrayMaxSize, ValidateNested } from 'class-validator';
import { Field, Float, ID, InputType } from 'type-graphql';
import type { GarmentType } from '../../domain/catalog/garment.js';
import { MAX_SKUS, type RuleAction, type RuleInput } from '../../domain/recommend/merchandising.rule.js';
import { DateTimeScalar } from '../server/scalars.js';
import { GarmentTypeEnum, RuleActionEnum } from '../types/enums.js';
import { garmentFilter, GarmentFilterInput } from './filter.input.js';

/** Ten times the number of garment types. */
const MAX_TYPES = 100;

@InputType('MerchandisingRuleInput', {
  description:
    'A merchandising rule for the garments that either `skus` or `filter` selects. Exactly one of the two is required.',
})
export class MerchandisingRuleInput {
  /** Name of the argument that holds this input. */
  static readonly argument = 'input';

  @Field(() => ID, {
    nullable: true,
    description: 'UUID of the rule to change, or the ID of a new one. If absent, the server creates an ID.',
  })
  id?: string | null;

  @Field(() => String, { description: 'Name of the rule, 1 to 200 characters.' })
  name!: string;

  @Field(() => RuleActionEnum, { description: 'Effect of the rule on the garments.' })
  action!: RuleAction;

  @Field(() => [String], {
    nullable: true,
    description: 'SKUs of the garments: at most 1,000, or at most 20 for PIN. Pinned garments are shown in this order.',
  })
  @ArrayMaxSize(MAX_SKUS)
  skus?: string[] | null;

  @Field(() => GarmentFilterInput, {
    nullable: true,
    description:
      'Filter that selects the garments, for example by brand, tag or price. `inStockOnly` is ignored: the ' +
      'rule applies to sold-out garments too.',
  })
  @ValidateNested()
  filter?: GarmentFilterInput | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Score that BOOST adds and BURY subtracts, 0.01 to 2; not allowed for PIN and HIDE. If absent, 0.2, ' +
      'which equals the effect of a matching color.',
  })
  strength?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time when the rule starts. If absent, it starts at once.',
  })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time when the rule ends. If absent, it has no end.' })
  endsAt?: Date | null;

  @Field(() => [GarmentTypeEnum], {
    nullable: true,
    description:
      'Garment types that the request must ask for, by text or picture. If absent, the rule applies to all requests.',
  })
  @ArrayMaxSize(MAX_TYPES)
  forTypes?: GarmentType[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Words or phrases, at most 50. The text of the request must contain one of them as whole words, in any ' +
      'case. If absent, the rule applies to all requests.',
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
