// What every reader of a catalog file gives: garments one by one, and rows that are none. Types and bounds only.
import type { ImportError } from '../domain/catalog/catalog.import.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import type { GarmentInput } from '../domain/catalog/garment.input.js';

export interface FeedGarment {
  /** Where it stands in the file, as a merchant would count: line, row of the table, item. From 1. */
  row: number;
  input: GarmentInput;
  /** Its picture's bytes, where the file holds them. */
  picture?: Uint8Array;
  /** One of several that are one garment, under the sku of that. */
  isVariant?: boolean;
}

export type FeedItem = FeedGarment | ImportError;

export function isFailure<Item extends object>(item: Item | ImportError): item is ImportError {
  return 'code' in item;
}

/** The file's bytes from the beginning, each time that it is called. */
export type FeedSource = () => AsyncIterable<Uint8Array>;

/** One row: a garment with a description of 10,000 characters in any script, and room for a small picture in base64. */
export const MAX_RECORD_BYTES = MEMORY_BOUNDS.importRow.bytes;

export function rowTooLong(row: number): ImportError {
  return { row, sku: null, code: 'ROW_TOO_LONG', message: 'A row has at most 1 MB.' };
}

export function rowUnreadable(row: number, sku: string | null, message: string): ImportError {
  return { row, sku, code: 'ROW_UNREADABLE', message };
}
