// Requests of each figure with the garments that are relevant to them. All random choices are seeded.
// Same definitions as in models/training/fitroom_training/retrieval.py.
import { seededRandom } from '../../src/domain/shared/random.js';
import { CATEGORY_WORDS, TEMPLATES, type Language } from './lexicon.js';
import { hasNamedLabels, inColor, PhraseMaker } from './phrase.maker.js';
import { sampled, type ProductIndex } from './product.index.js';
import type { Product } from './split.reader.js';

export interface SampleQuery {
  text?: string;
  /** The product whose picture the request shows. */
  picture?: Product;
  /** The garment that the request is about. It does not count as a result. */
  about?: Product;
  /** Skus of the relevant garments, at least one. */
  relevant: ReadonlySet<string>;
}

/** The choice of words: the lexicon's usual ones, or those that no training stage sees. */
export interface Wording {
  language: Language;
  heldOut: boolean;
}

/** The products that requests can be about, and the number of requests. */
export interface QuerySource {
  index: ProductIndex;
  /** Maximum number of requests of one figure. A larger set is sampled at random, the same for both languages. */
  sample: number;
}

const SAMPLE_SEED = 16;
const SWAP_PHRASE: Record<Language, string> = { en: 'in {c}', zh: '换成{c}' };

/** Returns queries with the name of a category. Pictures of the category are relevant. */
export function categoryQueries({ index }: QuerySource, { language, heldOut }: Wording): SampleQuery[] {
  return index.commonCategories().flatMap((category) => {
    const words = CATEGORY_WORDS[category];
    if (!words) return [];
    return [{ text: (heldOut ? words.heldOut : words)[language][0]!, relevant: index.skusOf([category]) }];
  });
}

/** Returns queries with a title. Only the picture of that garment is relevant. */
export function titleQueries({ index, sample }: QuerySource): SampleQuery[] {
  return sampleOf(index.products, sample).map(({ sku, title }) => ({ text: title, relevant: new Set([sku]) }));
}

/**
 * Returns queries with a filled template. Pictures with every named label are relevant.
 * Both languages use the same garments.
 */
export function templateQueries({ index, sample }: QuerySource, { language, heldOut }: Wording): SampleQuery[] {
  const maker = new PhraseMaker(seededRandom(17));
  return sampleOf(index.labeled(), sample).flatMap((product) => {
    const phrase = maker.describe(product, language, heldOut);
    if (!phrase) return [];
    const relevant = index.skusOf(phrase.categories, (other) => hasNamedLabels(other, phrase));
    return [{ text: phrase.text, relevant }];
  });
}

/** Returns queries with a picture. Other garments of the same category and color are relevant. */
export function pictureQueries({ index, sample }: QuerySource): SampleQuery[] {
  return sampleOf(index.withSimilar(), sample).map((product) => ({
    picture: product,
    about: product,
    relevant: index.othersLike(product),
  }));
}

/** Returns queries with a picture and another color ("in red"). Garments of its category in that color are relevant. */
export function colorSwapQueries({ index, sample }: QuerySource, { language, heldOut }: Wording): SampleQuery[] {
  const random = seededRandom(4);
  return sampleOf(index.colorSwaps(seededRandom(7)), sample).flatMap(({ product, color }) => {
    const template = heldOut ? random.pick(TEMPLATES.heldOut.color[language]) : SWAP_PHRASE[language];
    const text = inColor(template, color, language);
    if (text === null) return [];
    return [{ text, picture: product, about: product, relevant: index.othersLike(product, color) }];
  });
}

/** Returns queries with a picture and its own color. The text must not make the results worse. */
export function ownColorQueries({ index, sample }: QuerySource): SampleQuery[] {
  const tryable = index.withSimilar().filter(({ garmentType }) => garmentType !== null);
  return sampleOf(tryable, sample).flatMap((product) => {
    const text = inColor(SWAP_PHRASE.en, product.color, 'en');
    if (text === null) return [];
    return [{ text, picture: product, about: product, relevant: index.othersLike(product) }];
  });
}

/** Returns queries with a picture and its color and category. Other garments with both are relevant. */
export function describedQueries({ index, sample }: QuerySource): SampleQuery[] {
  const maker = new PhraseMaker(seededRandom(5));
  return sampleOf(index.withSimilar(), sample).flatMap((product) => {
    const phrase = maker.fill('{c} {t}', product, 'en') ?? maker.fill('{t}', product, 'en');
    if (!phrase) return [];
    return [{ text: phrase.text, picture: product, about: product, relevant: index.othersLike(product) }];
  });
}

/** Returns the same queries without their pictures. */
export function textsOnly(queries: readonly SampleQuery[]): SampleQuery[] {
  return queries.map((query) => ({ ...query, picture: undefined }));
}

/** Returns the same queries without their text. */
export function picturesOnly(queries: readonly SampleQuery[]): SampleQuery[] {
  return queries.map((query) => ({ ...query, text: undefined }));
}

function sampleOf<T>(all: readonly T[], sample: number): T[] {
  return sampled(all, sample, seededRandom(SAMPLE_SEED));
}
