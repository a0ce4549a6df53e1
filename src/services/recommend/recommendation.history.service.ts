// Answers as analysts find them again: by id and by time, with what was shown and what came of it.
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
  /** How long answers and what came of them are kept. */
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

  /** Null where none is kept under this id. */
  async find(ctx: StoreContext, id: string): Promise<LoggedRecommendation | null> {
    if (!isUuid(id)) return null;
    await this.parts.log.settled([id.toLowerCase()]);
    return this.parts.recommendations.find(ctx, id);
  }

  /**
   * The newest first, `to` not included.
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

  /** What was shown, as far as it is still in the catalog, in its order. */
  async shown(ctx: StoreContext, answer: LoggedRecommendation): Promise<ReplayedGarment[]> {
    const ids = answer.shown.map(({ garmentId }) => garmentId);
    const byId = new Map((await this.parts.garments.findByIds(ctx, ids)).map((garment) => [garment.id, garment]));
    return answer.shown.flatMap((row) => {
      const garment = byId.get(row.garmentId);
      return garment ? [{ ...row, garment }] : [];
    });
  }

  /** Drops what is older than answers are kept, until nothing is left of it or the signal says to stop. */
  async expire(ctx: StoreContext, signal: AbortSignal): Promise<void> {
    for (let dropped = 1; dropped > 0 && !signal.aborted;)
      dropped = await this.parts.recommendations.dropOlderThan(ctx, this.parts.keptForDays);
  }

  /** What came of each answer, in the order of the ids. */
  async feedback(ctx: StoreContext, ids: readonly string[]): Promise<FeedbackEvent[][]> {
    const byAnswer = await this.parts.feedback.ofAnswers(ctx, ids);
    return ids.map((id) => byAnswer.get(id) ?? []);
  }
}
