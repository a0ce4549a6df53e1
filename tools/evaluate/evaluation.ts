// Input of every group of figures, and the precisions of requests.
import type { SampleQuery, QuerySource } from './sample.queries.js';
import type { FigureSheet } from './figure.sheet.js';
import type { PictureVectors } from './picture.vectors.js';
import type { Recommendation, ServedCatalog, RecommendRequest } from './served.catalog.js';
import type { SplitName } from './split.reader.js';
import { precisionAt10 } from './statistics.js';

export interface Evaluation extends QuerySource {
  /** Folder with the public data. */
  folder: string;
  split: SplitName;
  /** Maximum number of rows of each file; Infinity for all. */
  limit: number;
  catalog: ServedCatalog;
  /** Vectors of the products' pictures. */
  pictures: PictureVectors;
  /** Path of the hand-written requests. */
  queriesFile: string;
}

/** Measures the figures of one question and adds them to the sheet. */
export type Measure = (evaluation: Evaluation, sheet: FigureSheet) => Promise<void>;

/**
 * Returns the server's recommendation for each query.
 * @param settings ranking settings; the server's defaults if absent
 */
export function recommendationsFor(
  catalog: ServedCatalog,
  queries: readonly SampleQuery[],
  settings: Pick<RecommendRequest, 'fusion' | 'diversity'> = {},
): Promise<Recommendation[]> {
  return catalog.recommendEach(
    queries.map(({ text, picture, about }) => ({
      text,
      picture: picture?.picture,
      ignoredSku: about?.sku,
      ...settings,
    })),
  );
}

/** Returns nP@10 of each query. */
export async function precisionsOf(catalog: ServedCatalog, queries: readonly SampleQuery[]): Promise<number[]> {
  const recommendations = await recommendationsFor(catalog, queries);
  return precisionsAt10(
    recommendations.map(({ skus }) => skus),
    queries,
  );
}

/** Returns nP@10 of each result. @param results skus, best first, in the order of the queries */
export function precisionsAt10(results: readonly string[][], queries: readonly SampleQuery[]): number[] {
  return results.map((skus, i) => precisionAt10(skus, queries[i]!.relevant));
}

/** Returns 1 for true and 0 for false. */
export function shares(outcomes: readonly boolean[]): number[] {
  return outcomes.map(Number);
}
