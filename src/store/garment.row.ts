// A garment as a database row: its columns and the conversion to a Garment.
import type { Garment, GarmentType, Gender, InferableField } from '../domain/catalog/garment.js';
import { cursorParts, opaqueCursor } from '../domain/shared/page.js';

export interface GarmentRow {
  id: string;
  sku: string;
  title: string;
  description: string | null;
  brand: string | null;
  category: string | null;
  garment_type: GarmentType | null;
  color: string | null;
  material: string | null;
  gender: Gender | null;
  usage: string | null;
  tags: string[];
  sizes: string[];
  /** numeric, as exact text */
  price: string | null;
  currency: string | null;
  in_stock: boolean;
  product_url: string | null;
  inferred_fields: InferableField[];
  created_at: Date;
  updated_at: Date;
  image_hash: string | null;
}

/** Columns of GarmentRow, selected from GARMENT_TABLES. */
export const GARMENT_COLUMNS = `g.id, g.sku, g.title, g.description, g.brand, g.category, g.garment_type, g.color, g.material,
  g.gender, g.usage, g.tags, g.sizes, g.price, g.currency, g.in_stock, g.product_url, g.inferred_fields, g.created_at,
  g.updated_at, i.content_hash as image_hash`;

export const GARMENT_TABLES =
  'garments g left join garment_images i on i.store_id = g.store_id and i.garment_id = g.id';

export function garmentOf(row: GarmentRow): Garment {
  return {
    id: row.id,
    sku: row.sku,
    title: row.title,
    description: row.description,
    brand: row.brand,
    category: row.category,
    garmentType: row.garment_type,
    color: row.color,
    material: row.material,
    gender: row.gender,
    usage: row.usage,
    tags: row.tags,
    sizes: row.sizes,
    price: row.price === null ? null : { amount: row.price, currency: row.currency! },
    inStock: row.in_stock,
    productUrl: row.product_url,
    inferredFields: row.inferred_fields,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    imageHash: row.image_hash,
  };
}

/** Returns the cursor of a garment in a page ordered by sku. */
export function skuCursor(sku: string): string {
  return opaqueCursor(`s1:${sku}`);
}

/** Returns the sku of a cursor. @throws FitroomError CURSOR_INVALID */
export function decodeSkuCursor(cursor: string): string {
  const [sku] = cursorParts(cursor, /^s1:([^\0]{1,200})$/u);
  return sku!;
}

/** Returns the cursor of a search hit. @param position from 1 */
export function hitCursor(position: number): string {
  return opaqueCursor(`h1:${position}`);
}

/** Returns the number of hits up to the cursor. @throws FitroomError CURSOR_INVALID */
export function decodeHitCursor(cursor: string): number {
  return Number(cursorParts(cursor, /^h1:([1-9]\d{0,8})$/)[0]);
}
