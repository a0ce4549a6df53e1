// Golden queries over time: run once a day, after imports and after switches of the model, and each run kept.
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

/** The job comes every hour, and runs what has not been run for so long. */
const DAILY_MS = 20 * 3_600_000;

export interface GoldenQueryHistoryParts {
  runs: GoldenRunRepository;
  models: Pick<StoreModels, 'serve'>;
  now?: () => Date;
}

export class GoldenQueryHistory {
  constructor(private readonly parts: GoldenQueryHistoryParts) {}

  /** Runs all of them with the model that answers now, and keeps what they found; nothing is kept where none is pinned. */
  async run(ctx: StoreContext, occasion: GoldenOccasion): Promise<GoldenRanks[]> {
    const { model, ranks } = await this.parts.models.serve(ctx, async ({ goldenQueries: golden, encoders }) => ({
      model: encoders.bundle.id,
      ranks: await golden.snapshot(ctx),
    }));
    if (ranks.length > 0) await this.parts.runs.save(ctx, { id: uuid(), at: this.now(), model, occasion, ranks });
    return ranks;
  }

  /** The same, unless any run was made within the day. */
  async runDaily(ctx: StoreContext): Promise<void> {
    const last = await this.parts.runs.last(ctx);
    if (last === null || this.now().getTime() - last.getTime() >= DAILY_MS) await this.run(ctx, 'DAILY');
  }

  /**
   * Runs of a period, the earliest first, each against the one before.
   * @throws FitroomError PERIOD_INVALID
   */
  async list(ctx: StoreContext, given: { from?: Date | null; to?: Date | null }): Promise<GoldenRunReport[]> {
    const period = periodOf(given, this.now());
    return goldenReports(await this.parts.runs.list(ctx, period)).filter(({ at }) => at >= period.from);
  }

  private now(): Date {
    return this.parts.now?.() ?? new Date();
  }
}
