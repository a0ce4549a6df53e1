// The first job of an import: reads its file, and queues a job for each batch of its rows.
import type { ImportReader } from '../services/import.reader.js';
import type { Task } from './task.js';

export function importReadTask(reader: ImportReader): Task {
  return {
    name: 'import-read',
    run: (ctx, { id }, signal) => reader.read(ctx, String(id), signal),
    giveUp: (ctx, { id }) => reader.giveUp(ctx, String(id)),
  };
}
