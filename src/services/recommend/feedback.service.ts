// Feedback of shoppers: recorded, aggregated into shopper profiles, and deleted on request.
import { MAX_EVENTS_PER_CALL, type FeedbackGiven } from '../../domain/recommend/feedback.js';
import type { InputProblem } from '../../domain/catalog/garment.input.js';
import { isUuid, problemOf, problemWithin } from '../../domain/shared/input.problem.js';
import { requestShopper } from '../../domain/recommend/recommend.request.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { shopperProfileOf, type ShopperProfile } from '../../domain/recommend/shopper.profile.js';
import { FitroomError } from '../../errors.js';
import type { FeedbackRepository, ShopperKeys } from '../../store/feedback.repository.js';
import type { RecommendationLog } from './recommendation.log.js';

export interface FeedbackServiceParts {
  feedback: FeedbackRepository;
  shoppers: Pick<ShopperKeys, 'hash'>;
  log: Pick<RecommendationLog, 'settled' | 'forget'>;
}

export class FeedbackService {
  constructor(private readonly parts: FeedbackServiceParts) {}

  /**
   * Records events. Counted events are durable and influence the next recommendation. An invalid event is reported in
   * `userErrors` and does not affect the others.
   * @throws FitroomError TOO_MANY_EVENTS
   */
  async record(
    ctx: StoreContext,
    events: readonly FeedbackGiven[],
  ): Promise<{ recorded: number; userErrors: InputProblem[] }> {
    if (events.length < 1 || events.length > MAX_EVENTS_PER_CALL) {
      throw new FitroomError('TOO_MANY_EVENTS', undefined, ['events']);
    }
    const ids = [...new Set(events.map(({ recommendationId }) => recommendationId).filter(isUuid))];
    await this.parts.log.settled(ids);
    const shown = await this.parts.feedback.shownIn(ctx, ids);
    const problems = events.map((event) => problemWithEvent(event, shown));
    const validEvents = events.filter((_, i) => problems[i] === null);
    const rows = await Promise.all(validEvents.map((event) => this.toRow(ctx, event)));
    if (rows.length > 0) await this.parts.feedback.record(ctx, rows, new Date());
    const userErrors = problems.flatMap((problem, i) =>
      problem ? [problemWithin('events', problemWithin(String(i), problem))] : [],
    );
    return { recorded: rows.length, userErrors };
  }

  /** Returns the profile of a shopper at a time, in the feature space of a model. Null without feedback. */
  async profile(ctx: StoreContext, shopper: string, view: { model: string; at: Date }): Promise<ShopperProfile | null> {
    return this.profileOfHash(ctx, await this.parts.shoppers.hash(ctx, shopper), view);
  }

  /** Returns the profile of a shopper by the hash that the recommendation log has. */
  async profileOfHash(
    ctx: StoreContext,
    hash: string,
    view: { model: string; at: Date },
  ): Promise<ShopperProfile | null> {
    return shopperProfileOf(await this.parts.feedback.tasteGroups(ctx, hash, view));
  }

  /**
   * Deletes the feedback of a shopper, and removes the shopper and the text from their logged requests.
   * @returns the number of affected rows
   * @throws FitroomError SHOPPER_INVALID
   */
  async forget(ctx: StoreContext, shopper: string): Promise<number> {
    const hash = await this.parts.shoppers.hash(ctx, requestShopper(shopper)!);
    await this.parts.log.forget(ctx, shopper);
    return this.parts.feedback.forget(ctx, hash);
  }

  private async toRow(ctx: StoreContext, { recommendationId, sku, kind, shopper }: FeedbackGiven) {
    return {
      recommendationId,
      sku,
      kind,
      shopper: shopper == null ? null : await this.parts.shoppers.hash(ctx, shopper),
    };
  }
}

function problemWithEvent(
  { recommendationId, sku, shopper }: FeedbackGiven,
  shown: ReadonlyMap<string, ReadonlySet<string>>,
): InputProblem | null {
  const skus = shown.get(recommendationId.toLowerCase());
  if (!skus) return problemOf(new FitroomError('RECOMMENDATION_NOT_FOUND', undefined, ['recommendationId']));
  if (!skus.has(sku)) return problemOf(new FitroomError('SKU_NOT_SHOWN', undefined, ['sku']));
  try {
    requestShopper(shopper);
    return null;
  } catch (error) {
    if (error instanceof FitroomError) return problemOf(error);
    throw error;
  }
}
