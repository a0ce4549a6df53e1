// The types and bounds of feed readers: garments one by one, and failed rows.
import type { ImportError } from '../domain/catalog/catalog.import.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import type { GarmentInput } from '../domain/catalog/garment.input.js';

export interface FeedGarment {
  /** Position in the file as a merchant counts it: line, table row or item. From 1. */
  row: number;
  input: GarmentInput;
  /** Bytes of the picture, if the file holds it. */
  picture?: Uint8Array;
  /** True for one of several items that form one garment and share its sku. */
  isVariant?: boolean;
}

export type FeedItem = FeedGarment | ImportError;

export function isFailure<Item extends object>(item: Item | ImportError): item is ImportError {
  return 'code' in item;
}

/** Returns the file's bytes from the beginning at each call. */
export type FeedSource = () => AsyncIterable<Uint8Array>;

/**
 * Maximum bytes of a row: a garment with a description of 10,000 characters in any script, and a small picture in
 * base64.
 */
export const MAX_RECORD_BYTES = MEMORY_BOUNDS.importRow.bytes;

export function rowTooLong(row: number): ImportError {
  return { row, sku: null, code: 'ROW_TOO_LONG', message: 'The row is larger than 1 MB.' };
}

export function rowUnreadable(row: number, sku: string | null, message: string): ImportError {
  return { row, sku, code: 'ROW_UNREADABLE', message };
}
