// Source of a catalog that the command sends itself: rows known at once, pictures read one by one.
import type { PicturedRow, RowFailure } from '../../feeds/garment.row.js';
import { CannotRun } from '../exit.js';

export interface CatalogSource {
  /** Number of rows, including invalid ones. */
  readonly total: number;
  /** Yields each row once, with its picture or as a failure. Only one picture at a time is in memory. */
  items(): AsyncIterable<PicturedRow | RowFailure>;
}

/** A path that cannot be imported at all. The message says how to fix it. */
export class SourceUnreadable extends CannotRun {
  override readonly name = 'SourceUnreadable';
}
