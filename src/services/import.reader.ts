// Reads the file of an import: rows go down in batches, what is wrong with a row at once, and a job for each batch when all
// is read. Killed in the middle it begins afresh: nothing is stored of a file before all of it is read.
import type { ImportError } from '../domain/catalog.import.js';
import type { Job } from '../domain/job.js';
import type { StoreContext } from '../domain/store.context.js';
import { FitroomError } from '../errors.js';
import { openFeed, type Feed } from '../feeds/catalog.feed.js';
import { fetchFeed, type FetchFeedOptions } from '../feeds/feed.fetch.js';
import { isFailure, type FeedGarment, type FeedItem } from '../feeds/feed.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { heapBytes } from '../memory/heap.size.js';
import type { ImportFile } from '../store/import.file.js';
import type { WaitingRow } from '../store/import.rows.js';
import type { ImportRepository } from '../store/import.repository.js';
import type { JobQueue } from '../store/job.queue.js';
import type { ImportReport } from './import.report.js';
import { putParts } from './import.service.js';
import { MAX_GARMENTS_PER_CALL } from './upsert.service.js';

/** A batch is full at so many bytes, and its last row may still be 10 MB of picture and 1 MB of text. */
const BATCH_BYTES = MEMORY_BOUNDS.importBatch.bytes - 12_000_000;
/** An address that does not answer is tried again by the next holder of the job, so often in all. */
const FETCH_TRIES = 3;

export interface ImportReaderParts {
  imports: ImportRepository;
  file: ImportFile;
  queue: Pick<JobQueue, 'send'>;
  report: Pick<ImportReport, 'before'>;
  /** Largest file, packed or unpacked. */
  maxBytes: number;
  fetchOptions?: Pick<FetchFeedOptions, 'allowedHosts' | 'resolve'>;
}

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
      if (found.url !== null) await this.fetch(ctx, id, found.url, signal);
      const feed = await openFeed(() => file.bytes(ctx, id), { ...found, maxBytes, now: new Date() });
      await this.putDown(ctx, { id, reading: found.reading, dryRun: found.dryRun }, feed, signal);
    } catch (error) {
      if (!isFinal(error, found.reading)) throw error;
      await imports.fail(ctx, id, error);
    }
  }

  /** No holder of the job could read the file. */
  async giveUp(ctx: StoreContext, id: string): Promise<void> {
    await this.parts.imports.fail(ctx, id, {
      code: 'INTERNAL_SERVER_ERROR',
      message: 'The file could not be read in many tries. The log of the server says why.',
    });
  }

  private async fetch(ctx: StoreContext, id: string, url: string, signal: AbortSignal): Promise<void> {
    const { file, maxBytes, fetchOptions } = this.parts;
    const bytes = fetchFeed(url, { ...fetchOptions, maxBytes, signal });
    await putParts(bytes, maxBytes, (part, chunk) => file.addPart(ctx, id, part, chunk));
  }

  private async putDown(ctx: StoreContext, reading: Reading, feed: Feed, signal: AbortSignal): Promise<void> {
    const { file, queue, report } = this.parts;
    const read = { format: feed.format, waiting: 0, failed: 0 };
    let batches = 0;
    for await (const found of batchesOf(feed.items)) {
      if (signal.aborted) return;
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

/** The merchant's file or address is at fault, and will be the next time. */
function isFinal(error: unknown, reading: number): error is FitroomError {
  if (!(error instanceof FitroomError) || !error.code.startsWith('IMPORT_')) return false;
  return error.code !== 'IMPORT_URL_UNREACHABLE' || reading >= FETCH_TRIES;
}

interface Batch {
  rows: WaitingRow[];
  errors: ImportError[];
}

async function* batchesOf(items: AsyncIterable<FeedItem>): AsyncGenerator<Batch> {
  let batch: Batch = { rows: [], errors: [] };
  let bytes = 0;
  for await (const item of items) {
    if (isFailure(item)) batch.errors.push(item);
    else batch.rows.push(waitingRow(item));
    bytes += heapBytes(item);
    const length = Math.max(batch.rows.length, batch.errors.length);
    if (length < MAX_GARMENTS_PER_CALL && bytes < BATCH_BYTES) continue;
    yield batch;
    batch = { rows: [], errors: [] };
    bytes = 0;
  }
  if (batch.rows.length + batch.errors.length > 0) yield batch;
}

function waitingRow({ row, input, picture, isVariant }: FeedGarment): WaitingRow {
  return { row, input, picture: picture ?? null, isVariant: isVariant ?? false };
}
