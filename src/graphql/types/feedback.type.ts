// What became of feedback, and feedback as it is read again.
import { Field, Int, ObjectType } from 'type-graphql';
import type { FeedbackKind } from '../../domain/recommend/feedback.js';
import { DateTimeScalar } from '../server/scalars.js';
import { FeedbackKindEnum } from './enums.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('RecordFeedbackPayload', { description: 'What became of feedback.', simpleResolvers: true })
export class RecordFeedbackPayloadObject {
  @Field(() => Int, {
    description: 'Events that are stored and durable. One that is told again is counted again and stored once.',
  })
  recorded!: number;

  @Field(() => [UserErrorObject], { description: 'What was not recorded, by its index, and why.' })
  userErrors!: UserErrorObject[];
}

@ObjectType('ForgetShopperPayload', { description: 'What was known of a shopper.', simpleResolvers: true })
export class ForgetShopperPayloadObject {
  @Field(() => Int, {
    description: 'Events that were dropped and requests that were parted from them, their words dropped too.',
  })
  forgotten!: number;
}

@ObjectType('FeedbackEvent', { description: 'One thing that somebody did with a garment.', simpleResolvers: true })
export class FeedbackEventObject {
  @Field(() => String, { description: 'The garment.' })
  sku!: string;

  @Field(() => FeedbackKindEnum, { description: 'What was done with it.' })
  kind!: FeedbackKind;

  @Field(() => DateTimeScalar, { description: 'When it was told.' })
  at!: Date;
}
