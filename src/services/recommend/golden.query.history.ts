// History of golden queries: runs once a day, after imports and after model switches.
import { v7 as uuid } from 'uuid';
import {
  type GoldenRanks,
  goldenReports,
  type GoldenOccasion,
  type GoldenRunReport,
} from '../../domain/analytics/golden.query.js';
import { periodOf } from '../../domain/analytics/period.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { GoldenRunRepository } from '../../store/golden.repository.js';
import type { StoreModels } from '../models/store.models.js';

/** Minimum time between two daily runs. The job comes every hour. */
const DAILY_MS = 20 * 3_600_000;

export interface GoldenQueryHistoryParts {
  runs: GoldenRunRepository;
  models: Pick<StoreModels, 'serve'>;
  now?: () => Date;
}

export class GoldenQueryHistory {
  constructor(private readonly parts: GoldenQueryHistoryParts) {}

  /** Runs all golden queries with the active model and stores their ranks. Stores nothing if none is pinned. */
  async run(ctx: StoreContext, occasion: GoldenOccasion): Promise<GoldenRanks[]> {
    const { model, ranks } = await this.parts.models.serve(ctx, async ({ goldenQueries, encoders }) => ({
      model: encoders.bundle.id,
      ranks: await goldenQueries.snapshot(ctx),
    }));
    if (ranks.length > 0) await this.parts.runs.save(ctx, { id: uuid(), at: this.now(), model, occasion, ranks });
    return ranks;
  }

  /** Runs all golden queries unless the last run was within the last 24 hours. */
  async runDaily(ctx: StoreContext): Promise<void> {
    const last = await this.parts.runs.last(ctx);
    if (last === null || this.now().getTime() - last.getTime() >= DAILY_MS) await this.run(ctx, 'DAILY');
  }

  /**
   * Returns the runs of a period, earliest first, each compared with the previous run.
   * @throws FitroomError PERIOD_INVALID
   */
  async list(ctx: StoreContext, dates: { from?: Date | null; to?: Date | null }): Promise<GoldenRunReport[]> {
    const period = periodOf(dates, this.now());
    return goldenReports(await this.parts.runs.list(ctx, period)).filter(({ at }) => at >= period.from);
  }

  private now(): Date {
    return this.parts.now?.() ?? new Date();
  }
}
