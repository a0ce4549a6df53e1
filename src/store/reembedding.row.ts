// A switch from model to model as a row: the columns that are read, the row turned into what the domain calls it, and changes
// turned into assignments.
import type { Reembedding } from '../domain/reembedding.js';

export interface ReembeddingRow extends Omit<Reembedding, 'error' | 'total' | 'done'> {
  total: number;
  done: number;
  errorCode: string | null;
  errorMessage: string | null;
}

export const COLUMNS = `id, bundle, model, from_bundle as "fromBundle", from_model as "fromModel", state, phase, step,
  walked_to as "walkedTo", total, done, min_overlap as "minOverlap", report, error_code as "errorCode",
  error_message as "errorMessage", rereading, started_at as "startedAt", switched_at as "switchedAt",
  finished_at as "finishedAt"`;

/** `switched`, `finished`: now. */
export interface Changes extends Partial<
  Pick<Reembedding, 'state' | 'phase' | 'walkedTo' | 'total' | 'done' | 'report' | 'error' | 'rereading'>
> {
  switched?: true;
  finished?: true;
}

/** @param first number of the first parameter */
export function settings(changes: Changes, first: number): { assignments: string[]; values: unknown[] } {
  const { error, report, walkedTo, switched, finished, ...plain } = changes;
  const columns: [string, unknown][] = Object.entries(plain);
  if (walkedTo !== undefined) columns.push(['walked_to', walkedTo]);
  if (report !== undefined) columns.push(['report', JSON.stringify(report)]);
  if (error !== undefined) columns.push(['error_code', error?.code ?? null], ['error_message', error?.message ?? null]);
  const assignments = columns.map(([column], i) => `${column} = $${first + i}`);
  if (switched) assignments.push('switched_at = now()');
  if (finished) assignments.push('finished_at = now()');
  return { assignments, values: columns.map(([, value]) => value) };
}

export function reembeddingOf({ errorCode, errorMessage, ...row }: ReembeddingRow): Reembedding {
  return { ...row, error: errorCode === null ? null : { code: errorCode, message: errorMessage! } };
}
