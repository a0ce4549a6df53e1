// Text as callers give it: its length, whether anything of it shows, and whether a database stores it.
import { FitroomError } from '../../errors.js';

/**
 * Nothing that a reader would see: space, control, format and other ignorable characters, halves of surrogate pairs, and
 * the blank of Braille, which is a symbol.
 */
const INVISIBLE = /^[\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** The character 0 and halves of surrogate pairs: PostgreSQL takes neither, and UTF-8 has no bytes for the latter. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/** Code units that are looked at: more than any field takes, and a text of megabytes would hold up the event loop. */
const MOST_LOOKED_AT = 20_000;

export function isVisible(text: string): boolean {
  return !INVISIBLE.test(text.slice(0, MOST_LOOKED_AT));
}

export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** @param most characters (code points); a text of megabytes is not taken apart to count them */
export function isLongerThan(text: string, most: number): boolean {
  if (text.length <= most) return false;
  return text.length > 2 * most || [...text].length > most;
}

/** True if a text can be a name: 1 to `most` characters, at least one visible, no control characters. */
export function isName(text: string, most: number): boolean {
  return !isLongerThan(text, most) && isVisible(text) && !/[\p{Cc}\p{Cs}]/u.test(text);
}

/** Longest sku, in characters. */
const MAX_SKU = 200;

/** True if a garment can have this sku. @param sku without space around it */
export function isSku(sku: string): boolean {
  return isName(sku, MAX_SKU);
}

/** True if a garment may have been stored under this sku; other skus are not looked up. */
export function mayBeStored(sku: string): boolean {
  return !isLongerThan(sku, MAX_SKU) && isStorable(sku);
}

/** @throws FitroomError TEXT_INVALID for a text that no database stores */
export function requireStorable(text: string, ...field: string[]): string {
  if (!isStorable(text)) throw new FitroomError('TEXT_INVALID', undefined, field);
  return text;
}
