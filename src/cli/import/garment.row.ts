// Owns what one line of a catalog's metadata.jsonl means: the line's JSON → the API's GarmentInput. Knows no file and no server.
import { z } from 'zod';
import { GARMENT_TYPES, GENDERS, type GarmentType } from '../../domain/garment.js';
import type { ErrorCode } from '../../errors.js';

/** The API's GarmentInput, apart from the picture. What is absent is the server's to infer. */
export type GarmentInput = Pick<ProductGarment, 'sku' | 'title'> & Partial<ProductGarment>;
type ProductGarment = z.output<typeof productRow>['garment'];

export interface GarmentRow {
  /** Line of metadata.jsonl, from 1. */
  row: number;
  garment: GarmentInput;
  /** Name of its picture inside the archive or folder. */
  image: string;
}

/** A row with its picture's bytes as they lie in the source. */
export interface PicturedRow extends GarmentRow {
  picture: Uint8Array;
}

export interface RowFailure {
  /** Line of metadata.jsonl, from 1. */
  row: number;
  /** Null where the row does not even say that. */
  sku: string | null;
  code: string;
  message: string;
}

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

/** The field that is wrong → the code that the server would give for it. */
const CODES: Record<string, ErrorCode> = { id: 'SKU_INVALID', title: 'TITLE_INVALID', image: 'IMAGE_REQUIRED' };

/**
 * Reads one line.
 * @param line UTF-8 bytes of one JSON object, without its newline
 * @param row its number, from 1
 */
export function readRow(line: Uint8Array, row: number): GarmentRow | RowFailure {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch (error) {
    return {
      row,
      sku: null,
      code: 'ARGUMENT_INVALID',
      message: `The line is no JSON in UTF-8: ${(error as Error).message}`,
    };
  }
  const isPhoto = typeof json === 'object' && json !== null && 'label' in json && !('id' in json);
  const parsed = (isPhoto ? photoRow : productRow).safeParse(json);
  if (parsed.success) return { row, ...parsed.data };
  const { path, message } = parsed.error.issues[0]!;
  const field = path.join('.');
  const code = CODES[field] ?? 'ARGUMENT_INVALID';
  return { row, sku: skuOf(json), code, message: field ? `${field}: ${message}` : message };
}

function skuOf(json: unknown): string | null {
  const id = (json as { id?: unknown } | null)?.id;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}
