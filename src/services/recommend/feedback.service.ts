// What shoppers do with answers: recorded, turned into a taste, and forgotten where they wish it.
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
   * Records what shoppers did; what is counted is durable, and shapes the next answer. What is wrong with an event is data.
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
    const good = events.filter((_, i) => problems[i] === null);
    const kept = await Promise.all(good.map((event) => this.withHash(ctx, event)));
    if (kept.length > 0) await this.parts.feedback.record(ctx, kept, new Date());
    const userErrors = problems.flatMap((problem, i) =>
      problem ? [problemWithin('events', problemWithin(String(i), problem))] : [],
    );
    return { recorded: kept.length, userErrors };
  }

  /** What a shopper liked at a time, over what a model makes of garments; null where nothing was known of it. */
  async profile(ctx: StoreContext, shopper: string, seen: { model: string; at: Date }): Promise<ShopperProfile | null> {
    return this.profileOfHash(ctx, await this.parts.shoppers.hash(ctx, shopper), seen);
  }

  /** The same of a shopper as answers keep them. */
  async profileOfHash(
    ctx: StoreContext,
    hash: string,
    seen: { model: string; at: Date },
  ): Promise<ShopperProfile | null> {
    return shopperProfileOf(await this.parts.feedback.tasteGroups(ctx, hash, seen));
  }

  /**
   * Drops what a shopper did, and parts their requests from them, words included.
   * @returns how many rows were about them
   * @throws FitroomError SHOPPER_INVALID
   */
  async forget(ctx: StoreContext, shopper: string): Promise<number> {
    const hash = await this.parts.shoppers.hash(ctx, requestShopper(shopper)!);
    await this.parts.log.forget(ctx, shopper);
    return this.parts.feedback.forget(ctx, hash);
  }

  private async withHash(ctx: StoreContext, { recommendationId, sku, kind, shopper }: FeedbackGiven) {
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
