// Object types of feedback.
import { Field, Int, ObjectType } from 'type-graphql';
import type { FeedbackKind } from '../../domain/recommend/feedback.js';
import { DateTimeScalar } from '../server/scalars.js';
import { FeedbackKindEnum } from './enums.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('RecordFeedbackPayload', { description: 'Result of recording feedback.', simpleResolvers: true })
export class RecordFeedbackPayloadObject {
  @Field(() => Int, {
    description: 'Number of events that are stored durably. A repeated event is counted here again but stored once.',
  })
  recorded!: number;

  @Field(() => [UserErrorObject], { description: 'Events that were not recorded, each with its index and reason.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('ForgetShopperPayload', { description: 'Result of forgetting a shopper.', simpleResolvers: true })
export class ForgetShopperPayloadObject {
  @Field(() => Int, {
    description:
      'Number of deleted events plus the number of recommendations that were detached from the shopper and ' +
      'lost their text.',
  })
  forgotten!: number;
}

@ObjectType('FeedbackEvent', { description: 'One action of a shopper on a garment.', simpleResolvers: true })
export class FeedbackEventObject {
  @Field(() => String, { description: 'SKU of the garment.' })
  sku!: string;

  @Field(() => FeedbackKindEnum, { description: 'Action of the shopper.' })
  kind!: FeedbackKind;

  @Field(() => DateTimeScalar, { description: 'Time when the event was recorded.' })
  at!: Date;
}
