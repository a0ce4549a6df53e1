// Requests of the outfit audit: text, pictures and both, in both languages, for every gender, age and occasion.
// Some have locked items, a budget, a filter or something to avoid. All random choices are seeded.
import { seededRandom, type Random } from '../../src/domain/shared/random.js';
import { colorFamilyOf, COLOR_WORDS, LANGUAGES, USAGE_WORDS, type Language } from './lexicon.js';
import type { OutfitTerms } from './outfit.audit.js';
import { PhraseMaker } from './phrase.maker.js';
import type { LabeledProduct, ProductIndex } from './product.index.js';
import type { Product } from './split.reader.js';

export const CURRENCY = 'EUR';
const OUTFITS = 3;
const SEED = 61;
/** Every n-th request has the option. The numbers are coprime, so that all combinations occur. */
const EVERY = { locked: 4, budget: 5, filter: 3, avoid: 7 } as const;

export interface OutfitQuery {
  input: { text?: string; image?: { base64: string }; filter?: Record<string, unknown>; avoid?: string };
  /** The request in words: its text, or the garment in its picture. */
  description: string;
  terms: Omit<OutfitTerms, 'unavailable'>;
}

/** Returns the requests. @param unavailable skus that cannot be locked */
export function outfitQueries(
  index: ProductIndex,
  count: number,
  unavailable: ReadonlySet<string>,
  seed = SEED,
): OutfitQuery[] {
  const random = seededRandom(seed);
  const maker = new PhraseMaker(random);
  const worn = index.labeled().filter(isWorn);
  const people = [...new Set(worn.map(({ gender }) => gender))].sort();
  return Array.from({ length: count }, (_, i) => {
    // in turn for every gender, because only one garment in thirty is for children
    const person = people[i % people.length]!;
    const about = random.pick(worn.filter(({ gender }) => gender === person));
    return queryAbout(about, i, { random, maker, worn, unavailable });
  });
}

interface Source {
  random: Random;
  maker: PhraseMaker;
  worn: readonly LabeledProduct[];
  unavailable: ReadonlySet<string>;
}

function queryAbout(about: LabeledProduct, i: number, { random, maker, worn, unavailable }: Source): OutfitQuery {
  const language = LANGUAGES[i % 2]!;
  const { text, image } = textAndImage(about, language, { random, maker });
  const filtered = i % EVERY.filter === 0 ? filterFor(about, random) : null;
  const avoided = i % EVERY.avoid === 0 ? avoidedColor(about, language, random) : null;
  const partners = i % EVERY.locked === 0 ? worn.filter((garment) => isPartner(garment, about, unavailable)) : [];
  const partner = partners.length > 0 ? random.pick(partners) : null;
  const budget = i % EVERY.budget === 0 ? Math.round(random.between(40, 320)) : null;
  const terms = {
    first: OUTFITS,
    keepSkus: partner ? [partner.sku] : [],
    budget,
    allows: constraintOf(filtered, avoided),
  };
  const picture = image && `picture of “${about.title}”`;
  const description = [text, picture, avoided && `avoid: ${avoided.words}`].filter(Boolean).join(' + ');
  return { input: { text, image, filter: filtered?.filter, avoid: avoided?.words }, description, terms };
}

function textAndImage(
  about: LabeledProduct,
  language: Language,
  source: Pick<Source, 'random' | 'maker'>,
): { text?: string; image?: { base64: string } } {
  const kind = source.random.pick(['words', 'words', 'picture', 'both'] as const);
  return {
    text: kind === 'picture' ? undefined : textFor(about, language, source),
    image: kind === 'words' ? undefined : { base64: Buffer.from(about.picture).toString('base64') },
  };
}

function constraintOf(
  filtered: { allows: (product: Product) => boolean } | null,
  avoided: { color: string } | null,
): (product: Product) => boolean {
  return (product) => (filtered?.allows(product) ?? true) && (avoided === null || product.color !== avoided.color);
}

function textFor(
  about: LabeledProduct,
  language: Language,
  { random, maker }: Pick<Source, 'random' | 'maker'>,
): string {
  const phrase = maker.describe(about, language, false);
  const occasion = USAGE_WORDS[about.usage ?? ''];
  if (!phrase) return about.title;
  return occasion && random.chance(0.3) ? `${phrase.text} ${occasion[language][0]!}` : phrase.text;
}

/** Returns a filter that every item must pass: by gender, by usage or by maximum price. */
function filterFor(
  { gender, usage }: LabeledProduct,
  random: Random,
): { filter: Record<string, unknown>; allows: (product: Product) => boolean } | null {
  const roll = random.next();
  if (roll < 0.4 && gender !== null) {
    const genders = [gender, 'Unisex'];
    const filter = { genders: genders.map((name) => name.toUpperCase()) };
    // the head fills in missing labels
    return { filter, allows: (product) => product.gender === null || genders.includes(product.gender) };
  }
  if (roll < 0.7 && usage !== null) {
    return { filter: { usages: [usage] }, allows: (product) => product.usage === null || product.usage === usage };
  }
  const maxPrice = Math.round(random.between(40, 90));
  return {
    filter: { maxPrice: String(maxPrice), currency: CURRENCY },
    allows: (product) => priceOf(product) <= maxPrice,
  };
}

/** Returns a color of another family, with its most common name. */
function avoidedColor(about: LabeledProduct, language: Language, random: Random): { color: string; words: string } {
  const others = ['Black', 'White', 'Blue', 'Red', 'Brown', 'Pink'].filter(
    (color) => colorFamilyOf(color) !== colorFamilyOf(about.color),
  );
  const color = random.pick(others);
  return { color, words: COLOR_WORDS[color]![language][0]! };
}

/** Returns true if a garment is available, for the same people and worn in another place. */
function isPartner(garment: LabeledProduct, about: LabeledProduct, unavailable: ReadonlySet<string>): boolean {
  return garment.gender === about.gender && !unavailable.has(garment.sku) && kindOf(garment) !== kindOf(about);
}

function kindOf({ category, masterCategory }: LabeledProduct): string {
  if (masterCategory !== 'Apparel') return masterCategory ?? '';
  return /jeans|trousers|pants|shorts|skirts|leggings|capris/i.test(category) ? 'Bottom' : 'Top';
}

const NEVER_IN_OUTFIT = /socks|brief|boxer|trunk|innerwear|bra$|camisole|lounge|night|bath|baby|gift|stockings|swim/i;

function isWorn({ masterCategory, category }: LabeledProduct): boolean {
  return ['Apparel', 'Footwear', 'Accessories'].includes(masterCategory ?? '') && !NEVER_IN_OUTFIT.test(category);
}

/**
 * Returns the price of a garment: 9.90 to 129.90, derived from its sku. Whole units plus 90 cents, so that sums are
 * exact.
 */
export function priceOf({ sku }: Product): number {
  const digits = [...sku].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 9973, 7);
  return 9 + (digits % 121) + 0.9;
}
