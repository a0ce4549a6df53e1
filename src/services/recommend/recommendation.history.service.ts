// Logged recommendations for analysts: by id and by time, with shown garments and feedback.
import type {
  RecommendationPage,
  LoggedRecommendation,
  ReplayedGarment,
} from '../../domain/recommend/recommendation.log.js';
import { decodeLogCursor, logCursor, requirePageSize } from '../../domain/shared/page.js';
import type { FeedbackEvent } from '../../domain/recommend/feedback.js';
import { isUuid } from '../../domain/shared/input.problem.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { RecommendationRepository } from '../../store/recommendation.repository.js';
import type { FeedbackRepository } from '../../store/feedback.repository.js';
import type { GarmentRepository } from '../../store/garment.repository.js';
import type { RecommendationLog } from './recommendation.log.js';

export interface RecommendationHistoryServiceParts {
  recommendations: RecommendationRepository;
  feedback: FeedbackRepository;
  garments: Pick<GarmentRepository, 'findByIds'>;
  log: Pick<RecommendationLog, 'settled'>;
  /** Days after which recommendations and their feedback are deleted. */
  keptForDays: number;
}

export interface RecommendationHistoryQuery {
  from?: Date | null;
  to?: Date | null;
  first: number;
  after?: string | null;
}

export class RecommendationHistoryService {
  constructor(private readonly parts: RecommendationHistoryServiceParts) {}

  /** Returns a logged recommendation. Null for an unknown or deleted one. */
  async find(ctx: StoreContext, id: string): Promise<LoggedRecommendation | null> {
    if (!isUuid(id)) return null;
    await this.parts.log.settled([id.toLowerCase()]);
    return this.parts.recommendations.find(ctx, id);
  }

  /**
   * Returns the recommendations of a period, newest first. `to` is exclusive.
   * @throws FitroomError PAGE_SIZE_INVALID, CURSOR_INVALID
   */
  async list(
    ctx: StoreContext,
    { from, to, first, after }: RecommendationHistoryQuery,
  ): Promise<RecommendationPage & { cursors: string[] }> {
    const search = {
      from: from ?? null,
      to: to ?? null,
      first: requirePageSize(first),
      after: after == null ? null : decodeLogCursor(after),
    };
    const page = await this.parts.recommendations.list(ctx, search);
    return { ...page, cursors: page.recommendations.map(logCursor) };
  }

  /** Returns the shown garments in their order. Deleted garments are absent. */
  async shown(ctx: StoreContext, recommendation: LoggedRecommendation): Promise<ReplayedGarment[]> {
    const ids = recommendation.shown.map(({ garmentId }) => garmentId);
    const byId = new Map((await this.parts.garments.findByIds(ctx, ids)).map((garment) => [garment.id, garment]));
    return recommendation.shown.flatMap((row) => {
      const garment = byId.get(row.garmentId);
      return garment ? [{ ...row, garment }] : [];
    });
  }

  /** Deletes expired recommendations in batches, until none is left or the signal aborts. */
  async expire(ctx: StoreContext, signal: AbortSignal): Promise<void> {
    for (let deleted = 1; deleted > 0 && !signal.aborted;)
      deleted = await this.parts.recommendations.dropOlderThan(ctx, this.parts.keptForDays);
  }

  /** Returns the feedback of each recommendation, in the order of the ids. */
  async feedback(ctx: StoreContext, ids: readonly string[]): Promise<FeedbackEvent[][]> {
    const byRecommendation = await this.parts.feedback.ofAnswers(ctx, ids);
    return ids.map((id) => byRecommendation.get(id) ?? []);
  }
}
