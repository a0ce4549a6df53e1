// One line of JSON as a GarmentInput of the API, with its picture as a source.
import { z } from 'zod';
import type { ImportError } from '../domain/catalog/catalog.import.js';
import { GARMENT_TYPES, GENDERS } from '../domain/catalog/garment.js';
import type { GarmentInput } from '../domain/catalog/garment.input.js';
import type { ErrorCode } from '../errors.js';
import { isFailure, rowUnreadable } from './feed.js';

const text = z.string().nullish();
const list = z.array(z.string()).nullish();

/** Fields of a garment. As in the API, null clears a field and an absent field keeps its value. */
export const garmentFacts = {
  sku: z.union([z.string(), z.number()], 'is required').transform((sku) => String(sku).trim()),
  title: z.string('is required'),
  description: text,
  brand: text,
  category: text,
  garmentType: z.enum(GARMENT_TYPES).nullish(),
  color: text,
  material: text,
  gender: z.enum(GENDERS).nullish(),
  usage: text,
  tags: list,
  sizes: list,
  price: z.object({ amount: z.string('must be a string: "49.90"'), currency: z.string() }).nullish(),
  inStock: z.boolean().nullish(),
  productUrl: text,
};

/** The picture: as in ImageInput, without upload; a plain URL is allowed too. */
const image = z.union(
  [
    z
      .string()
      .regex(/^https?:\/\//)
      .transform((url) => ({ kind: 'url' as const, url })),
    z.strictObject({ url: z.string() }).transform(({ url }) => ({ kind: 'url' as const, url })),
    z.strictObject({ base64: z.string() }).transform(({ base64 }) => ({ kind: 'base64' as const, data: base64 })),
    z.strictObject({ sku: z.string() }).transform(({ sku }) => ({ kind: 'sku' as const, sku })),
  ],
  'must be an object with exactly one of url, base64 and sku',
);

/** A strict object: a misspelled field would otherwise be dropped silently. */
const garmentLine = z.strictObject({ ...garmentFacts, image: image.nullish() });

/** Error codes of the API, by invalid field. */
const CODES: Record<string, ErrorCode> = {
  id: 'SKU_INVALID',
  sku: 'SKU_INVALID',
  title: 'TITLE_INVALID',
  image: 'IMAGE_REQUIRED',
};

/**
 * Reads one line of a file of garments.
 * @param line UTF-8 bytes of one JSON object, without its newline
 * @param row line number, from 1
 */
export function readGarmentLine(line: Uint8Array, row: number): { row: number; input: GarmentInput } | ImportError {
  const result = parsedJson(line, row);
  if (isFailure(result)) return result;
  const parsed = garmentLine.safeParse(result.json);
  return parsed.success ? { row, input: parsed.data } : fieldError(result.json, row, parsed.error);
}

/** Returns the value of a line, or the failure of an invalid line. */
export function parsedJson(line: Uint8Array, row: number): { json: unknown } | ImportError {
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line)) as unknown };
  } catch (error) {
    const message = `The line is not JSON in UTF-8: ${(error as Error).message.slice(0, 200)}`;
    return rowUnreadable(row, null, message);
  }
}

export function fieldError(json: unknown, row: number, error: z.ZodError): ImportError {
  const { path, message } = error.issues[0]!;
  const field = path.join('.');
  const code = CODES[field] ?? 'ROW_UNREADABLE';
  return { row, sku: skuOf(json), code, message: field ? `${field}: ${message}` : message };
}

function skuOf(json: unknown): string | null {
  const { id, sku = id } = (json ?? {}) as { id?: unknown; sku?: unknown };
  return typeof sku === 'string' || typeof sku === 'number' ? String(sku) : null;
}
