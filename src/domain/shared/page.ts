// Paging through a ranking: opaque cursors that neither repeat nor skip while the catalog stands still.
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

/** The longest one that is given out holds a sku of 200 characters of four bytes. */
const MOST_CHARACTERS = 2_000;

export function opaqueCursor(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/**
 * @param form of the text, from its beginning to its end
 * @returns what the form's groups hold
 * @throws FitroomError CURSOR_INVALID
 */
export function cursorParts(cursor: string, form: RegExp): string[] {
  const bytes = Buffer.from(cursor.slice(0, MOST_CHARACTERS), 'base64url');
  const parts = form.exec(bytes.toString());
  // decoding passes over characters that are none of base64url; what does not encode back to itself is forged
  if (!parts || bytes.toString('base64url') !== cursor) throw new FitroomError('CURSOR_INVALID', undefined, ['after']);
  return parts.slice(1);
}

export function logCursor({ at, id }: Pick<LoggedRecommendation, 'at' | 'id'>): string {
  return opaqueCursor(`a1:${at.getTime()}:${id}`);
}

/** @throws FitroomError CURSOR_INVALID */
export function decodeLogCursor(cursor: string): { at: Date; id: string } {
  const [time, id] = cursorParts(cursor, /^a1:(\d{1,15}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/);
  const at = new Date(Number(time));
  if (!isStorableInstant(at)) throw new FitroomError('CURSOR_INVALID', undefined, ['after']);
  return { at, id: id! };
}
