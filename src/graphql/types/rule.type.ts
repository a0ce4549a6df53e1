// Merchandising rules as merchants and analysts see them.
import { Field, Float, ID, ObjectType } from 'type-graphql';
import type { GarmentFilter, GarmentType } from '../../domain/catalog/garment.js';
import type { RuleAction } from '../../domain/recommend/merchandising.rule.js';
import { GarmentFilterInput } from '../inputs/filter.input.js';
import { DateTimeScalar } from '../server/scalars.js';
import { GarmentTypeEnum, RuleActionEnum } from './enums.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('MerchandisingRule', {
  description:
    "What a merchant has decided of the ranking. A rule never brings up a garment that a request's filter leaves out.",
  simpleResolvers: true,
})
export class MerchandisingRuleObject {
  @Field(() => ID, { description: 'Its id, a UUID.' })
  id!: string;

  @Field(() => String, { description: 'What the merchant calls it.' })
  name!: string;

  @Field(() => RuleActionEnum, { description: 'What is done with the garments.' })
  action!: RuleAction;

  @Field(() => [String], { nullable: true, description: 'The garments by sku; null where a filter describes them.' })
  skus!: string[] | null;

  @Field(() => GarmentFilterInput, { nullable: true, description: 'The filter; null where skus name them.' })
  filter!: GarmentFilter | null;

  @Field(() => Float, { nullable: true, description: 'In units of the score; null but for a boost and a bury.' })
  strength!: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'In force from then on; null: from ever.' })
  startsAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'No longer in force from then on; null: for ever.' })
  endsAt!: Date | null;

  @Field(() => [GarmentTypeEnum], { description: 'Only for requests that ask for one of these; empty: for all.' })
  forTypes!: GarmentType[];

  @Field(() => [String], { description: 'Only for requests that say one of these; empty: for all.' })
  forWords!: string[];

  @Field(() => Boolean, { description: 'Whether it is in force now.' })
  active!: boolean;
}

@ObjectType('SaveMerchandisingRulePayload', { description: 'What became of a rule.', simpleResolvers: true })
export class SaveMerchandisingRulePayloadObject {
  @Field(() => MerchandisingRuleObject, {
    nullable: true,
    description: 'The rule as it is stored; null where it is not.',
  })
  rule!: MerchandisingRuleObject | null;

  @Field(() => [UserErrorObject], { description: 'Why it was not stored.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('DeleteMerchandisingRulePayload', { description: 'What became of a deletion.', simpleResolvers: true })
export class DeleteMerchandisingRulePayloadObject {
  @Field(() => Boolean, { description: 'Whether there was such a rule.' })
  deleted!: boolean;

  @Field(() => [UserErrorObject], { description: 'Why there was not.' })
  userErrors!: UserErrorObject[];
}
