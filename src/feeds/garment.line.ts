// One line of JSON → the API's own GarmentInput, word for word, its picture as a source or as the name of a file beside it.
// Knows no file.
import { z } from 'zod';
import type { ImportError } from '../domain/catalog/catalog.import.js';
import { GARMENT_TYPES, GENDERS } from '../domain/catalog/garment.js';
import type { GarmentInput } from '../domain/catalog/garment.input.js';
import type { ErrorCode } from '../errors.js';
import { isFailure, rowUnreadable } from './feed.js';

const words = z.string().nullish();
const list = z.array(z.string()).nullish();

/** Null clears and what is absent stays, as the API has it. */
export const garmentFacts = {
  sku: z.union([z.string(), z.number()], 'is needed').transform((sku) => String(sku).trim()),
  title: z.string('is needed'),
  description: words,
  brand: words,
  category: words,
  garmentType: z.enum(GARMENT_TYPES).nullish(),
  color: words,
  material: words,
  gender: z.enum(GENDERS).nullish(),
  usage: words,
  tags: list,
  sizes: list,
  price: z.object({ amount: z.string('is a string: "49.90"'), currency: z.string() }).nullish(),
  inStock: z.boolean().nullish(),
  productUrl: words,
};

/** As ImageInput has it, without upload; a bare address is one too. */
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
  'is an object of exactly one of url, base64 and sku',
);

/** A misspelt field would otherwise be left out in silence. */
const garmentLine = z.strictObject({ ...garmentFacts, image: image.nullish() });

/** The field that is wrong → the code that the API would give for it. */
const CODES: Record<string, ErrorCode> = {
  id: 'SKU_INVALID',
  sku: 'SKU_INVALID',
  title: 'TITLE_INVALID',
  image: 'IMAGE_REQUIRED',
};

/**
 * Reads one line of a file of garments.
 * @param line UTF-8 bytes of one JSON object, without its newline
 * @param row its number, from 1
 */
export function readGarmentLine(line: Uint8Array, row: number): { row: number; input: GarmentInput } | ImportError {
  const read = parsedJson(line, row);
  if (isFailure(read)) return read;
  const parsed = garmentLine.safeParse(read.json);
  return parsed.success ? { row, input: parsed.data } : fieldError(read.json, row, parsed.error);
}

/** The value of a line, or what is wrong with it. */
export function parsedJson(line: Uint8Array, row: number): { json: unknown } | ImportError {
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line)) as unknown };
  } catch (error) {
    const message = `The line is no JSON in UTF-8: ${(error as Error).message.slice(0, 200)}`;
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
