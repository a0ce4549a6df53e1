// Owns what every group of figures is handed, and how requests become precisions.
import type { Ask, AskSource } from './sample.queries.js';
import type { FigureSheet } from './figure.sheet.js';
import type { PictureVectors } from './picture.vectors.js';
import type { Answer, ServedCatalog, Wish } from './served.catalog.js';
import type { SplitName } from './split.reader.js';
import { precisionAt10 } from './statistics.js';

export interface Evaluation extends AskSource {
  /** Folder of the public data. */
  folder: string;
  split: SplitName;
  /** Most rows of each file; Infinity: all. */
  limit: number;
  catalog: ServedCatalog;
  /** The products' pictures as vectors. */
  pictures: PictureVectors;
  /** Path of the hand-written queries. */
  queriesFile: string;
}

/** Measures the figures of one question. */
export type Measure = (evaluation: Evaluation, sheet: FigureSheet) => Promise<void>;

/** What the server answers to each request. @param settings of the ranking; absent: as is usual */
export function answersOf(
  catalog: ServedCatalog,
  asks: readonly Ask[],
  settings: Pick<Wish, 'fusion' | 'diversity'> = {},
): Promise<Answer[]> {
  return catalog.recommendEach(
    asks.map(({ text, picture, about }) => ({ text, picture: picture?.picture, leaveOut: about?.sku, ...settings })),
  );
}

/** nP@10 of each request. */
export async function precisionsOf(catalog: ServedCatalog, asks: readonly Ask[]): Promise<number[]> {
  const answers = await answersOf(catalog, asks);
  return precisionsAt10(
    answers.map(({ skus }) => skus),
    asks,
  );
}

/** nP@10 of what each request found. @param found skus, best first, at the request's place */
export function precisionsAt10(found: readonly string[][], asks: readonly Ask[]): number[] {
  return found.map((skus, i) => precisionAt10(skus, asks[i]!.relevant));
}

/** 1 for true. */
export function shares(outcomes: readonly boolean[]): number[] {
  return outcomes.map(Number);
}
