// What an import did to the store's golden queries: where their garments stood before its first batch, and what had changed
// when its last one was stored. Knows neither file nor rows.
import { compareGolden, type GoldenRanks } from '../domain/golden.js';
import type { StoreContext } from '../domain/store.context.js';
import { isTemporary } from '../errors.js';
import type { Logger } from '../logger.js';
import type { ImportRepository } from '../store/import.repository.js';
import type { GoldenHistory } from './golden.history.js';

export interface ImportReportParts {
  imports: Pick<ImportRepository, 'goldenBefore' | 'succeed'>;
  history: Pick<GoldenHistory, 'run'>;
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
    try {
      const ranks = await this.parts.snapshot(ctx);
      return ranks.length === 0 ? null : ranks;
    } catch (error) {
      if (isTemporary(error)) throw error;
      this.parts.logger.warn({ err: error as Error }, 'an import goes on without a report on golden queries');
      return null;
    }
  }

  /** Compares, and ends the import. Whatever else happened meanwhile, a rule or another import, is in what it finds. */
  async end(ctx: StoreContext, id: string): Promise<void> {
    const { imports, history } = this.parts;
    const before = await imports.goldenBefore(ctx, id);
    if (before) await imports.succeed(ctx, id, compareGolden(before, await history.run(ctx, 'IMPORT')));
  }

  /** No holder of the job could compare: the garments are stored all the same. */
  async giveUp(ctx: StoreContext, id: string): Promise<void> {
    await this.parts.imports.succeed(ctx, id, null);
  }
}
