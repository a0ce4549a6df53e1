// Storage of import batches. Each batch counts once, even if its job runs twice.
import type { ImportError } from '../../domain/catalog/catalog.import.js';
import type { GarmentInput, InputProblem } from '../../domain/catalog/garment.input.js';
import type { Job } from '../../domain/jobs/job.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, isTemporary } from '../../errors.js';
import type { BatchOutcome, ImportStagingRepository, WaitingRow } from '../../store/import.staging.repository.js';
import type { FoundError } from '../../store/import.repository.js';
import type { JobQueue } from '../../store/database/job.queue.js';
import type { UpsertResult, UpsertService } from './upsert.service.js';

/** Returns true for errors that no row causes: the database is unavailable, or the store is deleted. */
function isUnrelatedToRows(error: unknown): boolean {
  return isTemporary(error) || (error instanceof FitroomError && error.code === 'STORE_UNKNOWN');
}

export interface ImportBatchesParts {
  file: ImportStagingRepository;
  upserts: Pick<UpsertService, 'upsert'>;
  queue: Pick<JobQueue, 'send'>;
  /** Receives the error when the server itself failed at a row. */
  onRowFailure(error: unknown): void;
}

export class ImportBatches {
  constructor(private readonly parts: ImportBatchesParts) {}

  /**
   * Stores the rows of a batch and adds its result to the import.
   * @throws FitroomError SERVICE_UNAVAILABLE, SERVER_BUSY, STORE_UNKNOWN; nothing is counted then
   */
  async store(ctx: StoreContext, id: string, batch: number): Promise<void> {
    const { file } = this.parts;
    const { dryRun, rows } = await file.waitingRows(ctx, id, batch);
    if (rows.length === 0) return file.dropRows(ctx, id, batch);
    await this.settle(ctx, { id, batch }, await this.upsert(ctx, rows, dryRun));
  }

  /** Counts all rows of a batch as failed after every attempt of its job has failed. */
  async giveUp(ctx: StoreContext, id: string, batch: number): Promise<void> {
    const { file } = this.parts;
    const { rows } = await file.waitingRows(ctx, id, batch);
    if (rows.length > 0) await this.settle(ctx, { id, batch }, failed(rows));
  }

  private settle(ctx: StoreContext, batch: { id: string; batch: number }, outcome: BatchOutcome): Promise<void> {
    const job: Job = { task: 'import-compare', storeId: ctx.storeId, data: { id: batch.id } };
    return this.parts.file.settle(ctx, batch, outcome, (query) => this.parts.queue.send([job], query));
  }

  /** Stores rows. If the server fails at them, tries each half alone, down to the row that it cannot store. */
  private async upsert(ctx: StoreContext, rows: WaitingRow[], dryRun: boolean): Promise<BatchOutcome> {
    try {
      return outcomeOf(rows, await this.parts.upserts.upsert(ctx, rows.map(inputOf), { dryRun }));
    } catch (error) {
      if (isUnrelatedToRows(error)) throw error;
      if (rows.length > 1) {
        const middle = Math.ceil(rows.length / 2);
        const first = await this.upsert(ctx, rows.slice(0, middle), dryRun);
        return sumOf(first, await this.upsert(ctx, rows.slice(middle), dryRun));
      }
      this.parts.onRowFailure(error);
      return failed(rows);
    }
  }
}

function inputOf({ input, picture }: WaitingRow): GarmentInput {
  return picture ? { ...input, image: { kind: 'bytes', bytes: picture } } : input;
}

function outcomeOf(rows: WaitingRow[], { created, updated, userErrors, warnings }: UpsertResult): BatchOutcome {
  const errors = userErrors.map((problem) => ({ ...rowErrorOf(rows, problem), isWarning: false }));
  const rowWarnings = warnings.map((problem) => ({ ...rowErrorOf(rows, problem), isWarning: true }));
  return {
    created,
    updated,
    failed: new Set(userErrors.map(({ field }) => field[1])).size,
    warnings: rowWarnings.length,
    errors: [...errors, ...rowWarnings],
  };
}

/** Returns a problem as an error of its row: the field ['garments', '3', 'image', 'url'] is in the fourth row. */
function rowErrorOf(rows: WaitingRow[], { field, code, message }: InputProblem): ImportError {
  const { row, input } = rows[Number(field[1])]!;
  const path = field.slice(2).join('.');
  return { row, sku: input.sku, code, message: path ? `${path}: ${message}` : message };
}

function failed(rows: WaitingRow[]): BatchOutcome {
  const message = 'The server failed to store this row. See the server log for the cause.';
  const errors = rows.map(({ row, input }): FoundError => ({
    row,
    sku: input.sku,
    code: 'INTERNAL_SERVER_ERROR',
    message,
    isWarning: false,
  }));
  return { created: 0, updated: 0, failed: rows.length, warnings: 0, errors };
}

function sumOf(first: BatchOutcome, second: BatchOutcome): BatchOutcome {
  return {
    created: first.created + second.created,
    updated: first.updated + second.updated,
    failed: first.failed + second.failed,
    warnings: first.warnings + second.warnings,
    errors: [...first.errors, ...second.errors],
  };
}
