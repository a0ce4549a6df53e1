// Resolvers for shopper feedback and its deletion.
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
      'Records up to 100 actions of shoppers on recommendations; the next recommendation for the shopper ' +
      'already uses them. An invalid event is reported by its index and does not affect the others.',
  })
  async recordFeedback(
    @Arg('events', () => [FeedbackInput], { description: 'Events to record, 1 to 100.' }) events: FeedbackInput[],
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<RecordFeedbackPayloadObject> {
    return services.feedback.record(store, events);
  }

  @Needs('feedback:record')
  @Mutation(() => ForgetShopperPayloadObject, {
    description:
      'Deletes the feedback of a shopper and detaches their recommendations from them. Reports still count ' +
      'these recommendations, but their text is deleted.',
  })
  async forgetShopper(
    @Arg('shopper', () => ID, { description: 'ID that the storefront gives the shopper.' }) shopper: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<ForgetShopperPayloadObject> {
    return { forgotten: await services.feedback.forget(store, shopper) };
  }
}
