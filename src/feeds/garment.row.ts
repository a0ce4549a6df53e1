// One line of metadata.jsonl, with its picture in a separate file.
// A line has the export format or the format of a public data set.
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
  /** Name of the picture within the archive or folder. Null for a row without a picture. */
  image: string | null;
}

/** A row with the bytes of its picture from the source. */
export interface PicturedRow extends GarmentRow {
  picture: Uint8Array;
}

/** A failed row. Its code may also come from a server. */
export interface RowFailure extends Omit<ImportError, 'code'> {
  code: string;
}

/** GarmentInput with the name of a picture file: the export format. */
const garmentRow = z
  .strictObject({ ...garmentFacts, image: z.string().min(1).nullish() })
  .transform(({ image, ...garment }) => ({ garment, image: image ?? null }));

const absent = (value: unknown) => (value === null || value === '' ? undefined : value);
const text = z.preprocess(absent, z.string().optional());
const list = z.preprocess(absent, z.array(z.string()).optional());
const upperCase = (value: unknown) => (typeof value === 'string' ? absent(value.toUpperCase()) : absent(value));

/** The public fashion-products format. The fields below `usage` are our own, for folders with more data. */
const productRow = z
  .object({
    id: z.union([z.string(), z.number()], 'is required').transform((id) => String(id).trim()),
    title: z.string('is required'),
    image: z.string('is required').min(1, 'is required'),
    gender: z.preprocess(upperCase, z.enum(GENDERS).optional()),
    articleType: text,
    baseColour: text,
    usage: text,
    garmentType: z.preprocess(upperCase, z.enum(GARMENT_TYPES).optional()),
    description: text,
    brand: text,
    material: text,
    tags: list,
    sizes: list,
    price: z.preprocess(absent, z.object({ amount: z.string(), currency: z.string() }).optional()),
    inStock: z.preprocess(absent, z.boolean().optional()),
    productUrl: text,
  })
  .transform(({ id, image, articleType, baseColour, ...rest }) => ({
    garment: { sku: id, category: articleType, color: baseColour, ...rest },
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

/**
 * The public clothing-photos format: a picture and a label. The whole image name becomes the sku, as folders may repeat
 * file names.
 */
const photoRow = z
  .object({ image: z.string('is required').min(1, 'is required'), label: z.enum(Object.keys(PHOTO_LABELS)) })
  .transform(({ image, label }) => ({
    garment: { sku: image.replace(/\.[^./]+$/, ''), ...PHOTO_LABELS[label]! },
    image,
  }));

/**
 * Reads one line.
 * @param line UTF-8 bytes of one JSON object, without its newline
 * @param row line number, from 1
 */
export function readRow(line: Uint8Array, row: number): GarmentRow | ImportError {
  const result = parsedJson(line, row);
  if (isFailure(result)) return result;
  const parsed = shapeOf(result.json).safeParse(result.json);
  return parsed.success ? { row, ...parsed.data } : fieldError(result.json, row, parsed.error);
}

function shapeOf(json: unknown): typeof garmentRow | typeof productRow | typeof photoRow {
  if (typeof json !== 'object' || json === null) return productRow;
  if ('sku' in json) return garmentRow;
  return 'label' in json && !('id' in json) ? photoRow : productRow;
}
