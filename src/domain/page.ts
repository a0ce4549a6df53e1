// Paging through a ranking: opaque cursors that neither repeat nor skip while the catalog stands still.
import { FitroomError } from '../errors.js';
import { cursorParts, opaqueCursor } from './opaque.cursor.js';
import type { RankedGarment } from './recommendation.js';

export const MAX_PAGE_SIZE = 100;

export interface Page<Row> {
  rows: Row[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** @throws FitroomError PAGE_SIZE_INVALID unless 1 ≤ first ≤ 100 */
export function requirePageSize(first: number): number {
  if (!(Number.isInteger(first) && first >= 1 && first <= MAX_PAGE_SIZE)) {
    throw new FitroomError('PAGE_SIZE_INVALID', undefined, ['first']);
  }
  return first;
}

/** A ranking's cursor holds the garment and its score: where the garment has gone since, paging goes on below its score. */
export function rankingCursor(row: Pick<RankedGarment, 'garmentId' | 'score'>): string {
  return opaqueCursor(`r1:${row.garmentId}:${row.score}`);
}

/**
 * The rows after a cursor.
 * @throws FitroomError PAGE_SIZE_INVALID, CURSOR_INVALID
 */
export function pageOfRanking(ranked: RankedGarment[], first: number, after?: string | null): Page<RankedGarment> {
  requirePageSize(first);
  const start = after == null ? 0 : startAfter(ranked, after);
  const rows = ranked.slice(start, start + first);
  return { rows, hasNextPage: start + rows.length < ranked.length, hasPreviousPage: start > 0 };
}

function startAfter(ranked: RankedGarment[], cursor: string): number {
  const [garmentId, score] = cursorParts(cursor, /^r1:(\d{1,19}):(-?\d+(?:\.\d+)?(?:e-?\d+)?)$/);
  const position = ranked.findIndex((row) => row.garmentId === garmentId);
  if (position >= 0) return position + 1;
  const below = ranked.findIndex((row) => row.score < Number(score));
  return below >= 0 ? below : ranked.length;
}
