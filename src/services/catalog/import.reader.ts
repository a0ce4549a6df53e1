// Reads the file of an import: rows go down in batches, what is wrong with a row at once, and a job for each batch when all
// is read. Killed in the middle it begins afresh: nothing is stored of a file before all of it is read.
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

/** A batch is full at so many bytes, and its last row may still be 10 MB of picture and 1 MB of text. */
const BATCH_BYTES = MEMORY_BOUNDS.importBatch.bytes - 12_000_000;
/** An address that does not answer is tried again by the next holder of the job, so often in all. */
const FETCH_TRIES = 3;
/** So often the server may fail at a file. What repeats three times in 10 s is not passing. */
const FAILURES = 3;
/** Readings of one file at most, those of killed processes counted: a file that kills its reader would else do so for two hours. */
const MAX_READINGS = 20;

export interface ImportReaderParts {
  imports: ImportRepository;
  file: ImportStagingRepository;
  queue: Pick<JobQueue, 'send'>;
  report: Pick<ImportReport, 'before'>;
  /** Told of a file that the server itself failed at. */
  onFailure(error: unknown): void;
  /** Largest file, packed or unpacked. */
  maxBytes: number;
  fetchOptions?: Pick<FetchFeedOptions, 'allowedHosts' | 'resolve'>;
}

/** Characters. A sku has at most 200, which storing checks; four bytes each fit into the index. */
const MAX_WAITING_SKU = 500;

interface Reading {
  id: string;
  reading: number;
  dryRun: boolean;
}

export class ImportReader {
  constructor(private readonly parts: ImportReaderParts) {}

  /** A file that cannot be read as a whole ends its import as FAILED; other failures throw, and the job is tried again. */
  async read(ctx: StoreContext, id: string, signal: AbortSignal): Promise<void> {
    const { file, imports, maxBytes } = this.parts;
    const found = await file.startReading(ctx, id);
    if (!found) return;
    try {
      if (found.reading > MAX_READINGS)
        throw serverFailed(`${MAX_READINGS} readings of the file did not come to an end.`);
      if (found.url !== null) await this.fetch(ctx, id, found.url, signal);
      const feed = await openFeed(() => file.bytes(ctx, id), { ...found, maxBytes, now: new Date() });
      await this.putDown(ctx, { id, reading: found.reading, dryRun: found.dryRun }, feed, signal);
    } catch (error) {
      const reason = finalReason(error, found.reading);
      if (reason === null) throw error;
      if (reason.code === 'INTERNAL_SERVER_ERROR') this.parts.onFailure(error);
      await imports.fail(ctx, id, reason);
    }
  }

  /** No holder of the job could read the file. */
  async giveUp(ctx: StoreContext, id: string): Promise<void> {
    const message = 'The file could not be read for two hours: the database or the process was away each time.';
    await this.parts.imports.fail(ctx, id, { code: 'SERVICE_UNAVAILABLE', message });
  }

  private async fetch(ctx: StoreContext, id: string, url: string, signal: AbortSignal): Promise<void> {
    const { file, maxBytes, fetchOptions } = this.parts;
    const bytes = fetchFeed(url, { ...fetchOptions, maxBytes, signal });
    await stageParts(bytes, maxBytes, (part, chunk) => file.addPart(ctx, id, part, chunk));
  }

  private async putDown(ctx: StoreContext, reading: Reading, feed: Feed, signal: AbortSignal): Promise<void> {
    const { file, queue, report } = this.parts;
    const read = { format: feed.format, waiting: 0, failed: 0 };
    let batches = 0;
    let pictureBytes = 0;
    for await (const found of batchesOf(feed.items)) {
      if (signal.aborted) return;
      pictureBytes += found.bytes;
      // rows that share a picture have a copy each: 100,000 of one of 10 MB would be a terabyte
      if (pictureBytes > this.parts.maxBytes) throw new FitroomError('IMPORT_TOO_LARGE', TOO_MANY_COPIES);
      const put = await file.addRows(ctx, reading, batches, found);
      if (!put) return;
      read.waiting += put.waiting;
      read.failed += put.failed;
      if (put.waiting > 0) batches++;
    }
    const jobs = Array.from({ length: batches }, (_, batch) => storeJob(ctx, reading.id, batch));
    const isToStore = batches > 0 && !reading.dryRun;
    const golden = isToStore ? await report.before(ctx) : null;
    await file.finishReading(ctx, reading, { ...read, golden }, (query) => queue.send(jobs, query));
  }
}

/** Early batches of every import come before late ones of any, so that a large file does not hold up a small one. */
function storeJob({ storeId }: StoreContext, id: string, batch: number): Job {
  return { task: 'import-store', storeId, data: { id, batch }, priority: -batch };
}

/** Ends the import; null: the reason may pass, and the job is tried again. */
function finalReason(error: unknown, reading: number): FitroomError | null {
  if (!(error instanceof FitroomError)) return reading >= FAILURES ? serverFailed() : null;
  if (error.code === 'INTERNAL_SERVER_ERROR') return error;
  // the merchant's file or address is at fault, and will be the next time
  if (!error.code.startsWith('IMPORT_')) return null;
  return error.code !== 'IMPORT_URL_UNREACHABLE' || reading >= FETCH_TRIES ? error : null;
}

function serverFailed(reason = `The server failed ${FAILURES} times at the file.`): FitroomError {
  return new FitroomError('INTERNAL_SERVER_ERROR', `${reason} Its log says why.`);
}

const TOO_MANY_COPIES =
  'The pictures of all rows, counted for each row that names them, are larger than a file may be.';

interface Batch {
  rows: WaitingRow[];
  errors: ImportError[];
  /** Of the rows' pictures. */
  bytes: number;
}

async function* batchesOf(items: AsyncIterable<FeedItem>): AsyncGenerator<Batch> {
  let batch: Batch = { rows: [], errors: [], bytes: 0 };
  for await (const item of items) {
    const read = isFailure(item) ? item : (unstorable(item) ?? item);
    if (isFailure(read)) batch.errors.push(read);
    else batch.rows.push(waitingRow(read));
    batch.bytes += heapBytes(item);
    const length = Math.max(batch.rows.length, batch.errors.length);
    if (length < MAX_GARMENTS_PER_CALL && batch.bytes < BATCH_BYTES) continue;
    yield batch;
    batch = { rows: [], errors: [], bytes: 0 };
  }
  if (batch.rows.length + batch.errors.length > 0) yield batch;
}

/** Rows wait in a table: a row that the table cannot hold is reported at once. */
function unstorable({ row, input }: FeedGarment): ImportError | null {
  const sku = input.sku.slice(0, MAX_WAITING_SKU);
  const problem = unstorableProblem(input);
  if (problem) return { row, sku, code: problem.code, message: `${problem.field.join('.')}: ${problem.message}` };
  // a longer sku does not fit the index
  if (input.sku.length <= MAX_WAITING_SKU) return null;
  return { row, sku, code: 'SKU_INVALID', message: ERROR_CODES.SKU_INVALID };
}

function waitingRow({ row, input, picture, isVariant }: FeedGarment): WaitingRow {
  return { row, input, picture: picture ?? null, isVariant: isVariant ?? false };
}
