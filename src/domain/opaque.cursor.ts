// Cursors as clients see them: a text of ours in base64url, checked when it comes back.
import { FitroomError } from '../errors.js';

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
