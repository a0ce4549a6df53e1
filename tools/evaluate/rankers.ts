// Rankers that the evaluation compares: the server with each fusion method, and baselines that use less of it or none.
import pLimit from 'p-limit';
import type { Random } from '../../src/domain/shared/random.js';
import { dot, type FusionMethod } from '../../src/domain/recommend/fusion.js';
import type { Encoders } from '../../src/inference/encoders.js';
import { QueryFuser } from '../../src/services/recommend/query.fuser.js';
import { rankByFullText } from './full.text.baseline.js';
import { picturesOnly, textsOnly, type SampleQuery } from './sample.queries.js';
import { colorHistogram } from './color.histogram.js';
import { recommendationsFor } from './evaluation.js';
import { ENCODED_AT_ONCE, type PictureVectors } from './picture.vectors.js';
import type { ServedCatalog, RecommendRequest } from './served.catalog.js';
import type { Product } from './split.reader.js';

export interface Ranker {
  /** Dotted prefix of the figure names. */
  name: string;
  label: string;
  /** Returns true if the ranker can serve such a query. */
  accepts: (query: SampleQuery) => boolean;
  /**
   * Returns for each query at least ten skus, or all of them, best first, without the garment that the query is about.
   */
  rank: (queries: readonly SampleQuery[]) => Promise<string[][]>;
}

const TOP = 10;
const hasText = ({ text }: SampleQuery): boolean => text !== undefined;
const hasPicture = ({ picture }: SampleQuery): boolean => picture !== undefined;
const hasBoth = (query: SampleQuery): boolean => hasText(query) && hasPicture(query);
const hasAny = (): boolean => true;

/** Returns the server with one fusion method as a ranker. */
export function servedRanker(catalog: ServedCatalog, method: FusionMethod, isDefault: boolean): Ranker {
  const label = isDefault ? `served, ${method} (default)` : `served, ${method}`;
  const rank = (queries: readonly SampleQuery[]) => skusFor(catalog, queries, isDefault ? undefined : { method });
  return { name: `fusion.${method}`, label, accepts: hasAny, rank };
}

/** Returns the server with equal weights for text and picture as a ranker. */
export function plainSum(catalog: ServedCatalog): Ranker {
  const fusion = { method: 'WEIGHTED_AVERAGE', textWeight: 1, imageWeight: 1 } as const;
  return {
    name: 'baseline.plainSum',
    label: 'served, plain sum',
    accepts: hasBoth,
    rank: (queries) => skusFor(catalog, queries, fusion),
  };
}

export function textOnly(catalog: ServedCatalog): Ranker {
  const rank = (queries: readonly SampleQuery[]) => skusFor(catalog, textsOnly(queries));
  return { name: 'baseline.wordsOnly', label: 'served, the text only', accepts: hasText, rank };
}

export function pictureOnly(catalog: ServedCatalog): Ranker {
  const rank = (queries: readonly SampleQuery[]) => skusFor(catalog, picturesOnly(queries));
  return { name: 'baseline.pictureOnly', label: 'served, the picture only', accepts: hasPicture, rank };
}

interface VectorSearch {
  encoders: Encoders;
  products: readonly Product[];
  pictures: PictureVectors;
}

/** Ranks by the fused vector against the pictures' vectors, without any other ranking step. */
export function vectorsOnly(parts: VectorSearch, method: FusionMethod): Ranker {
  const { encoders, products, pictures } = parts;
  const fuser = new QueryFuser(encoders);
  const limit = pLimit(ENCODED_AT_ONCE);
  return {
    name: `baseline.vectorsAlone.${method}`,
    label: `vectors without ranking, ${method}`,
    accepts: hasAny,
    async rank(queries) {
      const gallery = await pictures.ofAll(products);
      return limit.map(queries, async ({ text, picture, about }) => {
        const modalities = {
          text: text === undefined ? null : await encoders.encodeWords(text),
          image: picture ? await pictures.of(picture) : null,
        };
        const { image: target } = await fuser.fuse(modalities, fuser.choose(modalities, { method }));
        return bestMatches(products, (i) => dot(target, gallery[i]!), about);
      });
    },
  };
}

/**
 * Ranks by PostgreSQL full text over the split's real titles, in English. Most titles name type and color, which a
 * catalog of pictures lacks. Full text does not know that 红 is red or that a tee is a t-shirt.
 */
export function fullText(catalog: ServedCatalog, products: readonly Product[]): Ranker {
  const titles = products.map(({ title }) => title);
  const ownTitles = new Set(titles);
  return {
    name: 'baseline.fullText',
    label: 'PostgreSQL full text over the titles, text only',
    // searching a title among the titles is only string matching
    accepts: ({ text }) => text !== undefined && !ownTitles.has(text),
    async rank(queries) {
      const texts = queries.map(({ text }) => text!);
      const ranked = await rankByFullText(catalog.app.database, titles, texts, TOP + 1);
      return ranked.map((positions, i) =>
        withoutOwn(
          positions.map((position) => products[position]!.sku),
          queries[i]!,
        ),
      );
    },
  };
}

/** Ranks by the cosine of color histograms with 4 × 4 × 4 bins of red, green and blue. */
export function colorHistogramRanker(products: readonly Product[]): Ranker {
  return {
    name: 'baseline.colorHistogram',
    label: 'color histogram, picture only',
    accepts: hasPicture,
    async rank(queries) {
      const gallery = await Promise.all(products.map(({ picture }) => colorHistogram(picture)));
      const histograms = new Map(products.map(({ sku }, i) => [sku, gallery[i]!]));
      return queries.map(({ picture, about }) =>
        bestMatches(products, (i) => dot(histograms.get(picture!.sku)!, gallery[i]!), about),
      );
    },
  };
}

export function randomRanker(products: readonly Product[], random: Random): Ranker {
  const rank = (queries: readonly SampleQuery[]): Promise<string[][]> =>
    Promise.resolve(queries.map(({ about }) => bestMatches(products, () => random.next(), about)));
  return { name: 'baseline.random', label: 'random', accepts: hasAny, rank };
}

async function skusFor(
  catalog: ServedCatalog,
  queries: readonly SampleQuery[],
  fusion?: RecommendRequest['fusion'],
): Promise<string[][]> {
  const recommendations = await recommendationsFor(catalog, queries, { fusion });
  return recommendations.map(({ skus }) => skus);
}

function bestMatches(products: readonly Product[], similarity: (i: number) => number, about?: Product): string[] {
  const scored = products.map(({ sku }, i) => ({ sku, similarity: sku === about?.sku ? -Infinity : similarity(i) }));
  return scored
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, TOP)
    .map(({ sku }) => sku);
}

function withoutOwn(skus: readonly string[], { about }: SampleQuery): string[] {
  return skus.filter((sku) => sku !== about?.sku);
}
