// Checks of text from callers: its length, its visibility and whether a database can store it.
import { FitroomError } from '../../errors.js';

/**
 * Text without anything visible: space, control, format and other ignorable characters, unpaired surrogates, and the
 * blank Braille pattern, which Unicode classifies as a symbol.
 */
const INVISIBLE = /^[\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** U+0000 and unpaired surrogates: PostgreSQL rejects both, and UTF-8 cannot encode the latter. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/**
 * Number of code units that are checked. It exceeds the limit of every field; a text of megabytes would block the event
 * loop.
 */
const MAX_CHECKED_LENGTH = 20_000;

export function isVisible(text: string): boolean {
  return !INVISIBLE.test(text.slice(0, MAX_CHECKED_LENGTH));
}

export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/**
 * Returns true if a text has more than `max` characters (code points). A text of megabytes is not split to count them.
 */
export function isLongerThan(text: string, max: number): boolean {
  if (text.length <= max) return false;
  return text.length > 2 * max || [...text].length > max;
}

/** Returns true if a text is a valid name: 1 to `max` characters, at least one visible, no control characters. */
export function isName(text: string, max: number): boolean {
  return !isLongerThan(text, max) && isVisible(text) && !/[\p{Cc}\p{Cs}]/u.test(text);
}

/** Maximum length of a SKU, in characters. */
const MAX_SKU = 200;

/** Returns true if a garment can have this SKU. @param sku without surrounding space */
export function isSku(sku: string): boolean {
  return isName(sku, MAX_SKU);
}

/** Returns true if a garment with this SKU can exist in the database; other SKUs need no lookup. */
export function mayBeStored(sku: string): boolean {
  return !isLongerThan(sku, MAX_SKU) && isStorable(sku);
}

/** Returns the text. @throws FitroomError TEXT_INVALID for a text that no database can store */
export function requireStorable(text: string, ...field: string[]): string {
  if (!isStorable(text)) throw new FitroomError('TEXT_INVALID', undefined, field);
  return text;
}
