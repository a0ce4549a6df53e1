// Audit of outfits against the labels of the split.
// It has its own tables, so that it detects a mistake in the product's rules.
import type { Product } from './split.reader.js';

export interface AuditedItem {
  slot: string;
  sku: string;
  title: string;
  /** Null if the garment has no price. */
  price: { amount: string; currency: string } | null;
}

export interface AuditedOutfit {
  items: readonly AuditedItem[];
  weakestLink: string | null;
}

/** The constraints of a request that its outfits must satisfy. */
export interface OutfitTerms {
  first: number;
  keepSkus: readonly string[];
  /** In the currency of all prices. Null for no budget. */
  budget: number | null;
  /** Returns true if a garment may be in an outfit, without regard to the other items. */
  allows: (product: Product) => boolean;
  /** Skus that are sold out, hidden or deleted. */
  unavailable: ReadonlySet<string>;
}

export const VIOLATIONS = ['role', 'gender', 'age', 'twice', 'again', 'kept', 'budget', 'filter', 'gone'] as const;
export type Violation = (typeof VIOLATIONS)[number];

export interface Finding {
  violation: Violation;
  /** The items and what is wrong with them. */
  what: string;
}

/**
 * Labels of garments by the slot in which they are worn. Every other label of the master category Accessories is an
 * accessory.
 */
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
/** Accessories that have another master category in the data, such as Apparel or Free Items. */
const EXTRA_ACCESSORIES = ['Suspenders', 'Dupatta', 'Wallets'];
const NEVER_IN_OUTFIT = ['Socks', 'Accessory Gift Set'];

/** Labels that nobody wears together: one label of the first list with one of the second. */
const INCOMPATIBLE: readonly (readonly [readonly string[], readonly string[]])[] = [
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
const ADULTS = ['Men', 'Women'];
const CHILDREN = ['Boys', 'Girls', 'Kids'];
/** Labels that are for women and girls even if the gender is unknown. */
const WOMENS_LABELS = [
  'Dresses',
  'Skirts',
  'Sarees',
  'Heels',
  'Kurtis',
  'Handbags',
  'Clutches',
  'Earrings',
  'Bra',
  'Leggings',
];

/** Returns all violations in the outfits of one recommendation. @param products by sku */
export function auditOutfits(
  outfits: readonly AuditedOutfit[],
  terms: OutfitTerms,
  products: ReadonlyMap<string, Product>,
): Finding[] {
  return [...outfits.flatMap((outfit) => auditOutfit(outfit, terms, products)), ...repeats(outfits, terms)];
}

function auditOutfit({ items }: AuditedOutfit, terms: OutfitTerms, products: ReadonlyMap<string, Product>): Finding[] {
  const worn = items.flatMap(({ slot, sku }) => {
    const product = products.get(sku);
    return product ? [{ slot, product }] : [];
  });
  return [
    ...slotFindings(worn, () => hasShoes(worn, terms, products)),
    ...worn.flatMap((a, i) => worn.slice(i + 1).flatMap((b) => pairFindings(a.product, b.product))),
    ...constraintFindings(items, worn, terms),
  ];
}

interface Worn {
  slot: string;
  product: Product;
}

/** Returns true if the split has shoes that satisfy the request and fit the people whom the outfit is for. */
function hasShoes(
  worn: readonly Worn[],
  { allows, unavailable }: OutfitTerms,
  products: ReadonlyMap<string, Product>,
): boolean {
  return [...products.values()].some(
    (shoe) =>
      shoe.masterCategory === 'Footwear' &&
      !unavailable.has(shoe.sku) &&
      allows(shoe) &&
      worn.every(({ product }) => pairFindings(product, shoe).length === 0),
  );
}

/** Returns missing, duplicate and wrong slots. @param hasShoes returns true if the outfit could have shoes */
function slotFindings(worn: readonly Worn[], hasShoes: () => boolean): Finding[] {
  const slots = worn.map(({ slot }) => slot);
  const findings: Finding[] = worn.flatMap(({ slot, product }) =>
    isWornAt(slot, product) ? [] : [{ violation: 'role', what: `${describe(product)} as ${slot}` }],
  );
  if (new Set(slots).size < slots.length)
    findings.push({ violation: 'role', what: `slot used twice: ${slots.join()}` });
  const isWhole = slots.includes('FULL_BODY')
    ? !slots.includes('TOP') && !slots.includes('BOTTOM')
    : slots.includes('TOP') && slots.includes('BOTTOM');
  if (!isWhole || (!slots.includes('FEET') && hasShoes()))
    findings.push({ violation: 'role', what: `incomplete: ${slots.join()}` });
  return findings;
}

function isWornAt(slot: string, { category, masterCategory }: Product): boolean {
  if (category === null) return true;
  if (slot === 'FEET') return masterCategory === null || masterCategory === 'Footwear';
  const wornSlot = Object.keys(WORN).find((each) => WORN[each]!.includes(category));
  if (slot !== 'ACCESSORY') return wornSlot === slot;
  if (wornSlot !== undefined || NEVER_IN_OUTFIT.includes(category)) return false;
  return masterCategory === null || masterCategory === 'Accessories' || EXTRA_ACCESSORIES.includes(category);
}

function pairFindings(a: Product, b: Product): Finding[] {
  const what = `${describe(a)} with ${describe(b)}`;
  const findings: Finding[] = [];
  const both = (first: readonly string[], second: readonly string[], labelOf: (product: Product) => string): boolean =>
    (first.includes(labelOf(a)) && second.includes(labelOf(b))) ||
    (first.includes(labelOf(b)) && second.includes(labelOf(a)));
  if (INCOMPATIBLE.some(([labels, others]) => both(labels, others, ({ category }) => category ?? ''))) {
    findings.push({ violation: 'role', what });
  }
  if (both(MALE, FEMALE, genderOf)) findings.push({ violation: 'gender', what });
  if (both(ADULTS, CHILDREN, ({ gender }) => gender ?? '')) findings.push({ violation: 'age', what });
  return findings;
}

/** Returns the gender label. If it is missing, returns "Women" for labels that only women wear. */
function genderOf({ gender, category }: Product): string {
  return gender ?? (category !== null && WOMENS_LABELS.includes(category) ? 'Women' : '');
}

function constraintFindings(items: readonly AuditedItem[], worn: readonly Worn[], terms: OutfitTerms): Finding[] {
  const skus = items.map(({ sku }) => sku);
  const findings: Finding[] = [];
  const missing = terms.keepSkus.filter((sku) => !skus.includes(sku));
  if (missing.length > 0) findings.push({ violation: 'kept', what: `without ${missing.join()}` });
  if (new Set(skus).size < skus.length) findings.push({ violation: 'twice', what: skus.join() });
  const titles = new Set(worn.map(({ product }) => product.title));
  if (titles.size < worn.length) findings.push({ violation: 'twice', what: 'the same title twice' });
  const cents = items.reduce((sum, { price }) => sum + (price ? Math.round(100 * Number(price.amount)) : NaN), 0);
  if (terms.budget !== null && !(cents <= Math.round(100 * terms.budget))) {
    findings.push({ violation: 'budget', what: `${cents / 100} of ${terms.budget}` });
  }
  for (const { product } of worn) {
    if (terms.unavailable.has(product.sku)) findings.push({ violation: 'gone', what: describe(product) });
    const isLocked = terms.keepSkus.includes(product.sku);
    if (!isLocked && !terms.allows(product)) findings.push({ violation: 'filter', what: describe(product) });
  }
  return findings;
}

/** Returns items that also occur in an earlier outfit, except locked ones. */
function repeats(outfits: readonly AuditedOutfit[], { keepSkus }: OutfitTerms): Finding[] {
  const seen = new Set(keepSkus);
  return outfits.flatMap(({ items }) => {
    const again = items.filter(({ sku }) => seen.has(sku) && !keepSkus.includes(sku));
    for (const { sku } of items) seen.add(sku);
    return again.map(({ title, slot }): Finding => ({ violation: 'again', what: `“${title}” as ${slot}` }));
  });
}

function describe({ title, category, gender }: Product): string {
  return `“${title}” (${category ?? 'no label'}, ${gender ?? 'unknown gender'})`;
}
