// Object types of merchandising rules.
import { Field, Float, ID, ObjectType } from 'type-graphql';
import type { GarmentFilter, GarmentType } from '../../domain/catalog/garment.js';
import type { RuleAction } from '../../domain/recommend/merchandising.rule.js';
import { GarmentFilterInput } from '../inputs/filter.input.js';
import { DateTimeScalar } from '../server/scalars.js';
import { GarmentTypeEnum, RuleActionEnum } from './enums.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('MerchandisingRule', {
  description: 'A merchandising rule. It never shows a garment that the filter of a request excludes.',
  simpleResolvers: true,
})
export class MerchandisingRuleObject {
  @Field(() => ID, { description: 'ID of the rule, a UUID.' })
  id!: string;

  @Field(() => String, { description: 'Name of the rule.' })
  name!: string;

  @Field(() => RuleActionEnum, { description: 'Effect of the rule on its garments.' })
  action!: RuleAction;

  @Field(() => [String], {
    nullable: true,
    description: 'SKUs of the garments. Null if `filter` selects the garments.',
  })
  skus!: string[] | null;

  @Field(() => GarmentFilterInput, {
    nullable: true,
    description: 'Filter that selects the garments. Null if `skus` lists them.',
  })
  filter!: GarmentFilter | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Score that BOOST adds and BURY subtracts, 0.01 to 2. Null for PIN and HIDE.',
  })
  strength!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time when the rule starts. Null if it has no start time.',
  })
  startsAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time when the rule ends. Null if it has no end.' })
  endsAt!: Date | null;

  @Field(() => [GarmentTypeEnum], {
    description: 'Garment types that the request must ask for. Empty for all requests.',
  })
  forTypes!: GarmentType[];

  @Field(() => [String], {
    description:
      'The rule applies if the text of the request contains one of these words or phrases. Empty for all requests.',
  })
  forWords!: string[];

  @Field(() => Boolean, { description: '`true` if the rule is active now.' })
  active!: boolean;
}

@ObjectType('SaveMerchandisingRulePayload', {
  description: 'Result of saving a merchandising rule.',
  simpleResolvers: true,
})
export class SaveMerchandisingRulePayloadObject {
  @Field(() => MerchandisingRuleObject, {
    nullable: true,
    description: 'The stored rule. Null if it was not stored.',
  })
  rule!: MerchandisingRuleObject | null;

  @Field(() => [UserErrorObject], { description: 'Reasons why the rule was not stored.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('DeleteMerchandisingRulePayload', {
  description: 'Result of deleting a merchandising rule.',
  simpleResolvers: true,
})
export class DeleteMerchandisingRulePayloadObject {
  @Field(() => Boolean, { description: '`true` if the rule existed.' })
  deleted!: boolean;

  @Field(() => [UserErrorObject], { description: 'Reasons why no rule was deleted.' })
  userErrors!: UserErrorObject[];
}
