// What storefronts tell of their shoppers.
import { Field, ID, InputType } from 'type-graphql';
import type { FeedbackKind } from '../../domain/recommend/feedback.js';
import { FeedbackKindEnum } from '../types/enums.js';

@InputType('FeedbackInput', { description: 'One thing that a shopper did with one garment of an answer.' })
export class FeedbackInput {
  @Field(() => ID, { description: 'The answer: `recommendOutfit { id }`.' })
  recommendationId!: string;

  @Field(() => String, { description: 'A garment that the answer showed.' })
  sku!: string;

  @Field(() => FeedbackKindEnum, { description: 'What they did with it.' })
  kind!: FeedbackKind;

  @Field(() => ID, {
    nullable: true,
    description:
      'Who did: the id that the storefront gives a shopper. Absent: whoever asked, as far as the request said.',
  })
  shopper?: string | null;
}
