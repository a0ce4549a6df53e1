// Cursors of catalog pages: opaque to clients, checked when they come back. A page by sku goes on after a sku, so it does
// not mind garments that come and go; a page of search hits goes on after a position, since ranks depend on all of them.
import { cursorParts, opaqueCursor } from '../domain/opaque.cursor.js';

/** Cursor of a garment in the catalog by sku. */
export function skuCursor(sku: string): string {
  return opaqueCursor(`s1:${sku}`);
}

/** @throws FitroomError CURSOR_INVALID */
export function skuAfter(cursor: string): string {
  const [sku] = cursorParts(cursor, /^s1:([^\0]{1,200})$/u);
  return sku!;
}

/** Cursor of a search hit. @param position from 1 */
export function hitCursor(position: number): string {
  return opaqueCursor(`h1:${position}`);
}

/** How many hits lie up to the cursor. @throws FitroomError CURSOR_INVALID */
export function hitsUpTo(cursor: string): number {
  return Number(cursorParts(cursor, /^h1:([1-9]\d{0,8})$/)[0]);
}
