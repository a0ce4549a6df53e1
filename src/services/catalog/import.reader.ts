// Reader of an import's file: rows in batches, errors per row, and one job for each batch.
import type { ImportError } from '../../domain/catalog/catalog.import.js';
import { unstorableProblem } from '../../domain/catalog/garment.input.js';
import type { Job } from '../../domain/jobs/job.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { ERROR_CODES, FitroomError } from '../../errors.js';
import { openFeed, type Feed } from '../../feeds/catalog.feed.js';
import { fetchFeed, type FetchFeedOptions } from '../../feeds/feed.fetch.js';
import { isFailure, type FeedGarment, type FeedItem } from '../../feeds/feed.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { heapBytes } from '../../memory/heap.size.js';
import type { ImportStagingRepository, WaitingRow } from '../../store/import.staging.repository.js';
import type { ImportRepository } from '../../store/import.repository.js';
import type { JobQueue } from '../../store/database/job.queue.js';
import type { ImportReport } from './import.report.js';
import { stageParts } from './import.service.js';
import { MAX_GARMENTS_PER_CALL } from './upsert.service.js';

/** Size at which a batch is full. The last row may exceed it by 10 MB of picture and 1 MB of text. */
const BATCH_BYTES = MEMORY_BOUNDS.importBatch.bytes - 12_000_000;
/** Attempts to fetch a file from a URL that does not respond. */
const MAX_FETCH_ATTEMPTS = 3;
/** Attempts at a file that the server fails at. An error that occurs three times within 10 s is not temporary. */
const MAX_FAILED_ATTEMPTS = 3;
/**
 * Attempts at one file, including those of killed processes. Without this limit a file that kills the process would do
 * so for two hours.
 */
const MAX_ATTEMPTS = 20;

export interface ImportReaderParts {
  imports: ImportRepository;
  file: ImportStagingRepository;
  queue: Pick<JobQueue, 'send'>;
  report: Pick<ImportReport, 'before'>;
  /** Receives the error when the server itself failed at a file. */
  onFailure(error: unknown): void;
  /** Maximum size of a file, compressed or uncompressed. */
  maxBytes: number;
  fetchOptions?: Pick<FetchFeedOptions, 'allowedHosts' | 'resolve'>;
}

/**
 * Maximum length of a waiting sku in characters. The index has room for four bytes each. A valid sku has at most 200,
 * which the upsert checks.
 */
const MAX_WAITING_SKU = 500;

/** One attempt to read the file of an import. */
interface ReadAttempt {
  id: string;
  reading: number;
  dryRun: boolean;
}

export class ImportReader {
  constructor(private readonly parts: ImportReaderParts) {}

  /**
   * Reads the file of an import. The catalog changes only after the whole file is read, so an attempt after a killed
   * process starts again. An unreadable file ends the import as FAILED. Other errors are thrown, and the job is tried
   * again.
   */
  async read(ctx: StoreContext, id: string, signal: AbortSignal): Promise<void> {
    const { file, imports, maxBytes } = this.parts;
    const source = await file.startReading(ctx, id);
    if (!source) return;
    const { url, reading, dryRun } = source;
    try {
      if (reading > MAX_ATTEMPTS) throw serverFailed(`${MAX_ATTEMPTS} attempts to read the file did not finish.`);
      if (url !== null) await this.fetch(ctx, id, url, signal);
      const feed = await openFeed(() => file.bytes(ctx, id), { ...source, maxBytes, now: new Date() });
      await this.stageRows(ctx, { id, reading, dryRun }, feed, signal);
    } catch (error) {
      const reason = finalReason(error, reading);
      if (reason === null) throw error;
      if (reason.code === 'INTERNAL_SERVER_ERROR') this.parts.onFailure(error);
      await imports.fail(ctx, id, reason);
    }
  }

  /** Ends the import after every attempt of the job has failed. */
  async giveUp(ctx: StoreContext, id: string): Promise<void> {
    const message = 'The file could not be read for two hours. Each time the database or the process was unavailable.';
    await this.parts.imports.fail(ctx, id, { code: 'SERVICE_UNAVAILABLE', message });
  }

  private async fetch(ctx: StoreContext, id: string, url: string, signal: AbortSignal): Promise<void> {
    const { file, maxBytes, fetchOptions } = this.parts;
    const bytes = fetchFeed(url, { ...fetchOptions, maxBytes, signal });
    await stageParts(bytes, maxBytes, (part, chunk) => file.addPart(ctx, id, part, chunk));
  }

  private async stageRows(ctx: StoreContext, attempt: ReadAttempt, feed: Feed, signal: AbortSignal): Promise<void> {
    const { file, queue, report } = this.parts;
    let [waiting, failed, batches, pictureBytes] = [0, 0, 0, 0];
    for await (const batch of batchesOf(feed.items)) {
      if (signal.aborted) return;
      pictureBytes += batch.bytes;
      // each row has its own copy of a shared picture: 100,000 copies of 10 MB would be a terabyte
      if (pictureBytes > this.parts.maxBytes) throw new FitroomError('IMPORT_TOO_LARGE', TOO_MANY_COPIES);
      const added = await file.addRows(ctx, attempt, batches, batch);
      if (!added) return;
      waiting += added.waiting;
      failed += added.failed;
      if (added.waiting > 0) batches++;
    }
    const jobs = Array.from({ length: batches }, (_, batch) => storeJob(ctx, attempt.id, batch));
    const golden = batches > 0 && !attempt.dryRun ? await report.before(ctx) : null;
    const result = { format: feed.format, waiting, failed, golden };
    await file.finishReading(ctx, attempt, result, (query) => queue.send(jobs, query));
  }
}

/** The priority falls with the number of the batch, so that a large file does not delay a small one. */
function storeJob({ storeId }: StoreContext, id: string, batch: number): Job {
  return { task: 'import-store', storeId, data: { id, batch }, priority: -batch };
}

/** Returns the error that ends the import. Null for a temporary error, after which the job is tried again. */
function finalReason(error: unknown, reading: number): FitroomError | null {
  if (!(error instanceof FitroomError)) return reading >= MAX_FAILED_ATTEMPTS ? serverFailed() : null;
  if (error.code === 'INTERNAL_SERVER_ERROR') return error;
  // the cause of an IMPORT_ error is the file or its URL, so another attempt would fail too
  if (!error.code.startsWith('IMPORT_')) return null;
  return error.code !== 'IMPORT_URL_UNREACHABLE' || reading >= MAX_FETCH_ATTEMPTS ? error : null;
}

function serverFailed(reason = `The server failed ${MAX_FAILED_ATTEMPTS} times to read the file.`): FitroomError {
  return new FitroomError('INTERNAL_SERVER_ERROR', `${reason} See the server log for the cause.`);
}

const TOO_MANY_COPIES =
  'The pictures of all rows together exceed the maximum file size. A shared picture counts once for each row.';

interface Batch {
  rows: WaitingRow[];
  errors: ImportError[];
  /** Size of the items, mostly of their pictures. */
  bytes: number;
}

async function* batchesOf(items: AsyncIterable<FeedItem>): AsyncGenerator<Batch> {
  let batch: Batch = { rows: [], errors: [], bytes: 0 };
  for await (const item of items) {
    const checked = isFailure(item) ? item : (unstorableError(item) ?? item);
    if (isFailure(checked)) batch.errors.push(checked);
    else batch.rows.push(waitingRow(checked));
    batch.bytes += heapBytes(item);
    const length = Math.max(batch.rows.length, batch.errors.length);
    if (length < MAX_GARMENTS_PER_CALL && batch.bytes < BATCH_BYTES) continue;
    yield batch;
    batch = { rows: [], errors: [], bytes: 0 };
  }
  if (batch.rows.length + batch.errors.length > 0) yield batch;
}

/** Returns the error of a row that the table of waiting rows cannot hold. Null for other rows. */
function unstorableError({ row, input }: FeedGarment): ImportError | null {
  const sku = input.sku.slice(0, MAX_WAITING_SKU);
  const problem = unstorableProblem(input);
  if (problem) return { row, sku, code: problem.code, message: `${problem.field.join('.')}: ${problem.message}` };
  // a longer sku does not fit into the index
  if (input.sku.length <= MAX_WAITING_SKU) return null;
  return { row, sku, code: 'SKU_INVALID', message: ERROR_CODES.SKU_INVALID };
}

function waitingRow({ row, input, picture, isVariant }: FeedGarment): WaitingRow {
  return { row, input, picture: picture ?? null, isVariant: isVariant ?? false };
}
