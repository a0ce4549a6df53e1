// A batch of an import: up to 100 garments into the catalog.
import type { ImportBatches } from '../services/import.batches.js';
import type { Task } from './task.js';

export function importStoreTask(batches: ImportBatches): Task {
  return {
    name: 'import-store',
    run: (ctx, { id, batch }) => batches.store(ctx, String(id), Number(batch)),
    giveUp: (ctx, { id, batch }) => batches.giveUp(ctx, String(id), Number(batch)),
  };
}
