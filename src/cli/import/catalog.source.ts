// Owns what a catalog to import is, wherever it lies: rows that are known at once, and pictures that come one by one.
import { CannotRun } from '../exit.js';
import type { GarmentRow, PicturedRow, RowFailure } from './garment.row.js';

export interface CatalogSource {
  /** Rows in all, broken ones counted. */
  readonly total: number;
  /** Each row once: with its picture, or as a failure. Only a picture at a time is in memory. */
  items(): AsyncIterable<PicturedRow | RowFailure>;
}

/** A path that cannot be imported at all. The message says what to do. */
export class SourceUnreadable extends CannotRun {
  override readonly name = 'SourceUnreadable';
}

export const METADATA_FILE = 'metadata.jsonl';

/** The API takes no larger picture, and a larger one would have the whole call refused. */
export const MAX_PICTURE_BYTES = 10_000_000;

export function pictureMissing({ row, garment, image }: GarmentRow): RowFailure {
  return { row, sku: garment.sku, code: 'IMAGE_REQUIRED', message: `The picture ${image} is not there.` };
}

export function pictureTooLarge({ row, garment, image }: GarmentRow): RowFailure {
  return { row, sku: garment.sku, code: 'IMAGE_TOO_LARGE', message: `The picture ${image} has more than 10 MB.` };
}
