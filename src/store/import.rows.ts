// Rows of a file on their way down: each sku waits once. Of two that are variants of one garment the later is folded into the
// earlier, wherever in the file they stand, since nothing of a file is stored before all of it is read.
import type { ImportError } from '../domain/catalog.import.js';
import type { GarmentInput } from '../domain/garment.input.js';
import { foldVariant } from '../domain/garment.variant.js';
import type { Query } from './database.js';
import { storableText, storableValue } from './storable.text.js';

export interface WaitingRow {
  row: number;
  input: GarmentInput;
  picture: Uint8Array | null;
  /** One of several that are one garment, under the sku of that. */
  isVariant: boolean;
}

interface Batch {
  id: string;
  batch: number;
  rows: WaitingRow[];
}

/** @returns how many wait now, and an error for each row whose sku the file had before and which is no variant of it */
export async function insertRows(
  query: Query,
  storeId: string,
  { id, batch, rows }: Batch,
): Promise<{ waiting: number; repeated: ImportError[] }> {
  if (rows.length === 0) return { waiting: 0, repeated: [] };
  const inserted = await query<{ sku: string }>(
    `insert into import_rows (store_id, import_id, batch, row_number, sku, input, picture, is_variant)
     select $1, $2, $3, r.row, r.sku, r.input, r.picture, r.variant
     from unnest($4::integer[], $5::text[], $6::jsonb[], $7::bytea[], $8::boolean[]) with ordinality
       as r (row, sku, input, picture, variant, n)
     order by r.n
     on conflict (store_id, import_id, sku) do nothing returning sku`,
    [
      storeId,
      id,
      batch,
      rows.map(({ row }) => row),
      rows.map(skuOf),
      rows.map(({ input }) => jsonOf(input)),
      rows.map(({ picture }) => picture && Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)),
      rows.map(({ isVariant }) => isVariant),
    ],
  );
  // of two in this very batch the first one is in
  const isIn = new Set(inserted.map(({ sku }) => sku));
  const further = rows.filter((row) => !isIn.delete(skuOf(row)));
  return { waiting: inserted.length, repeated: await fold(query, storeId, { id, batch, rows: further }) };
}

/** @returns an error for each row that could not be folded */
async function fold(query: Query, storeId: string, { id, rows }: Batch): Promise<ImportError[]> {
  if (rows.length === 0) return [];
  const first = await query<Omit<WaitingRow, 'picture'> & { sku: string }>(
    `select sku, row_number as row, input, is_variant as "isVariant" from import_rows
     where store_id = $1 and import_id = $2 and sku = any($3::text[]) order by sku`,
    [storeId, id, rows.map(skuOf)],
  );
  const firstOf = new Map(first.map((row) => [row.sku, row]));
  const isVariant = (row: WaitingRow): boolean => row.isVariant && firstOf.get(skuOf(row))!.isVariant;
  for (const row of rows.filter(isVariant)) foldVariant(firstOf.get(skuOf(row))!.input, row.input);
  const changed = first.filter(({ sku }) => rows.some((row) => skuOf(row) === sku && isVariant(row)));
  await query(
    `update import_rows r set input = f.input from unnest($3::text[], $4::jsonb[]) as f (sku, input)
     where r.store_id = $1 and r.import_id = $2 and r.sku = f.sku`,
    [storeId, id, changed.map(({ sku }) => sku), changed.map(({ input }) => jsonOf(input))],
  );
  const repeated = rows.filter((row) => !isVariant(row));
  return repeated.map((row) => {
    const message = `The sku stands in row ${firstOf.get(skuOf(row))!.row} already.`;
    return { row: row.row, sku: row.input.sku, code: 'DUPLICATE_SKU', message };
  });
}

function skuOf({ input }: WaitingRow): string {
  return storableText(input.sku);
}

function jsonOf(input: GarmentInput): string {
  return JSON.stringify(input, (_key, value: unknown) => storableValue(value));
}
