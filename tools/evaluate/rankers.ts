// Owns the ways of answering that are compared: the server by each fusion, and baselines in the same run that use less of it
// or nothing: vectors without ranking, one side alone, full text, colours, chance.
import pLimit from 'p-limit';
import type { Random } from '../../src/domain/shared/random.js';
import { dot, type FusionMethod } from '../../src/domain/recommend/fusion.js';
import type { Encoders } from '../../src/inference/encoders.js';
import { QueryFuser } from '../../src/services/recommend/query.fuser.js';
import { rankByFullText } from './full.text.baseline.js';
import { picturesOf, wordsOf, type Ask } from './sample.queries.js';
import { colorHistogram } from './color.histogram.js';
import { answersOf } from './evaluation.js';
import { ENCODED_AT_ONCE, type PictureVectors } from './picture.vectors.js';
import type { ServedCatalog, Wish } from './served.catalog.js';
import type { Product } from './split.reader.js';

export interface Ranker {
  /** Dotted, before the name of the task. */
  name: string;
  label: string;
  /** Whether it can answer a request of this kind at all. */
  takes: (ask: Ask) => boolean;
  /** Skus, best first, at least ten where there are as many; none of them the garment asked about. */
  rank: (asks: readonly Ask[]) => Promise<string[][]>;
}

const SHOWN = 10;
const hasWords = ({ text }: Ask): boolean => text !== undefined;
const hasPicture = ({ picture }: Ask): boolean => picture !== undefined;
const hasBoth = (ask: Ask): boolean => hasWords(ask) && hasPicture(ask);
const hasAny = (): boolean => true;

/** What the server answers, by one fusion method. */
export function servedBy(catalog: ServedCatalog, method: FusionMethod, isDefault: boolean): Ranker {
  const label = isDefault ? `served, ${method} (default)` : `served, ${method}`;
  const rank = (asks: readonly Ask[]) => ranked(catalog, asks, isDefault ? undefined : { method });
  return { name: `fusion.${method}`, label, takes: hasAny, rank };
}

/** The server with words and picture weighing the same. */
export function plainSum(catalog: ServedCatalog): Ranker {
  const fusion = { method: 'WEIGHTED_AVERAGE', textWeight: 1, imageWeight: 1 } as const;
  return {
    name: 'baseline.plainSum',
    label: 'served, plain sum',
    takes: hasBoth,
    rank: (asks) => ranked(catalog, asks, fusion),
  };
}

export function wordsOnly(catalog: ServedCatalog): Ranker {
  const rank = (asks: readonly Ask[]) => ranked(catalog, wordsOf(asks));
  return { name: 'baseline.wordsOnly', label: 'served, the words only', takes: hasWords, rank };
}

export function pictureOnly(catalog: ServedCatalog): Ranker {
  const rank = (asks: readonly Ask[]) => ranked(catalog, picturesOf(asks));
  return { name: 'baseline.pictureOnly', label: 'served, the picture only', takes: hasPicture, rank };
}

interface VectorSearch {
  encoders: Encoders;
  products: readonly Product[];
  pictures: PictureVectors;
}

/** The fused vector against pictures' vectors, and nothing else of the ranking. */
export function vectorsAlone(parts: VectorSearch, method: FusionMethod): Ranker {
  const { encoders, products, pictures } = parts;
  const fuser = new QueryFuser(encoders);
  const limit = pLimit(ENCODED_AT_ONCE);
  return {
    name: `baseline.vectorsAlone.${method}`,
    label: `vectors without ranking, ${method}`,
    takes: hasAny,
    async rank(asks) {
      const gallery = await pictures.ofAll(products);
      return limit.map(asks, async ({ text, picture, about }) => {
        const sides = {
          text: text === undefined ? null : await encoders.encodeWords(text),
          image: picture ? await pictures.of(picture) : null,
        };
        const { image: wanted } = await fuser.fuse(sides, fuser.choose(sides, { method }));
        return nearest(products, (i) => dot(wanted, gallery[i]!), about);
      });
    },
  };
}

/**
 * PostgreSQL over the split's real titles, in English. Titles name type and colour of most garments, so it has what a
 * picture-only catalog has not; nothing in it knows that 红 is red or that a tee is a t-shirt.
 */
export function fullText(catalog: ServedCatalog, products: readonly Product[]): Ranker {
  const titles = products.map(({ title }) => title);
  const own = new Set(titles);
  return {
    name: 'baseline.fullText',
    label: 'PostgreSQL full text over the titles, words only',
    // a title among the titles is string matching
    takes: ({ text }) => text !== undefined && !own.has(text),
    async rank(asks) {
      const queries = asks.map(({ text }) => text!);
      const found = await rankByFullText(catalog.app.database, titles, queries, SHOWN + 1);
      return found.map((positions, i) =>
        withoutOwn(
          positions.map((position) => products[position]!.sku),
          asks[i]!,
        ),
      );
    },
  };
}

/** Cosine of histograms of 4 × 4 × 4 bins of red, green and blue. */
export function colorsAlone(products: readonly Product[]): Ranker {
  return {
    name: 'baseline.colorHistogram',
    label: 'colour histogram, picture only',
    takes: hasPicture,
    async rank(asks) {
      const gallery = await Promise.all(products.map(({ picture }) => colorHistogram(picture)));
      const own = new Map(products.map(({ sku }, i) => [sku, gallery[i]!]));
      return asks.map(({ picture, about }) =>
        nearest(products, (i) => dot(own.get(picture!.sku)!, gallery[i]!), about),
      );
    },
  };
}

export function chance(products: readonly Product[], random: Random): Ranker {
  const rank = (asks: readonly Ask[]): Promise<string[][]> =>
    Promise.resolve(asks.map(({ about }) => nearest(products, () => random.next(), about)));
  return { name: 'baseline.random', label: 'chance', takes: hasAny, rank };
}

async function ranked(catalog: ServedCatalog, asks: readonly Ask[], fusion?: Wish['fusion']): Promise<string[][]> {
  const answers = await answersOf(catalog, asks, { fusion });
  return answers.map(({ skus }) => skus);
}

function nearest(products: readonly Product[], likeness: (i: number) => number, about?: Product): string[] {
  const scored = products.map(({ sku }, i) => ({ sku, likeness: sku === about?.sku ? -Infinity : likeness(i) }));
  return scored
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, SHOWN)
    .map(({ sku }) => sku);
}

function withoutOwn(skus: readonly string[], { about }: Ask): string[] {
  return skus.filter((sku) => sku !== about?.sku);
}
