// Import of one folder into one server, in parallel batches.
import type { ApiClient } from '../api.client.js';
import type { CatalogSource } from './catalog.source.js';
import type { PicturedRow, RowFailure } from '../../feeds/garment.row.js';
import { sendGarments, type BatchOutcome } from './garment.sender.js';

export interface ImportOptions {
  /** Number of parallel calls, at least 1. */
  concurrency: number;
  dryRun: boolean;
  /** Abort signal. No further batch is sent; batches already sent are awaited. */
  signal: AbortSignal;
  /** Called for each batch when it is complete. */
  onOutcome(outcome: BatchOutcome): void;
}

/**
 * Limits of a batch. The API accepts 100 garments per call; the bytes bound the memory of one call and of all parallel
 * calls.
 */
const BATCH = { rows: 100, bytes: 8 * 1024 * 1024 };

/**
 * Sends a whole source.
 * @throws ServerUnreachable, SourceUnreadable: after the batches already sent are complete
 */
export async function importCatalog(api: ApiClient, source: CatalogSource, options: ImportOptions): Promise<void> {
  const pendingCalls = new Set<Promise<void>>();
  try {
    for await (const { rows, failures } of batchesOf(source)) {
      if (options.signal.aborted) break;
      if (pendingCalls.size >= options.concurrency) await Promise.race(pendingCalls);
      if (failures.length > 0) options.onOutcome({ created: 0, updated: 0, failures, warnings: [] });
      if (rows.length === 0) continue;
      const call = sendGarments(api, rows, options.dryRun).then((outcome) => {
        pendingCalls.delete(call);
        options.onOutcome(outcome);
      });
      // a failed call stays in the set so that the race or the last await throws it; until then it must not end the
      // process
      call.catch(() => undefined);
      pendingCalls.add(call);
    }
    await Promise.all(pendingCalls);
  } finally {
    await Promise.allSettled(pendingCalls);
  }
}

interface Batch {
  rows: PicturedRow[];
  failures: RowFailure[];
}

async function* batchesOf(source: CatalogSource): AsyncGenerator<Batch> {
  let batch: Batch = { rows: [], failures: [] };
  let bytes = 0;
  for await (const item of source.items()) {
    if ('code' in item) {
      batch.failures.push(item);
      continue;
    }
    const isFull = batch.rows.length === BATCH.rows || bytes + item.picture.length > BATCH.bytes;
    if (isFull && batch.rows.length > 0) {
      yield batch;
      batch = { rows: [], failures: [] };
      bytes = 0;
    }
    batch.rows.push(item);
    bytes += item.picture.length;
  }
  if (batch.rows.length + batch.failures.length > 0) yield batch;
}
