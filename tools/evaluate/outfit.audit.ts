// Counts what is wrong with looks that a server gave, against the labels of the split. Its tables are its own, so that a mistake
// in the product's rules shows here. Pure; knows no server.
import type { Product } from './split.reader.js';

export interface AuditedPiece {
  slot: string;
  sku: string;
  title: string;
  /** Null: no price. */
  price: { amount: string; currency: string } | null;
}

export interface AuditedLook {
  pieces: readonly AuditedPiece[];
  weakestLink: string | null;
}

/** What was asked for, as far as looks have to hold it. */
export interface LookTerms {
  first: number;
  keepSkus: readonly string[];
  /** Of one currency with all prices. */
  budget: number | null;
  /** What each piece has to be, beside the look that it is in. */
  allows: (product: Product) => boolean;
  /** Sold out, hidden or deleted. */
  gone: ReadonlySet<string>;
}

export const VIOLATIONS = ['role', 'gender', 'age', 'twice', 'again', 'kept', 'budget', 'filter', 'gone'] as const;
export type Violation = (typeof VIOLATIONS)[number];

export interface Finding {
  violation: Violation;
  /** Which pieces, and what is wrong with them. */
  what: string;
}

/** Labels of whole garments by where they are worn; accessories are everything of their master category. */
const WORN: Readonly<Record<string, readonly string[]>> = {
  HEAD: ['Caps', 'Hat', 'Headband'],
  TOP: ['Tshirts', 'Shirts', 'Tops', 'Tunics', 'Kurtas', 'Kurtis', 'Sweaters', 'Sweatshirts'],
  BOTTOM: [
    ...['Jeans', 'Trousers', 'Track Pants', 'Leggings', 'Capris', 'Jeggings', 'Shorts', 'Skirts'],
    ...['Salwar', 'Patiala', 'Churidar', 'Salwar and Dupatta'],
  ],
  FULL_BODY: ['Dresses', 'Jumpsuit', 'Rompers', 'Sarees', 'Kurta Sets', 'Clothing Set', 'Tracksuits'],
  OUTER: ['Jackets', 'Blazers', 'Rain Jacket', 'Nehru Jackets', 'Waistcoat', 'Shrug'],
};
/** Worn with a look, and filed under apparel or given away. */
const CARRIED = ['Suspenders', 'Dupatta', 'Wallets'];
const NO_PART = ['Socks', 'Accessory Gift Set'];

/** Labels that no two people would wear at once: either both of a row's sides. */
const NEVER: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['Ties', 'Cufflinks'],
    ['Tshirts', 'Tops', 'Tunics', 'Kurtas', 'Kurtis', 'Sweatshirts', 'Dresses', 'Sarees', 'Jumpsuit'],
  ],
  [
    ['Ties', 'Cufflinks', 'Formal Shoes', 'Heels', 'Blazers', 'Waistcoat'],
    ['Shorts', 'Track Pants', 'Tracksuits'],
  ],
  [
    ['Blazers', 'Formal Shoes', 'Ties', 'Jackets', 'Rain Jacket', 'Gloves', 'Mufflers'],
    ['Flip Flops', 'Sports Sandals'],
  ],
  [['Jackets', 'Gloves', 'Mufflers', 'Sweaters'], ['Shorts']],
  [
    ['Sarees', 'Kurta Sets', 'Patiala', 'Salwar', 'Churidar'],
    ['Sports Shoes', 'Caps', 'Track Pants', 'Formal Shoes', 'Jackets', 'Rain Jacket'],
  ],
  [
    ['Patiala', 'Salwar', 'Churidar'],
    ['Tshirts', 'Shirts', 'Sweatshirts', 'Sweaters'],
  ],
  [['Suspenders'], ['Dresses', 'Sarees', 'Leggings', 'Track Pants', 'Skirts', 'Kurtas']],
];

const MALE = ['Men', 'Boys'];
const FEMALE = ['Women', 'Girls'];
const GROWN = ['Men', 'Women'];
const YOUNG = ['Boys', 'Girls', 'Kids'];
/** Labels that are women's and girls' whatever is said of the gender. */
const HERS = ['Dresses', 'Skirts', 'Sarees', 'Heels', 'Kurtis', 'Handbags', 'Clutches', 'Earrings', 'Bra', 'Leggings'];

/** Everything that is wrong with the looks of one answer. @param products by sku */
export function auditLooks(
  looks: readonly AuditedLook[],
  terms: LookTerms,
  products: ReadonlyMap<string, Product>,
): Finding[] {
  return [...looks.flatMap((look) => auditLook(look, terms, products)), ...repeats(looks, terms)];
}

function auditLook({ pieces }: AuditedLook, terms: LookTerms, products: ReadonlyMap<string, Product>): Finding[] {
  const worn = pieces.flatMap(({ slot, sku }) => {
    const product = products.get(sku);
    return product ? [{ slot, product }] : [];
  });
  return [
    ...placeFindings(worn, () => hasShoes(worn, terms, products)),
    ...worn.flatMap((a, i) => worn.slice(i + 1).flatMap((b) => pairFindings(a.product, b.product))),
    ...termFindings(pieces, worn, terms),
  ];
}

interface Worn {
  slot: string;
  product: Product;
}

/** Whether any shoes pass what was asked for and are cut for whom the look is. */
function hasShoes(worn: readonly Worn[], { allows, gone }: LookTerms, products: ReadonlyMap<string, Product>): boolean {
  return [...products.values()].some(
    (shoe) =>
      shoe.masterCategory === 'Footwear' &&
      !gone.has(shoe.sku) &&
      allows(shoe) &&
      worn.every(({ product }) => pairFindings(product, shoe).length === 0),
  );
}

/** @param hasShoes whether a look could have any */
function placeFindings(worn: readonly Worn[], hasShoes: () => boolean): Finding[] {
  const slots = worn.map(({ slot }) => slot);
  const findings: Finding[] = worn.flatMap(({ slot, product }) =>
    isWornAt(slot, product) ? [] : [{ violation: 'role', what: `${said(product)} as ${slot}` }],
  );
  if (new Set(slots).size < slots.length) findings.push({ violation: 'role', what: `a slot twice: ${slots.join()}` });
  const isWhole = slots.includes('FULL_BODY')
    ? !slots.includes('TOP') && !slots.includes('BOTTOM')
    : slots.includes('TOP') && slots.includes('BOTTOM');
  if (!isWhole || (!slots.includes('FEET') && hasShoes()))
    findings.push({ violation: 'role', what: `not whole: ${slots.join()}` });
  return findings;
}

function isWornAt(slot: string, { category, masterCategory }: Product): boolean {
  if (category === null) return true;
  if (slot === 'FEET') return masterCategory === null || masterCategory === 'Footwear';
  const place = Object.keys(WORN).find((each) => WORN[each]!.includes(category));
  if (slot !== 'ACCESSORY') return place === slot;
  if (place !== undefined || NO_PART.includes(category)) return false;
  return masterCategory === null || masterCategory === 'Accessories' || CARRIED.includes(category);
}

function pairFindings(a: Product, b: Product): Finding[] {
  const what = `${said(a)} with ${said(b)}`;
  const findings: Finding[] = [];
  const both = (first: readonly string[], second: readonly string[], of: (one: Product) => string): boolean =>
    (first.includes(of(a)) && second.includes(of(b))) || (first.includes(of(b)) && second.includes(of(a)));
  if (NEVER.some(([one, other]) => both(one, other, ({ category }) => category ?? ''))) {
    findings.push({ violation: 'role', what });
  }
  if (both(MALE, FEMALE, sexOf)) findings.push({ violation: 'gender', what });
  if (both(GROWN, YOUNG, ({ gender }) => gender ?? '')) findings.push({ violation: 'age', what });
  return findings;
}

/** The label, and where there is none, women for what only they wear. */
function sexOf({ gender, category }: Product): string {
  return gender ?? (category !== null && HERS.includes(category) ? 'Women' : '');
}

function termFindings(pieces: readonly AuditedPiece[], worn: readonly Worn[], terms: LookTerms): Finding[] {
  const skus = pieces.map(({ sku }) => sku);
  const findings: Finding[] = [];
  const missing = terms.keepSkus.filter((sku) => !skus.includes(sku));
  if (missing.length > 0) findings.push({ violation: 'kept', what: `without ${missing.join()}` });
  if (new Set(skus).size < skus.length) findings.push({ violation: 'twice', what: skus.join() });
  const titles = new Set(worn.map(({ product }) => product.title));
  if (titles.size < worn.length) findings.push({ violation: 'twice', what: 'one title twice' });
  const cents = pieces.reduce((sum, { price }) => sum + (price ? Math.round(100 * Number(price.amount)) : NaN), 0);
  if (terms.budget !== null && !(cents <= Math.round(100 * terms.budget))) {
    findings.push({ violation: 'budget', what: `${cents / 100} of ${terms.budget}` });
  }
  for (const { product } of worn) {
    if (terms.gone.has(product.sku)) findings.push({ violation: 'gone', what: said(product) });
    const isKept = terms.keepSkus.includes(product.sku);
    if (!isKept && !terms.allows(product)) findings.push({ violation: 'filter', what: said(product) });
  }
  return findings;
}

/** Pieces that a later look has again, though nobody locked them. */
function repeats(looks: readonly AuditedLook[], { keepSkus }: LookTerms): Finding[] {
  const seen = new Set(keepSkus);
  return looks.flatMap(({ pieces }) => {
    const again = pieces.filter(({ sku }) => seen.has(sku) && !keepSkus.includes(sku));
    for (const { sku } of pieces) seen.add(sku);
    return again.map(({ title, slot }): Finding => ({ violation: 'again', what: `“${title}” as ${slot}` }));
  });
}

function said({ title, category, gender }: Product): string {
  return `“${title}” (${category ?? 'no label'}, ${gender ?? 'for nobody knows whom'})`;
}
