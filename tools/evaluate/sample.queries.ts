// Owns what is asked: the requests of each figure and which garments answer them. All chance is seeded, so that every run and
// every figure asks the same. The definitions are those of models/training/fitroom_training/retrieval.py. Knows no server.
import { seededRandom } from '../../src/domain/shared/random.js';
import { CATEGORY_WORDS, TEMPLATES, type Language } from './lexicon.js';
import { hasWhatIsSaid, inColor, PhraseMaker } from './phrase.maker.js';
import { sampled, type ProductIndex } from './product.index.js';
import type { Product } from './split.reader.js';

export interface Ask {
  text?: string;
  /** Its picture is shown. */
  picture?: Product;
  /** The garment that the request is about; it is no answer. */
  about?: Product;
  /** Skus of the right answers, at least one. */
  relevant: ReadonlySet<string>;
}

/** A choice of words: the lexicon's own, or those that no stage of training sees. */
export interface Wording {
  language: Language;
  heldOut: boolean;
}

/** What can be asked about, and how much of it is. */
export interface AskSource {
  index: ProductIndex;
  /** Most requests of one figure; where there are more, chance picks, and both languages get the same. */
  sample: number;
}

const SAMPLE_SEED = 16;
const SWAP_PHRASE: Record<Language, string> = { en: 'in {c}', zh: '换成{c}' };

/** A category's word → pictures of it. */
export function categoryAsks({ index }: AskSource, { language, heldOut }: Wording): Ask[] {
  return index.commonCategories().flatMap((category) => {
    const words = CATEGORY_WORDS[category];
    if (!words) return [];
    return [{ text: (heldOut ? words.heldOut : words)[language][0]!, relevant: index.skusOf([category]) }];
  });
}

/** A title → the picture of the very garment. */
export function titleAsks({ index, sample }: AskSource): Ask[] {
  return some(index.products, sample).map(({ sku, title }) => ({ text: title, relevant: new Set([sku]) }));
}

/** A filled template → every picture that has what it names. Both languages ask about the same garments. */
export function templateAsks({ index, sample }: AskSource, { language, heldOut }: Wording): Ask[] {
  const maker = new PhraseMaker(seededRandom(17));
  return some(index.labelled(), sample).flatMap((product) => {
    const phrase = maker.describe(product, language, heldOut);
    if (!phrase) return [];
    const relevant = index.skusOf(phrase.categories, (other) => hasWhatIsSaid(other, phrase));
    return [{ text: phrase.text, relevant }];
  });
}

/** A picture → others of the same category and colour. */
export function pictureAsks({ index, sample }: AskSource): Ask[] {
  return some(index.withTwins(), sample).map((product) => ({
    picture: product,
    about: product,
    relevant: index.othersLike(product),
  }));
}

/** A picture and "in red", where it is not red → its category in red. */
export function swapAsks({ index, sample }: AskSource, { language, heldOut }: Wording): Ask[] {
  const random = seededRandom(4);
  return some(index.colorSwaps(seededRandom(7)), sample).flatMap(({ product, color }) => {
    const template = heldOut ? random.pick(TEMPLATES.heldOut.color[language]) : SWAP_PHRASE[language];
    const text = inColor(template, color, language);
    if (text === null) return [];
    return [{ text, picture: product, about: product, relevant: index.othersLike(product, color) }];
  });
}

/** A picture and "in red", where it is red already: the words must not hurt. */
export function ownColorAsks({ index, sample }: AskSource): Ask[] {
  const tryable = index.withTwins().filter(({ garmentType }) => garmentType !== null);
  return some(tryable, sample).flatMap((product) => {
    const text = inColor(SWAP_PHRASE.en, product.color, 'en');
    if (text === null) return [];
    return [{ text, picture: product, about: product, relevant: index.othersLike(product) }];
  });
}

/** A picture and words that name its own colour and category → others of both. */
export function describedAsks({ index, sample }: AskSource): Ask[] {
  const maker = new PhraseMaker(seededRandom(5));
  return some(index.withTwins(), sample).flatMap((product) => {
    const phrase = maker.fill('{c} {t}', product, 'en') ?? maker.fill('{t}', product, 'en');
    if (!phrase) return [];
    return [{ text: phrase.text, picture: product, about: product, relevant: index.othersLike(product) }];
  });
}

/** The same requests without their picture. */
export function wordsOf(asks: readonly Ask[]): Ask[] {
  return asks.map((ask) => ({ ...ask, picture: undefined }));
}

/** The same requests without their words. */
export function picturesOf(asks: readonly Ask[]): Ask[] {
  return asks.map((ask) => ({ ...ask, text: undefined }));
}

function some<T>(all: readonly T[], sample: number): T[] {
  return sampled(all, sample, seededRandom(SAMPLE_SEED));
}
