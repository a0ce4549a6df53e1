// The requests that looks are audited with: words, pictures and both, in both languages, about garments of every gender, age and
// occasion; some with locked pieces, a budget, a filter, or something to avoid. All chance is seeded. Knows no server.
import { seededRandom, type Random } from '../../src/domain/shared/random.js';
import { colorFamilyOf, COLOR_WORDS, LANGUAGES, USAGE_WORDS, type Language } from './lexicon.js';
import type { LookTerms } from './outfit.audit.js';
import { PhraseMaker } from './phrase.maker.js';
import type { Labelled, ProductIndex } from './product.index.js';
import type { Product } from './split.reader.js';

export const CURRENCY = 'EUR';
const LOOKS = 3;
const SEED = 61;
/** Every so many-th request has it. Coprime, so that all combinations come. */
const EVERY = { kept: 4, budget: 5, filter: 3, avoid: 7 } as const;

export interface LookAsk {
  input: { text?: string; image?: { base64: string }; filter?: Record<string, unknown>; avoid?: string };
  /** How the request was put: its words, or which picture it shows. */
  said: string;
  terms: Omit<LookTerms, 'gone'>;
}

/** @param gone skus that cannot be locked */
export function lookAsks(index: ProductIndex, count: number, gone: ReadonlySet<string>, seed = SEED): LookAsk[] {
  const random = seededRandom(seed);
  const maker = new PhraseMaker(random);
  const worn = index.labelled().filter(isWorn);
  const people = [...new Set(worn.map(({ gender }) => gender))].sort();
  return Array.from({ length: count }, (_, i) => {
    // by turns for everybody, as children are one garment in thirty
    const cutFor = people[i % people.length]!;
    const about = random.pick(worn.filter(({ gender }) => gender === cutFor));
    return askAbout(about, i, { random, maker, worn, gone });
  });
}

interface Source {
  random: Random;
  maker: PhraseMaker;
  worn: readonly Labelled[];
  gone: ReadonlySet<string>;
}

function askAbout(about: Labelled, i: number, { random, maker, worn, gone }: Source): LookAsk {
  const language = LANGUAGES[i % 2]!;
  const { text, image } = shownOrSaid(about, language, { random, maker });
  const filtered = i % EVERY.filter === 0 ? filterFor(about, random) : null;
  const avoided = i % EVERY.avoid === 0 ? avoidedColour(about, language, random) : null;
  const partners = i % EVERY.kept === 0 ? worn.filter((one) => isPartner(one, about, gone)) : [];
  const partner = partners.length > 0 ? random.pick(partners) : null;
  const budget = i % EVERY.budget === 0 ? Math.round(random.between(40, 320)) : null;
  const terms = { first: LOOKS, keepSkus: partner ? [partner.sku] : [], budget, allows: allowing(filtered, avoided) };
  const picture = image && `picture of “${about.title}”`;
  const said = [text, picture, avoided && `avoid: ${avoided.words}`].filter(Boolean).join(' + ');
  return { input: { text, image, filter: filtered?.filter, avoid: avoided?.words }, said, terms };
}

function shownOrSaid(
  about: Labelled,
  language: Language,
  source: Pick<Source, 'random' | 'maker'>,
): { text?: string; image?: { base64: string } } {
  const kind = source.random.pick(['words', 'words', 'picture', 'both'] as const);
  return {
    text: kind === 'picture' ? undefined : wordsFor(about, language, source),
    image: kind === 'words' ? undefined : { base64: Buffer.from(about.picture).toString('base64') },
  };
}

function allowing(
  filtered: { allows: (one: Product) => boolean } | null,
  avoided: { color: string } | null,
): (one: Product) => boolean {
  return (one) => (filtered?.allows(one) ?? true) && (avoided === null || one.color !== avoided.color);
}

function wordsFor(about: Labelled, language: Language, { random, maker }: Pick<Source, 'random' | 'maker'>): string {
  const phrase = maker.describe(about, language, false);
  const occasion = USAGE_WORDS[about.usage ?? ''];
  if (!phrase) return about.title;
  return occasion && random.chance(0.3) ? `${phrase.text} ${occasion[language][0]!}` : phrase.text;
}

/** What all pieces have to hold: whom they are cut for, what they are worn for, or what one costs. */
function filterFor(
  { gender, usage }: Labelled,
  random: Random,
): { filter: Record<string, unknown>; allows: (one: Product) => boolean } | null {
  const roll = random.next();
  if (roll < 0.4 && gender !== null) {
    const genders = [gender, 'Unisex'];
    const filter = { genders: genders.map((name) => name.toUpperCase()) };
    // labels that are missing are filled in by the head
    return { filter, allows: (one) => one.gender === null || genders.includes(one.gender) };
  }
  if (roll < 0.7 && usage !== null) {
    return { filter: { usages: [usage] }, allows: (one) => one.usage === null || one.usage === usage };
  }
  const maxPrice = Math.round(random.between(40, 90));
  return { filter: { maxPrice: String(maxPrice), currency: CURRENCY }, allows: (one) => priceOf(one) <= maxPrice };
}

/** A colour of another family, by its commonest name. */
function avoidedColour(about: Labelled, language: Language, random: Random): { color: string; words: string } {
  const others = ['Black', 'White', 'Blue', 'Red', 'Brown', 'Pink'].filter(
    (color) => colorFamilyOf(color) !== colorFamilyOf(about.color),
  );
  const color = random.pick(others);
  return { color, words: COLOR_WORDS[color]![language][0]! };
}

/** In stock, cut for the same people, and worn in another place. */
function isPartner(one: Labelled, about: Labelled, gone: ReadonlySet<string>): boolean {
  return one.gender === about.gender && !gone.has(one.sku) && kindOf(one) !== kindOf(about);
}

function kindOf({ category, masterCategory }: Labelled): string {
  if (masterCategory !== 'Apparel') return masterCategory ?? '';
  return /jeans|trousers|pants|shorts|skirts|leggings|capris/i.test(category) ? 'Bottom' : 'Top';
}

const UNWORN = /socks|brief|boxer|trunk|innerwear|bra$|camisole|lounge|night|bath|baby|gift|stockings|swim/i;

function isWorn({ masterCategory, category }: Labelled): boolean {
  return ['Apparel', 'Footwear', 'Accessories'].includes(masterCategory ?? '') && !UNWORN.test(category);
}

/** What a garment costs here: 9.90 to 129.90, by its sku. In whole units and ten cents, so that sums are exact. */
export function priceOf({ sku }: Product): number {
  const digits = [...sku].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 9973, 7);
  return 9 + (digits % 121) + 0.9;
}
