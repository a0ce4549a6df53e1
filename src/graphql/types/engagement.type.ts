// What shoppers did with answers, in numbers.
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { GarmentType } from '../../domain/catalog/garment.js';
import { GarmentTypeEnum } from './enums.js';

@ObjectType('EngagementDay', {
  description: 'One day, in UTC: the answers that were given on it and the feedback that came in on it.',
  simpleResolvers: true,
})
export class EngagementDayObject {
  @Field(() => String, { description: 'The day as YYYY-MM-DD.' })
  day!: string;

  @Field(() => Int, { description: 'Answers that were given.' })
  recommendations!: number;

  @Field(() => Int, { description: 'Garments that came into view.' })
  views!: number;

  @Field(() => Int, { description: 'Garments that were looked at more closely.' })
  clicks!: number;

  @Field(() => Int, { description: 'Garments that were tried on.' })
  tryOns!: number;

  @Field(() => Int, { description: 'Garments that were put into a cart.' })
  carts!: number;

  @Field(() => Int, { description: 'Garments that were bought.' })
  purchases!: number;

  @Field(() => Int, { description: 'Garments that were waved away.' })
  dismissals!: number;
}

@ObjectType('Proportion', {
  description: 'A share with its 95 % interval (Wilson’s), all from 0 to 1.',
  simpleResolvers: true,
})
export class ProportionObject {
  @Field(() => Float, { description: 'The share as it was counted.' })
  value!: number;

  @Field(() => Float, { description: 'Lower end of the interval.' })
  low!: number;

  @Field(() => Float, { description: 'Upper end of the interval.' })
  high!: number;
}

/** The counts that are read alike wherever shown garments are grouped. */
@ObjectType()
abstract class ShownEngagementObject {
  @Field(() => Int, { description: 'Garments that were shown, once for each answer.' })
  shown!: number;

  @Field(() => Int, { description: 'Of them, those that came into view.' })
  views!: number;

  @Field(() => Int, { description: 'Of them, those that were clicked.' })
  clicks!: number;

  @Field(() => Int, { description: 'Of them, those that were tried on.' })
  tryOns!: number;

  @Field(() => Int, { description: 'Of them, those that were put into a cart.' })
  carts!: number;

  @Field(() => Int, { description: 'Of them, those that were bought.' })
  purchases!: number;

  @Field(() => Int, { description: 'Of them, those that were waved away.' })
  dismissals!: number;

  @Field(() => ProportionObject, { description: 'clicks / shown.' })
  clickRate!: ProportionObject;
}

@ObjectType('EngagementAtRank', {
  description: 'What was done with garments that were shown at one rank. The first are clicked more for being first.',
  simpleResolvers: true,
})
export class EngagementAtRankObject extends ShownEngagementObject {
  @Field(() => Int, { description: 'The rank, from 1.' })
  rank!: number;
}

@ObjectType('EngagementOfType', {
  description: 'What was done with garments of one try-on type.',
  simpleResolvers: true,
})
export class EngagementOfTypeObject extends ShownEngagementObject {
  @Field(() => GarmentTypeEnum, {
    nullable: true,
    description: 'The type as the catalog has it now; null for none of the ten, and for garments that have left it.',
  })
  garmentType!: GarmentType | null;
}
