// Owns what a catalog that this command sends itself is: rows that are known at once, and pictures that come one by one.
import type { PicturedRow, RowFailure } from '../../feeds/garment.row.js';
import { CannotRun } from '../exit.js';

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
