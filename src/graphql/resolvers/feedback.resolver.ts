// What shoppers did with answers, and their right to be forgotten.
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { GraphQLContext } from '../server/context.js';
import { feedbackCost } from '../cost.js';
import { FeedbackInput } from '../inputs/feedback.input.js';
import { Needs } from '../server/permissions.js';
import { ForgetShopperPayloadObject, RecordFeedbackPayloadObject } from '../types/feedback.type.js';

@Resolver()
export class FeedbackResolver {
  @Needs('feedback:record')
  @Mutation(() => RecordFeedbackPayloadObject, {
    complexity: feedbackCost,
    description:
      'What shoppers did with an answer. A shopper’s next answer is shaped by it at once. At most 100 events; a wrong one is reported by its index and harms no other.',
  })
  async recordFeedback(
    @Arg('events', () => [FeedbackInput], { description: 'What was done.' }) events: FeedbackInput[],
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<RecordFeedbackPayloadObject> {
    return services.feedback.record(store, events);
  }

  @Needs('feedback:record')
  @Mutation(() => ForgetShopperPayloadObject, {
    description:
      'Drops what a shopper did, and parts what they asked from them: their answers stay countable, without their words.',
  })
  async forgetShopper(
    @Arg('shopper', () => ID, { description: 'The id that the storefront gives them.' }) shopper: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<ForgetShopperPayloadObject> {
    return { forgotten: await services.feedback.forget(store, shopper) };
  }
}
