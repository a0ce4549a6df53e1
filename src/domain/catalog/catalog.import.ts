// An import of a catalog file: what it can be in, how far it is, what went wrong with which row. Plain data.
import type { ErrorCode } from '../../errors.js';
import type { GoldenComparison } from '../analytics/golden.query.js';
import type { JobState } from '../jobs/job.js';

export const CATALOG_FORMATS = ['GOOGLE_PRODUCTS', 'SHOPIFY_CSV', 'JSON_LINES', 'IMAGE_TAR'] as const;
export type CatalogFormat = (typeof CATALOG_FORMATS)[number];

/** What the merchant asked for. */
export interface CatalogImportOptions {
  /** Null: recognised from the content. */
  format: CatalogFormat | null;
  /** ISO 4217, of prices that name none. */
  currency: string | null;
  /** Most garments to take; null: all. */
  limit: number | null;
  dryRun: boolean;
}

/** `total` is null until the file is read; from there on succeeded + failed grow up to it. All count garments. */
export interface CatalogImport extends CatalogImportOptions {
  id: string;
  state: JobState;
  total: number | null;
  succeeded: number;
  failed: number;
  created: number;
  updated: number;
  warnings: number;
  /** Null until it has ended; also where no golden query was pinned, and where it was dry, cancelled or failed. */
  golden: GoldenComparison | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** Row 0 is the file as a whole. */
export interface ImportError {
  row: number;
  sku: string | null;
  code: ErrorCode;
  message: string;
}
