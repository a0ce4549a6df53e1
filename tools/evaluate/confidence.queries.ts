// Labeled requests: does the catalog have a good recommendation for them or not?
// The unanswerable ones are nonsense, or ask for garments that the request excludes. Every run gives the same requests.
import { seededRandom, type Random } from '../../src/domain/shared/random.js';
import type { RequestKind } from '../../src/domain/recommend/fusion.js';
import {
  categoryQueries,
  describedQueries,
  pictureQueries,
  colorSwapQueries,
  templateQueries,
  titleQueries,
  type QuerySource,
} from './sample.queries.js';
import { pngOf } from '../../src/pictures/codec.js';
import { ATTRIBUTES, CATEGORY_WORDS, COLOR_WORDS, LANGUAGES } from './lexicon.js';
import type { Product } from './split.reader.js';

export interface LabeledRequest {
  kind: RequestKind;
  text?: string;
  picture?: Uint8Array;
  excludeSkus?: string[];
  /** True if the catalog has a good recommendation. */
  isGood: boolean;
  /** Sort of request, a row of the table. */
  sort: string;
}

/** Maximum number of requests of each sort. */
const MOST_PER_SORT = 80;
const PICTURE_SIDE = 96;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const EMOJI = ['😀', '🎉', '🔥', '🐶', '🚀', '🍕', '🎸', '🌧'];

/**
 * Returns the labeled requests.
 * @param otherMatters texts about other topics; they were not used to choose any number of the bundle
 */
export async function labeledRequests(source: QuerySource, otherMatters: readonly string[]): Promise<LabeledRequest[]> {
  const random = seededRandom(31);
  const limited = { ...source, sample: MOST_PER_SORT };
  const nonsense = [...otherMatters, ...Array.from({ length: MOST_PER_SORT / 2 }, () => gibberish(random))];
  const junk = await Promise.all(Array.from({ length: MOST_PER_SORT }, (_, i) => junkPicture(i, random)));
  return [
    ...goodTexts(limited),
    ...nonsense.map((text) => ({ kind: 'text' as const, text, isGood: false, sort: 'nonsense' })),
    ...textsWithoutMatch(source.index.products),
    ...pictureQueries(limited).map(({ picture, about }) => ({
      ...shownPicture(picture!, about),
      kind: 'image' as const,
      isGood: true,
      sort: 'picture',
    })),
    ...junk.map((picture) => ({ kind: 'image' as const, picture, isGood: false, sort: 'junk picture' })),
    ...picturesWithoutMatch(limited),
    ...goodBoth(limited),
    ...junk.map((picture, i) => {
      const text = nonsense[(i * 7) % nonsense.length]!;
      return { kind: 'both' as const, picture, text, isGood: false, sort: 'junk picture and nonsense' };
    }),
  ];
}

function goodTexts(source: QuerySource): LabeledRequest[] {
  const texts: [string, string[]][] = [
    ['title', titleQueries(source).map(({ text }) => text!)],
    ['attribute', attributesInTitles(source.index.products)],
    ['brand', brands(source.index.products)],
    [
      'color',
      Object.entries(COLOR_WORDS).flatMap(([color, { en, zh }]) => (hasColor(source, color) ? [en[0]!, zh[0]!] : [])),
    ],
    ...LANGUAGES.flatMap((language): [string, string[]][] => [
      ['description', templateQueries(source, { language, heldOut: false }).map(({ text }) => text!)],
      ['category', categoryQueries(source, { language, heldOut: false }).map(({ text }) => text!)],
    ]),
  ];
  return texts.flatMap(([sort, list]) =>
    list.slice(0, MOST_PER_SORT).map((text) => ({ kind: 'text' as const, text, isGood: true, sort })),
  );
}

function hasColor({ index }: QuerySource, color: string): boolean {
  return index.products.some((product) => product.color === color);
}

/** Returns words for the attributes that occur in at least three titles. */
function attributesInTitles(products: readonly Product[]): string[] {
  const titles = products.map(({ title }) => ` ${title.toLowerCase()} `);
  return ATTRIBUTES.flatMap(({ words, en, zh }) => {
    const matching = titles.filter((title) => words.some((word) => title.includes(` ${word} `)));
    return matching.length >= 3 ? [en[0]!, zh[0]!] : [];
  });
}

/** Returns first words that three to forty titles share. In this data they are the brands. */
function brands(products: readonly Product[]): string[] {
  const counts = new Map<string, number>();
  for (const { title } of products) {
    const [first] = title.toLowerCase().split(' ');
    counts.set(first!, (counts.get(first!) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= 3 && count <= 40).map(([brand]) => brand);
}

function goodBoth(source: QuerySource): LabeledRequest[] {
  const queries = [...colorSwapQueries(source, { language: 'en', heldOut: false }), ...describedQueries(source)];
  const products = source.index.products;
  return queries.flatMap(({ text, picture, about }) => {
    const query = { ...shownPicture(picture!, about), text, kind: 'both' as const };
    const excludeSkus = skusLike(products, picture!);
    return [
      { ...query, isGood: true, sort: 'picture and text' },
      { ...query, excludeSkus, isGood: false, sort: 'picture and text, excluded from the catalog' },
    ];
  });
}

/** Returns words for a category while its whole department is excluded, such as shoes in a shop without footwear. */
function textsWithoutMatch(products: readonly Product[]): LabeledRequest[] {
  const categories = new Map(
    products.flatMap((product) => (product.category ? [[product.category, product] as const] : [])),
  );
  return [...categories].flatMap(([category, product]) => {
    const words = CATEGORY_WORDS[category];
    if (!words) return [];
    const excludeSkus = skusLike(products, product);
    return [words.en[0]!, words.zh[0]!].map((text) => ({
      kind: 'text' as const,
      text,
      excludeSkus,
      isGood: false,
      sort: 'text, excluded from the catalog',
    }));
  });
}

function picturesWithoutMatch(source: QuerySource): LabeledRequest[] {
  return pictureQueries(source).map(({ picture }) => ({
    kind: 'image',
    picture: picture!.picture,
    excludeSkus: skusLike(source.index.products, picture!),
    isGood: false,
    sort: 'picture, excluded from the catalog',
  }));
}

function skusLike(products: readonly Product[], { masterCategory }: Product): string[] {
  return products.filter((other) => other.masterCategory === masterCategory).map(({ sku }) => sku);
}

function shownPicture(picture: Product, about?: Product): Pick<LabeledRequest, 'picture' | 'excludeSkus'> {
  return { picture: picture.picture, excludeSkus: about && [about.sku] };
}

function gibberish(random: Random): string {
  if (random.chance(0.15))
    return Array.from({ length: 1 + Math.floor(random.next() * 4) }, () => random.pick(EMOJI)).join('');
  if (random.chance(0.15)) return String(Math.floor(random.next() * 1e9));
  const word = (): string =>
    Array.from({ length: 3 + Math.floor(random.next() * 7) }, () => LETTERS[Math.floor(random.next() * 26)]!).join('');
  return Array.from({ length: 1 + Math.floor(random.next() * 3) }, word).join(' ');
}

/** Returns in turn a plain shade, a shade with noise, noise, and blobs. */
function junkPicture(i: number, random: Random): Promise<Uint8Array> {
  const shade = [0, 1, 2].map(() => Math.floor(random.next() * 256));
  const noise = [0, 8, 255, 255][i % 4]!;
  const pixels = Uint8Array.from({ length: PICTURE_SIDE * PICTURE_SIDE * 3 }, (_, at) => {
    const value = noise === 255 ? random.next() * 255 : shade[at % 3]! + (random.next() - 0.5) * noise;
    return Math.min(255, Math.max(0, value));
  });
  return pngOf(pixels, PICTURE_SIDE, i % 4 === 3 ? 9 : 0);
}
