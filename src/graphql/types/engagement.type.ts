// Object types of engagement reports.
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { GarmentType } from '../../domain/catalog/garment.js';
import { GarmentTypeEnum } from './enums.js';

@ObjectType('EngagementDay', {
  description: 'Recommendations and feedback of one day in UTC.',
  simpleResolvers: true,
})
export class EngagementDayObject {
  @Field(() => String, { description: 'Day as YYYY-MM-DD.' })
  day!: string;

  @Field(() => Int, { description: 'Number of recommendations.' })
  recommendations!: number;

  @Field(() => Int, { description: 'Number of VIEW events: a garment was visible on the screen.' })
  views!: number;

  @Field(() => Int, { description: 'Number of CLICK events: a shopper opened the page of a garment.' })
  clicks!: number;

  @Field(() => Int, { description: 'Number of TRY_ON events: a shopper tried a garment on.' })
  tryOns!: number;

  @Field(() => Int, { description: 'Number of CART events: a shopper put a garment into the cart.' })
  carts!: number;

  @Field(() => Int, { description: 'Number of PURCHASE events: a shopper bought a garment.' })
  purchases!: number;

  @Field(() => Int, { description: 'Number of DISMISS events: a shopper dismissed a garment.' })
  dismissals!: number;
}

@ObjectType('Proportion', {
  description: 'A proportion with its 95 % Wilson interval. All values are from 0 to 1.',
  simpleResolvers: true,
})
export class ProportionObject {
  @Field(() => Float, { description: 'Observed proportion.' })
  value!: number;

  @Field(() => Float, { description: 'Lower bound of the interval.' })
  low!: number;

  @Field(() => Float, { description: 'Upper bound of the interval.' })
  high!: number;
}

/** Counts shared by all groupings of shown garments. */
@ObjectType()
abstract class ShownEngagementObject {
  @Field(() => Int, { description: 'Number of garments shown, counted once per recommendation.' })
  shown!: number;

  @Field(() => Int, { description: 'Number of shown garments that were visible on the screen.' })
  views!: number;

  @Field(() => Int, { description: 'Number of shown garments that were clicked.' })
  clicks!: number;

  @Field(() => Int, { description: 'Number of shown garments that were tried on.' })
  tryOns!: number;

  @Field(() => Int, { description: 'Number of shown garments that were put into a cart.' })
  carts!: number;

  @Field(() => Int, { description: 'Number of shown garments that were bought.' })
  purchases!: number;

  @Field(() => Int, { description: 'Number of shown garments that were dismissed.' })
  dismissals!: number;

  @Field(() => ProportionObject, { description: 'Click rate: `clicks` divided by `shown`.' })
  clickRate!: ProportionObject;
}

@ObjectType('EngagementAtRank', {
  description:
    'Engagement with garments shown at one rank. Higher ranks get more clicks because of their position alone.',
  simpleResolvers: true,
})
export class EngagementAtRankObject extends ShownEngagementObject {
  @Field(() => Int, { description: 'Rank, starting at 1.' })
  rank!: number;
}

@ObjectType('EngagementOfType', {
  description: 'Engagement with garments of one try-on type.',
  simpleResolvers: true,
})
export class EngagementOfTypeObject extends ShownEngagementObject {
  @Field(() => GarmentTypeEnum, {
    nullable: true,
    description:
      'Present type of the garments in the catalog. Null for garments of no try-on type and for deleted garments.',
  })
  garmentType!: GarmentType | null;
}
