// Learned ranking weights of a store: learn from the recommendation log, switch on, switch off.
import { setImmediate as yieldToRequests } from 'node:timers/promises';
import { learnRanking } from '../../domain/learning/learn.ranking.js';
import { LEARNED_DEPTH, type LoggedAnswer } from '../../domain/learning/logged.answer.js';
import type { LearnedWeights } from '../../domain/learning/learned.weights.js';
import type { InputProblem } from '../../domain/catalog/garment.input.js';
import { problemAt } from '../../domain/shared/input.problem.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { boundedCache } from '../../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { heapBytes } from '../../memory/heap.size.js';
import type { LearnedRanking, LearningRepository } from '../../store/learning.repository.js';

/** Shown garments that learning uses, latest first. 4,000 recommendations of 10 take about a second of one core. */
const MAX_ROWS = 40_000;
const PAGE_SIZE = 200;
/**
 * Maximum delay until a switch in another process takes effect. Without a cache every request would need a statement.
 */
const CACHED_FOR_MS = 5_000;
/** Minimum time between two runs of the daily job. The feedback of less than a day changes too little. */
const DAILY_MS = 20 * 3_600_000;

export class RankLearningService {
  /** Weights in use, by store and model. */
  private readonly cache = boundedCache<{ weights: LearnedWeights | null }>(MEMORY_BOUNDS.learnedWeights, {
    sizeOf: heapBytes,
    ttlMs: CACHED_FOR_MS,
  });

  constructor(private readonly learned: LearningRepository) {}

  /** Returns the weights in use for a store and a model. Null for none. */
  async inUse(ctx: StoreContext, model: string): Promise<LearnedWeights | null> {
    const key = `${ctx.storeId} ${model}`;
    const cached = this.cache.get(key);
    if (cached) return cached.weights;
    const weights = await this.learned.inUse(ctx, model);
    this.cache.set(key, { weights });
    return weights;
  }

  /** Returns all learned weights, newest first. */
  list(ctx: StoreContext): Promise<LearnedRanking[]> {
    return this.learned.list(ctx);
  }

  /**
   * Learns weights from the log of a model. The weights are activated if they do better than the current ones on
   * held-out recommendations.
   * @returns null if the log has too few choices
   */
  async learn(ctx: StoreContext, model: string): Promise<LearnedRanking | null> {
    const recommendations = await this.readLog(ctx, model);
    const current = await this.learned.inUse(ctx, model);
    const steps = learnRanking(recommendations, current?.weights);
    let step = steps.next();
    while (!step.done) {
      // this thread also serves requests
      await yieldToRequests();
      step = steps.next();
    }
    if (step.value === null) return null;
    const { weights, report, isBetter } = step.value;
    const saved = await this.learned.save(ctx, { model, trainedAt: new Date(), weights, report, inUse: isBetter });
    this.cache.clear();
    return saved;
  }

  /** Learns unless the last run was within the day. */
  async learnDaily(ctx: StoreContext, model: string): Promise<void> {
    const last = (await this.learned.list(ctx)).find((ranking) => ranking.model === model);
    if (last && Date.now() - last.trainedAt.getTime() < DAILY_MS) return;
    await this.learn(ctx, model);
  }

  /** Activates a version from the next request on. @param version null to turn learned weights off */
  async use(
    ctx: StoreContext,
    model: string,
    version: number | null,
  ): Promise<{ used: boolean; userErrors: InputProblem[] }> {
    const exists =
      version === null || (await this.learned.list(ctx)).some((ranking) => isVersion(ranking, model, version));
    const used = exists && (await this.learned.use(ctx, model, version));
    this.cache.clear();
    return { used, userErrors: used ? [] : [problemAt('version', 'LEARNED_RANKING_NOT_FOUND')] };
  }

  /** Returns the latest logged recommendations, oldest first. */
  private async readLog(ctx: StoreContext, model: string): Promise<LoggedAnswer[]> {
    const recommendations: (LoggedAnswer & { id: string })[] = [];
    for (let rows = 0; rows < MAX_ROWS;) {
      const page = await this.learned.answers(ctx, model, { before: recommendations.at(-1) ?? null, limit: PAGE_SIZE });
      recommendations.push(...page);
      // a logged recommendation has at least one row, so the loop ends
      rows += page.reduce((sum, recommendation) => sum + Math.min(LEARNED_DEPTH, recommendation.rows.length), 0);
      if (page.length < PAGE_SIZE) break;
    }
    return recommendations.reverse();
  }
}

function isVersion(ranking: LearnedRanking, model: string, version: number): boolean {
  return ranking.model === model && ranking.version === version;
}
