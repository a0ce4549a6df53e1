// Owns the flow of one source into one server: batches, several of them under way at once. Knows no terminal.
import type { ApiClient } from '../api.client.js';
import type { CatalogSource } from './catalog.source.js';
import type { PicturedRow, RowFailure } from '../../feeds/garment.row.js';
import { sendGarments, type BatchOutcome } from './garment.sender.js';

export interface ImportOptions {
  /** Calls under way at once, ≥ 1. */
  concurrency: number;
  dryRun: boolean;
  /** Aborted: no further batch is sent, those under way are waited for. */
  signal: AbortSignal;
  /** Told of each batch when it is done. */
  onOutcome(outcome: BatchOutcome): void;
}

/** The API takes 100 garments a call; the bytes bound what a call, and all calls under way, hold in memory. */
const BATCH = { rows: 100, bytes: 8 * 1024 * 1024 };

/**
 * Sends a whole source.
 * @throws ServerUnreachable, SourceUnreadable: after the batches under way are done
 */
export async function importCatalog(api: ApiClient, source: CatalogSource, options: ImportOptions): Promise<void> {
  const underWay = new Set<Promise<void>>();
  try {
    for await (const { rows, failures } of batchesOf(source)) {
      if (options.signal.aborted) break;
      if (underWay.size >= options.concurrency) await Promise.race(underWay);
      if (failures.length > 0) options.onOutcome({ created: 0, updated: 0, failures, warnings: [] });
      if (rows.length === 0) continue;
      const sending = sendGarments(api, rows, options.dryRun).then((outcome) => {
        underWay.delete(sending);
        options.onOutcome(outcome);
      });
      // one that fails stays among them, for the race or the last wait to throw; node must not end the process before
      sending.catch(() => undefined);
      underWay.add(sending);
    }
    await Promise.all(underWay);
  } finally {
    await Promise.allSettled(underWay);
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
