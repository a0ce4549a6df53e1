// Input type of shopper feedback.
import { Field, ID, InputType } from 'type-graphql';
import type { FeedbackKind } from '../../domain/recommend/feedback.js';
import { FeedbackKindEnum } from '../types/enums.js';

@InputType('FeedbackInput', { description: 'One action of a shopper on one garment of a recommendation.' })
export class FeedbackInput {
  @Field(() => ID, { description: 'ID of the recommendation, from `recommendOutfit { id }`.' })
  recommendationId!: string;

  @Field(() => String, { description: 'SKU of a garment that the recommendation showed.' })
  sku!: string;

  @Field(() => FeedbackKindEnum, { description: 'Action of the shopper.' })
  kind!: FeedbackKind;

  @Field(() => ID, {
    nullable: true,
    description:
      'ID that the storefront gives the shopper who acted. If absent, the shopper of the request, if it named one.',
  })
  shopper?: string | null;
}
