// Report on an import: the ranks of the golden queries before the first batch and after the last.
import { compareGolden, type GoldenRanks } from '../../domain/analytics/golden.query.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, isTemporary } from '../../errors.js';
import type { Logger } from '../../observability/logger.js';
import type { ImportRepository } from '../../store/import.repository.js';
import type { GoldenQueryHistory } from '../recommend/golden.query.history.js';

export interface ImportReportParts {
  imports: Pick<ImportRepository, 'goldenBefore' | 'succeed'>;
  history: Pick<GoldenQueryHistory, 'run'>;
  /** Runs the golden queries with the model that is active at the time of the call. */
  snapshot: (ctx: StoreContext) => Promise<GoldenRanks[]>;
  logger: Logger;
}

export class ImportReport {
  constructor(private readonly parts: ImportReportParts) {}

  /**
   * Returns the ranks before the import. Null if no golden query is pinned or the run fails, because a failed report
   * must not fail the import.
   * @throws FitroomError SERVICE_UNAVAILABLE; the job is tried again then
   */
  async before(ctx: StoreContext): Promise<GoldenRanks[] | null> {
    const ranks = await this.orNull(() => this.parts.snapshot(ctx));
    return ranks === null || ranks.length === 0 ? null : ranks;
  }

  /** Compares the ranks and ends the import. Changes by rules and other imports meanwhile are part of the result. */
  async end(ctx: StoreContext, id: string): Promise<void> {
    const { imports, history } = this.parts;
    const before = await imports.goldenBefore(ctx, id);
    if (!before) return;
    const after = await this.orNull(() => history.run(ctx, 'IMPORT'));
    await imports.succeed(ctx, id, after && compareGolden(before, after));
  }

  private async orNull<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      // a deleted store has no import to finish
      const isStoreGone = error instanceof FitroomError && error.code === 'STORE_UNKNOWN';
      if (isTemporary(error) || isStoreGone) throw error;
      this.parts.logger.warn({ err: error as Error }, 'an import continues without a report on golden queries');
      return null;
    }
  }

  /** Ends the import without a report after every attempt of the job has failed. The garments are stored. */
  async giveUp(ctx: StoreContext, id: string): Promise<void> {
    await this.parts.imports.succeed(ctx, id, null);
  }
}
