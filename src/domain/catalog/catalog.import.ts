// An import of a catalog file: its options, its progress and its errors per row.
import type { ErrorCode } from '../../errors.js';
import type { GoldenComparison } from '../analytics/golden.query.js';
import type { JobState } from '../jobs/job.js';

export const CATALOG_FORMATS = ['GOOGLE_PRODUCTS', 'SHOPIFY_CSV', 'JSON_LINES', 'IMAGE_TAR'] as const;
export type CatalogFormat = (typeof CATALOG_FORMATS)[number];

/** Options that the merchant sets. */
export interface CatalogImportOptions {
  /** Null to detect the format from the content. */
  format: CatalogFormat | null;
  /** ISO 4217 code for prices without a currency. */
  currency: string | null;
  /** Maximum number of garments to import; null for all. */
  limit: number | null;
  dryRun: boolean;
}

/**
 * An import's progress. All numbers count garments. `total` is null until the file is read. Then succeeded + failed
 * increases up to `total`.
 */
export interface CatalogImport extends CatalogImportOptions {
  id: string;
  state: JobState;
  total: number | null;
  succeeded: number;
  failed: number;
  created: number;
  updated: number;
  warnings: number;
  /** Null before the end, without golden queries, and for a dry, canceled or failed import. */
  golden: GoldenComparison | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** An error in one row. Row 0 stands for the whole file. */
export interface ImportError {
  row: number;
  sku: string | null;
  code: ErrorCode;
  message: string;
}
