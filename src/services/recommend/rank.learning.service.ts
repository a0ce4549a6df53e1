// Weights of the ranking that a store's answers teach: learned, switched on where they do better, switched off and back.
import { setImmediate as others } from 'node:timers/promises';
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

/** The latest answers that are learned from: 4,000 of 10 garments take some second of one core, in steps. */
const MOST_ROWS = 40_000;
const PAGE = 200;
/** What another process switches on or off is felt here so much later; read for every request it would be a statement of each. */
const KNOWN_FOR_MS = 5_000;
/** The scheduled job learns once a day: what a day adds is the least that could change anything. */
const EVERY_MS = 20 * 3_600_000;

export class RankLearningService {
  /** By store and model. */
  private readonly known = boundedCache<{ weights: LearnedWeights | null }>(MEMORY_BOUNDS.learnedWeights, {
    sizeOf: heapBytes,
    ttlMs: KNOWN_FOR_MS,
  });

  constructor(private readonly learned: LearningRepository) {}

  /** The weights that a store's answers are ranked with under a model. */
  async inUse(ctx: StoreContext, model: string): Promise<LearnedWeights | null> {
    const key = `${ctx.storeId} ${model}`;
    const known = this.known.get(key);
    if (known) return known.weights;
    const weights = await this.learned.inUse(ctx, model);
    this.known.set(key, { weights });
    return weights;
  }

  /** What was learned, the newest first. */
  list(ctx: StoreContext): Promise<LearnedRanking[]> {
    return this.learned.list(ctx);
  }

  /**
   * Learns from the log of a model, and switches on what does better than the present on answers that it has not seen.
   * @returns null where the log has too few choices
   */
  async learn(ctx: StoreContext, model: string): Promise<LearnedRanking | null> {
    const answers = await this.log(ctx, model);
    const present = await this.learned.inUse(ctx, model);
    const steps = learnRanking(answers, present?.weights);
    let step = steps.next();
    while (!step.done) {
      // requests are answered on this thread, too
      await others();
      step = steps.next();
    }
    if (step.value === null) return null;
    const { weights, report, isBetter } = step.value;
    const saved = await this.learned.save(ctx, { model, trainedAt: new Date(), weights, report, inUse: isBetter });
    this.known.clear();
    return saved;
  }

  /** The same, unless it was done within the day. */
  async learnDaily(ctx: StoreContext, model: string): Promise<void> {
    const last = (await this.learned.list(ctx)).find((one) => one.model === model);
    if (last && Date.now() - last.trainedAt.getTime() < EVERY_MS) return;
    await this.learn(ctx, model);
  }

  /** Ranks with a version from the next request on; null: with none. */
  async use(
    ctx: StoreContext,
    model: string,
    version: number | null,
  ): Promise<{ used: boolean; userErrors: InputProblem[] }> {
    const known = version === null || (await this.learned.list(ctx)).some((one) => isOf(one, model, version));
    const used = known && (await this.learned.use(ctx, model, version));
    this.known.clear();
    return { used, userErrors: used ? [] : [problemAt('version', 'LEARNED_RANKING_NOT_FOUND')] };
  }

  /** In the order of time. */
  private async log(ctx: StoreContext, model: string): Promise<LoggedAnswer[]> {
    const answers: (LoggedAnswer & { id: string })[] = [];
    for (let rows = 0; rows < MOST_ROWS;) {
      const page = await this.learned.answers(ctx, model, { before: answers.at(-1) ?? null, limit: PAGE });
      answers.push(...page);
      // an answer has a row at least, so this ends
      rows += page.reduce((sum, one) => sum + Math.min(LEARNED_DEPTH, one.rows.length), 0);
      if (page.length < PAGE) break;
    }
    return answers.reverse();
  }
}

function isOf(one: LearnedRanking, model: string, version: number): boolean {
  return one.model === model && one.version === version;
}
