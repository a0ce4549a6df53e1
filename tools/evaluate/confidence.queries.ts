// Owns requests of which it is known whether the catalog has a good answer: ordinary ones, and such that ask for nothing a
// shop has or for what has been taken out of it. The same number by chance in every run. Knows no server.
import { seededRandom, type Random } from '../../src/domain/shared/random.js';
import type { RequestKind } from '../../src/domain/recommend/fusion.js';
import {
  categoryAsks,
  describedAsks,
  pictureAsks,
  swapAsks,
  templateAsks,
  titleAsks,
  type AskSource,
} from './sample.queries.js';
import { pngOf } from '../../src/pictures/codec.js';
import { ATTRIBUTES, CATEGORY_WORDS, COLOR_WORDS, LANGUAGES } from './lexicon.js';
import type { Product } from './split.reader.js';

export interface LabelledRequest {
  kind: RequestKind;
  text?: string;
  picture?: Uint8Array;
  excludeSkus?: string[];
  /** Whether the catalog has a good answer. */
  isGood: boolean;
  /** What sort of request it is, for the table. */
  sort: string;
}

/** Of each sort. */
const MOST = 80;
const SIDE = 96;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const EMOJI = ['😀', '🎉', '🔥', '🐶', '🚀', '🍕', '🎸', '🌧'];

/** @param otherMatters sentences and words on other matters; held out from whatever chose the bundle's numbers */
export async function labelledRequests(source: AskSource, otherMatters: readonly string[]): Promise<LabelledRequest[]> {
  const random = seededRandom(31);
  const some = { ...source, sample: MOST };
  const nonsense = [...otherMatters, ...Array.from({ length: MOST / 2 }, () => gibberish(random))];
  const junk = await Promise.all(Array.from({ length: MOST }, (_, i) => junkPicture(i, random)));
  return [
    ...goodWords(some),
    ...nonsense.map((text) => ({ kind: 'text' as const, text, isGood: false, sort: 'nonsense' })),
    ...missingWords(source.index.products),
    ...pictureAsks(some).map(({ picture, about }) => ({
      ...pictured(picture!, about),
      kind: 'image' as const,
      isGood: true,
      sort: 'picture',
    })),
    ...junk.map((picture) => ({ kind: 'image' as const, picture, isGood: false, sort: 'junk picture' })),
    ...missingPictures(some),
    ...goodBoth(some),
    ...junk.map((picture, i) => {
      const text = nonsense[(i * 7) % nonsense.length]!;
      return { kind: 'both' as const, picture, text, isGood: false, sort: 'junk picture and nonsense' };
    }),
  ];
}

function goodWords(source: AskSource): LabelledRequest[] {
  const texts: [string, string[]][] = [
    ['title', titleAsks(source).map(({ text }) => text!)],
    ['attribute', saidAttributes(source.index.products)],
    ['brand', brands(source.index.products)],
    [
      'colour',
      Object.entries(COLOR_WORDS).flatMap(([color, { en, zh }]) => (isThere(source, color) ? [en[0]!, zh[0]!] : [])),
    ],
    ...LANGUAGES.flatMap((language): [string, string[]][] => [
      ['description', templateAsks(source, { language, heldOut: false }).map(({ text }) => text!)],
      ['category', categoryAsks(source, { language, heldOut: false }).map(({ text }) => text!)],
    ]),
  ];
  return texts.flatMap(([sort, list]) =>
    list.slice(0, MOST).map((text) => ({ kind: 'text' as const, text, isGood: true, sort })),
  );
}

function isThere({ index }: AskSource, color: string): boolean {
  return index.products.some((product) => product.color === color);
}

/** Attributes that at least three titles say. */
function saidAttributes(products: readonly Product[]): string[] {
  const titles = products.map(({ title }) => ` ${title.toLowerCase()} `);
  return ATTRIBUTES.flatMap(({ words, en, zh }) => {
    const saying = titles.filter((title) => words.some((word) => title.includes(` ${word} `)));
    return saying.length >= 3 ? [en[0]!, zh[0]!] : [];
  });
}

/** First words of three to forty titles: of these products, what they are made by. */
function brands(products: readonly Product[]): string[] {
  const counts = new Map<string, number>();
  for (const { title } of products) {
    const [first] = title.toLowerCase().split(' ');
    counts.set(first!, (counts.get(first!) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= 3 && count <= 40).map(([brand]) => brand);
}

function goodBoth(source: AskSource): LabelledRequest[] {
  const asks = [...swapAsks(source, { language: 'en', heldOut: false }), ...describedAsks(source)];
  const products = source.index.products;
  return asks.flatMap(({ text, picture, about }) => {
    const ask = { ...pictured(picture!, about), text, kind: 'both' as const };
    const without = skusLike(products, picture!);
    return [
      { ...ask, isGood: true, sort: 'picture and words' },
      { ...ask, excludeSkus: without, isGood: false, sort: 'both, taken out of the catalog' },
    ];
  });
}

/** Words for a category where nothing of its whole department is there: shoes in a shop without footwear. */
function missingWords(products: readonly Product[]): LabelledRequest[] {
  const categories = new Map(products.flatMap((one) => (one.category ? [[one.category, one] as const] : [])));
  return [...categories].flatMap(([category, product]) => {
    const words = CATEGORY_WORDS[category];
    if (!words) return [];
    const excludeSkus = skusLike(products, product);
    return [words.en[0]!, words.zh[0]!].map((text) => ({
      kind: 'text' as const,
      text,
      excludeSkus,
      isGood: false,
      sort: 'words, taken out of the catalog',
    }));
  });
}

function missingPictures(source: AskSource): LabelledRequest[] {
  return pictureAsks(source).map(({ picture }) => ({
    kind: 'image',
    picture: picture!.picture,
    excludeSkus: skusLike(source.index.products, picture!),
    isGood: false,
    sort: 'picture, taken out of the catalog',
  }));
}

function skusLike(products: readonly Product[], { masterCategory }: Product): string[] {
  return products.filter((other) => other.masterCategory === masterCategory).map(({ sku }) => sku);
}

function pictured(picture: Product, about?: Product): Pick<LabelledRequest, 'picture' | 'excludeSkus'> {
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

/** In turns one shade, a shade with noise, noise, and blobs. */
function junkPicture(i: number, random: Random): Promise<Uint8Array> {
  const shade = [0, 1, 2].map(() => Math.floor(random.next() * 256));
  const noise = [0, 8, 255, 255][i % 4]!;
  const pixels = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, at) => {
    const value = noise === 255 ? random.next() * 255 : shade[at % 3]! + (random.next() - 0.5) * noise;
    return Math.min(255, Math.max(0, value));
  });
  return pngOf(pixels, SIDE, i % 4 === 3 ? 9 : 0);
}
