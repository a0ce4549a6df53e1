// One item of a Google product feed as a garment, by the product data specification:
// https://support.google.com/merchants/answer/7052112.
import { lookUp } from '../domain/shared/table.js';
import type { Gender } from '../domain/catalog/garment.js';
import type { GarmentInput } from '../domain/catalog/garment.input.js';
import { rowUnreadable, type FeedItem } from './feed.js';
import { plainText } from './plain.text.js';
import { variantSku } from './variants.js';

/** Attributes by name. For a repeated attribute, the first one that is not empty. */
export type GoogleAttributes = Readonly<Record<string, string>>;

const IN_STOCK: Record<string, boolean> = {
  in_stock: true,
  preorder: true,
  backorder: true,
  limited_availability: true,
  out_of_stock: false,
};

const ADULTS: Record<string, Gender> = { male: 'MEN', female: 'WOMEN', unisex: 'UNISEX' };
const CHILDREN: Record<string, Gender> = { male: 'BOYS', female: 'GIRLS', unisex: 'KIDS' };

/** The clothing categories of Google's taxonomy that feeds name by number. */
const TAXONOMY: Record<string, string> = {
  '173': 'Hats',
  '187': 'Shoes',
  '203': 'Outerwear',
  '204': 'Pants',
  '207': 'Shorts',
  '212': 'Shirts & Tops',
  '1581': 'Skirts',
  '2271': 'Dresses',
};

/** Returns the normalized name of an attribute: `g:image_link`, "Image Link" and image_link are one attribute. */
export function attributeName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^g:/, '')
    .replace(/[\s-]+/g, '_');
}

/**
 * Converts an item to a garment, or to a failure. A size of a product with several sizes is marked as a variant, with a
 * sku from product and color.
 * @param now decides if a sale price is in effect
 */
export function googleGarment(row: number, attributes: GoogleAttributes, now: Date): FeedItem {
  const { id, title, item_group_id: group, color } = attributes;
  if (!id) return rowUnreadable(row, null, 'The item has no id.');
  if (!title) return rowUnreadable(row, id, 'The item has no title.');
  const price = effectivePrice(attributes, now);
  if (price === 'unreadable') return rowUnreadable(row, id, 'A price must have an amount and a currency: "49.90 EUR".');
  const availability = attributes['availability']?.toLowerCase().replace(/[\s-]+/g, '_');
  if (availability !== undefined && !Object.hasOwn(IN_STOCK, availability)) {
    return rowUnreadable(row, id, 'The availability must be in_stock, out_of_stock, preorder or backorder.');
  }
  const input: GarmentInput = withoutEmptyFields({
    sku: group ? variantSku(group, color) : id,
    title,
    description: attributes['description'] && plainText(attributes['description']),
    brand: attributes['brand'],
    category: categoryOf(attributes),
    color,
    material: attributes['material'],
    gender: genderOf(attributes['gender'], attributes['age_group']),
    tags: tagsOf(attributes),
    sizes: attributes['size'] ? [attributes['size']] : undefined,
    price,
    inStock: availability === undefined ? undefined : lookUp(IN_STOCK, availability),
    productUrl: attributes['link'],
    image: attributes['image_link'] ? { kind: 'url', url: attributes['image_link'] } : undefined,
  });
  return { row, input, isVariant: group !== undefined };
}

/** Drops empty fields: a field that the feed lacks keeps its stored value. */
export function withoutEmptyFields(input: GarmentInput): GarmentInput {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== '')) as never;
}

function effectivePrice(attributes: GoogleAttributes, now: Date): GarmentInput['price'] | 'unreadable' {
  const sale = attributes['sale_price'];
  const text = sale && isWithin(attributes['sale_price_effective_date'], now) ? sale : attributes['price'];
  if (!text) return undefined;
  const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]{3})$|^([A-Za-z]{3})\s*(\d+(?:\.\d+)?)$/.exec(text.trim());
  if (!match) return 'unreadable';
  return { amount: (match[1] ?? match[4])!, currency: (match[2] ?? match[3])!.toUpperCase() };
}

/**
 * Returns true if the time is within a period such as "2026-11-01T00:00+0100/2026-12-01T00:00+0100". Without a readable
 * period it is always true.
 */
function isWithin(period: string | undefined, now: Date): boolean {
  const [from, to] = (period ?? '').split('/').map((instant) => Date.parse(instant.trim()));
  return !(from! > now.getTime()) && !(to! < now.getTime());
}

function categoryOf({ product_type: own, google_product_category: taxonomy }: GoogleAttributes): string | undefined {
  const path = own ?? (taxonomy && (lookUp(TAXONOMY, taxonomy.trim()) ?? taxonomy));
  const last = path?.split('>').at(-1)!.trim();
  return last && !/^\d+$/.test(last) ? last : undefined;
}

export function genderOf(gender: string | undefined, age: string | undefined): Gender | undefined {
  const isChild = age !== undefined && /^(newborn|infant|toddler|kids)$/i.test(age);
  return lookUp(isChild ? CHILDREN : ADULTS, gender?.toLowerCase() ?? (isChild ? 'unisex' : ''));
}

function tagsOf(attributes: GoogleAttributes): string[] | undefined {
  const labels = [attributes['pattern'], ...[0, 1, 2, 3, 4].map((n) => attributes[`custom_label_${n}`])];
  const tags = labels.filter((label): label is string => Boolean(label));
  return tags.length > 0 ? tags : undefined;
}
