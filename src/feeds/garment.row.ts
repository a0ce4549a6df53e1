// What one line of metadata.jsonl means, whose pictures lie beside it as files: our own garments, or the shapes of the public
// data sets. Knows no file.
import { z } from 'zod';
import type { ImportError } from '../domain/catalog/catalog.import.js';
import { GARMENT_TYPES, GENDERS, type GarmentType } from '../domain/catalog/garment.js';
import type { GarmentInput } from '../domain/catalog/garment.input.js';
import { isFailure } from './feed.js';
import { garmentFacts, parsedJson, fieldError } from './garment.line.js';

export interface GarmentRow {
  /** Line of metadata.jsonl, from 1. */
  row: number;
  garment: Omit<GarmentInput, 'image'>;
  /** Name of its picture inside the archive or folder; null: it brings none. */
  image: string | null;
}

/** A row with its picture's bytes as they lie in the source. */
export interface PicturedRow extends GarmentRow {
  picture: Uint8Array;
}

/** What is wrong with a row, in a server's words too. */
export interface RowFailure extends Omit<ImportError, 'code'> {
  code: string;
}

/** GarmentInput with the name of a picture: what an export writes. */
const garmentRow = z
  .strictObject({ ...garmentFacts, image: z.string().min(1).nullish() })
  .transform(({ image, ...garment }) => ({ garment, image: image ?? null }));

const absent = (value: unknown) => (value === null || value === '' ? undefined : value);
const words = z.preprocess(absent, z.string().optional());
const list = z.preprocess(absent, z.array(z.string()).optional());
const upperCase = (value: unknown) => (typeof value === 'string' ? absent(value.toUpperCase()) : absent(value));

/** The public fashion-products shape; the fields below `usage` are our own, for folders that know more. */
const productRow = z
  .object({
    id: z.union([z.string(), z.number()], 'is needed').transform((id) => String(id).trim()),
    title: z.string('is needed'),
    image: z.string('is needed').min(1, 'is needed'),
    gender: z.preprocess(upperCase, z.enum(GENDERS).optional()),
    articleType: words,
    baseColour: words,
    usage: words,
    garmentType: z.preprocess(upperCase, z.enum(GARMENT_TYPES).optional()),
    description: words,
    brand: words,
    material: words,
    tags: list,
    sizes: list,
    price: z.preprocess(absent, z.object({ amount: z.string(), currency: z.string() }).optional()),
    inStock: z.preprocess(absent, z.boolean().optional()),
    productUrl: words,
  })
  .transform(({ id, image, articleType, baseColour, ...same }) => ({
    garment: { sku: id, category: articleType, color: baseColour, ...same },
    image,
  }));

const PHOTO_LABELS: Record<string, { title: string; garmentType: GarmentType }> = {
  dress: { title: 'Dress', garmentType: 'DRESS' },
  hat: { title: 'Hat', garmentType: 'HAT' },
  longsleeve: { title: 'Long sleeve', garmentType: 'LONG_SLEEVE' },
  outwear: { title: 'Outerwear', garmentType: 'OUTERWEAR' },
  pants: { title: 'Pants', garmentType: 'PANTS' },
  shirt: { title: 'Shirt', garmentType: 'SHIRT' },
  shoes: { title: 'Shoes', garmentType: 'SHOES' },
  shorts: { title: 'Shorts', garmentType: 'SHORTS' },
  skirt: { title: 'Skirt', garmentType: 'SKIRT' },
  't-shirt': { title: 'T-shirt', garmentType: 'T_SHIRT' },
};

/** The public clothing-photos shape: a picture and a label. The whole image name makes the sku, as folders may repeat names. */
const photoRow = z
  .object({ image: z.string('is needed').min(1, 'is needed'), label: z.enum(Object.keys(PHOTO_LABELS)) })
  .transform(({ image, label }) => ({
    garment: { sku: image.replace(/\.[^./]+$/, ''), ...PHOTO_LABELS[label]! },
    image,
  }));

/**
 * Reads one line.
 * @param line UTF-8 bytes of one JSON object, without its newline
 * @param row its number, from 1
 */
export function readRow(line: Uint8Array, row: number): GarmentRow | ImportError {
  const read = parsedJson(line, row);
  if (isFailure(read)) return read;
  const parsed = shapeOf(read.json).safeParse(read.json);
  return parsed.success ? { row, ...parsed.data } : fieldError(read.json, row, parsed.error);
}

function shapeOf(json: unknown): typeof garmentRow | typeof productRow | typeof photoRow {
  if (typeof json !== 'object' || json === null) return productRow;
  if ('sku' in json) return garmentRow;
  return 'label' in json && !('id' in json) ? photoRow : productRow;
}
