// Stores one batch of an import through the one write path, and counts it once, however often its job comes.
import type { ImportError } from '../../domain/catalog/catalog.import.js';
import type { GarmentInput, InputProblem } from '../../domain/catalog/garment.input.js';
import type { Job } from '../../domain/jobs/job.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, isTemporary } from '../../errors.js';
import type { BatchOutcome, ImportStagingRepository, WaitingRow } from '../../store/import.staging.repository.js';
import type { FoundError } from '../../store/import.repository.js';
import type { JobQueue } from '../../store/database/job.queue.js';
import type { UpsertResult, UpsertService } from './upsert.service.js';

/** The database is away or busy, or the store has been deleted. */
function isNoRowsFault(error: unknown): boolean {
  return isTemporary(error) || (error instanceof FitroomError && error.code === 'STORE_UNKNOWN');
}

export interface ImportBatchesParts {
  file: ImportStagingRepository;
  upserts: Pick<UpsertService, 'upsert'>;
  queue: Pick<JobQueue, 'send'>;
  /** Told of a row that the server itself failed at. */
  onRowFailure(error: unknown): void;
}

export class ImportBatches {
  constructor(private readonly parts: ImportBatchesParts) {}

  /** @throws FitroomError SERVICE_UNAVAILABLE, SERVER_BUSY: nothing is counted, and the job is tried again; STORE_UNKNOWN */
  async store(ctx: StoreContext, id: string, batch: number): Promise<void> {
    const { file } = this.parts;
    const { dryRun, rows } = await file.waitingRows(ctx, id, batch);
    if (rows.length === 0) return file.dropRows(ctx, id, batch);
    await this.settle(ctx, { id, batch }, await this.upsert(ctx, rows, dryRun));
  }

  /** No holder of the job could store the batch: all of its rows failed. */
  async giveUp(ctx: StoreContext, id: string, batch: number): Promise<void> {
    const { file } = this.parts;
    const { rows } = await file.waitingRows(ctx, id, batch);
    if (rows.length > 0) await this.settle(ctx, { id, batch }, failed(rows));
  }

  private settle(ctx: StoreContext, at: { id: string; batch: number }, outcome: BatchOutcome): Promise<void> {
    const job: Job = { task: 'import-compare', storeId: ctx.storeId, data: { id: at.id } };
    return this.parts.file.settle(ctx, at, outcome, (query) => this.parts.queue.send([job], query));
  }

  /** Where the server fails at a batch, each half is tried by itself, down to the one row that it cannot take. */
  private async upsert(ctx: StoreContext, rows: WaitingRow[], dryRun: boolean): Promise<BatchOutcome> {
    try {
      return outcomeOf(rows, await this.parts.upserts.upsert(ctx, rows.map(inputOf), { dryRun }));
    } catch (error) {
      if (isNoRowsFault(error)) throw error;
      if (rows.length > 1) {
        const middle = Math.ceil(rows.length / 2);
        const first = await this.upsert(ctx, rows.slice(0, middle), dryRun);
        return together(first, await this.upsert(ctx, rows.slice(middle), dryRun));
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
  const errors = userErrors.map((problem) => ({ ...ofRow(rows, problem), isWarning: false }));
  const warned = warnings.map((problem) => ({ ...ofRow(rows, problem), isWarning: true }));
  return {
    created,
    updated,
    failed: new Set(userErrors.map(({ field }) => field[1])).size,
    warnings: warned.length,
    errors: [...errors, ...warned],
  };
}

/** ['garments', '3', 'image', 'url'] → the batch's fourth row. */
function ofRow(rows: WaitingRow[], { field, code, message }: InputProblem): ImportError {
  const { row, input } = rows[Number(field[1])]!;
  const where = field.slice(2).join('.');
  return { row, sku: input.sku, code, message: where ? `${where}: ${message}` : message };
}

function failed(rows: WaitingRow[]): BatchOutcome {
  const message = 'The server failed at this row. Its log says why.';
  const errors = rows.map(({ row, input }): FoundError => ({
    row,
    sku: input.sku,
    code: 'INTERNAL_SERVER_ERROR',
    message,
    isWarning: false,
  }));
  return { created: 0, updated: 0, failed: rows.length, warnings: 0, errors };
}

function together(one: BatchOutcome, other: BatchOutcome): BatchOutcome {
  return {
    created: one.created + other.created,
    updated: one.updated + other.updated,
    failed: one.failed + other.failed,
    warnings: one.warnings + other.warnings,
    errors: [...one.errors, ...other.errors],
  };
}
