// The last job of an import: what it did to the store's golden queries, which ends it.
import type { ImportReport } from '../services/import.report.js';
import type { Task } from './task.js';

export function importCompareTask(report: Pick<ImportReport, 'end' | 'giveUp'>): Task {
  return {
    name: 'import-compare',
    run: (ctx, { id }) => report.end(ctx, String(id)),
    giveUp: (ctx, { id }) => report.giveUp(ctx, String(id)),
  };
}
