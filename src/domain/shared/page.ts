// Pagination of a ranking with opaque cursors.
// Pages neither repeat nor skip rows while the catalog is unchanged.
import { FitroomError } from '../../errors.js';
import type { RankedGarment } from '../recommend/recommendation.js';
import type { LoggedRecommendation } from '../recommend/recommendation.log.js';
import { isStorableInstant } from './instant.js';

export const MAX_PAGE_SIZE = 100;

export interface Page<Row> {
  rows: Row[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** Returns the page size. @throws FitroomError PAGE_SIZE_INVALID unless 1 ≤ first ≤ 100 */
export function requirePageSize(first: number): number {
  if (!(Number.isInteger(first) && first >= 1 && first <= MAX_PAGE_SIZE)) {
    throw new FitroomError('PAGE_SIZE_INVALID', undefined, ['first']);
  }
  return first;
}

/** Returns a cursor with the garment's id and score. If the garment is gone, the next page starts below its score. */
export function rankingCursor(row: Pick<RankedGarment, 'garmentId' | 'score'>): string {
  return opaqueCursor(`r1:${row.garmentId}:${row.score}`);
}

/**
 * Returns the page of rows after a cursor.
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

/** Maximum length of a cursor. The longest valid cursor holds a SKU of 200 characters of four bytes each. */
const MAX_CURSOR_LENGTH = 2_000;

export function opaqueCursor(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/**
 * Decodes a cursor and returns the groups of its format.
 * @param format a regular expression for the whole decoded text
 * @throws FitroomError CURSOR_INVALID
 */
export function cursorParts(cursor: string, format: RegExp): string[] {
  const bytes = Buffer.from(cursor.slice(0, MAX_CURSOR_LENGTH), 'base64url');
  const parts = format.exec(bytes.toString());
  // Buffer.from ignores characters outside base64url; a cursor that does not encode back to itself is forged.
  if (!parts || bytes.toString('base64url') !== cursor) throw new FitroomError('CURSOR_INVALID', undefined, ['after']);
  return parts.slice(1);
}

export function logCursor({ at, id }: Pick<LoggedRecommendation, 'at' | 'id'>): string {
  return opaqueCursor(`a1:${at.getTime()}:${id}`);
}

/** Decodes the cursor of a recommendation log page. @throws FitroomError CURSOR_INVALID */
export function decodeLogCursor(cursor: string): { at: Date; id: string } {
  const [time, id] = cursorParts(cursor, /^a1:(\d{1,15}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/);
  const at = new Date(Number(time));
  if (!isStorableInstant(at)) throw new FitroomError('CURSOR_INVALID', undefined, ['after']);
  return { at, id: id! };
}
