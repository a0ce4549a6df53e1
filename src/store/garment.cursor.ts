// Cursors of catalog pages: opaque to clients, checked when they come back. A page by sku goes on after a sku, so it does
// not mind garments that come and go; a page of search hits goes on after a position, since ranks depend on all of them.
import { FitroomError } from '../errors.js';

/** Cursor of a garment in the catalog by sku. */
export function skuCursor(sku: string): string {
  return Buffer.from(`s1:${sku}`).toString('base64url');
}

/** @throws FitroomError CURSOR_INVALID */
export function skuAfter(cursor: string): string {
  return decoded(cursor, /^s1:(.{1,200})$/su);
}

/** Cursor of a search hit. @param position from 1 */
export function hitCursor(position: number): string {
  return Buffer.from(`h1:${position}`).toString('base64url');
}

/** How many hits lie up to the cursor. @throws FitroomError CURSOR_INVALID */
export function hitsUpTo(cursor: string): number {
  return Number(decoded(cursor, /^h1:([1-9]\d{0,8})$/));
}

function decoded(cursor: string, form: RegExp): string {
  const bytes = Buffer.from(cursor, 'base64url');
  const content = form.exec(bytes.toString())?.[1];
  // decoding passes over characters that are none of base64url; what does not encode back to itself is forged
  if (content === undefined || bytes.toString('base64url') !== cursor || content.includes('\0')) {
    throw new FitroomError('CURSOR_INVALID', undefined, ['after']);
  }
  return content;
}
