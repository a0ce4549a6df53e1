// What an import did to the store's golden queries: where their garments stood before its first batch, and what had changed
// when its last one was stored. Knows neither file nor rows.
import { compareGolden, type GoldenRanks } from '../../domain/analytics/golden.query.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, isTemporary } from '../../errors.js';
import type { Logger } from '../../observability/logger.js';
import type { ImportRepository } from '../../store/import.repository.js';
import type { GoldenQueryHistory } from '../recommend/golden.query.history.js';

export interface ImportReportParts {
  imports: Pick<ImportRepository, 'goldenBefore' | 'succeed'>;
  history: Pick<GoldenQueryHistory, 'run'>;
  /** Of the model that answers for the store by then. */
  snapshot: (ctx: StoreContext) => Promise<GoldenRanks[]>;
  logger: Logger;
}

export class ImportReport {
  constructor(private readonly parts: ImportReportParts) {}

  /**
   * Null where none is pinned, or the server fails at them: a report is not worth a catalog.
   * @throws FitroomError SERVICE_UNAVAILABLE: the job is tried again
   */
  async before(ctx: StoreContext): Promise<GoldenRanks[] | null> {
    const ranks = await this.orNull(() => this.parts.snapshot(ctx));
    return ranks === null || ranks.length === 0 ? null : ranks;
  }

  /** Compares, and ends the import. Whatever else happened meanwhile, a rule or another import, is in what it finds. */
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
      // a store that was deleted meanwhile has no import to finish
      const isStoreGone = error instanceof FitroomError && error.code === 'STORE_UNKNOWN';
      if (isTemporary(error) || isStoreGone) throw error;
      this.parts.logger.warn({ err: error as Error }, 'an import goes on without a report on golden queries');
      return null;
    }
  }

  /** No holder of the job could compare: the garments are stored all the same. */
  async giveUp(ctx: StoreContext, id: string): Promise<void> {
    await this.parts.imports.succeed(ctx, id, null);
  }
}
