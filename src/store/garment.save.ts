// How garments are written: catalog rows, pictures and embeddings of a whole batch in a few statements of one transaction.
import type { Garment, GarmentFacts, InferableField } from '../domain/garment.js';
import type { Query } from './database.js';
import { type EmbeddingToSave, requireFeatures, upsertEmbeddings } from './embedding.save.js';
import { GARMENT_COLUMNS, GARMENT_TABLES, garmentOf, type GarmentRow } from './garment.row.js';
import { type ImageChange, saveImages } from './image.save.js';
import { isStorable } from '../domain/text.js';
import { storableValue } from './storable.text.js';

export interface GarmentToSave extends Omit<ImageChange, 'garmentId'> {
  sku: string;
  facts: GarmentFacts;
  inferredFields: InferableField[];
  /** Null: the stored embedding, if any, stays. */
  embedding: EmbeddingToSave | null;
  /** Of the other models that the store keeps up, those that had to embed it again. */
  others?: EmbeddingToSave[];
}

export interface SavedGarment {
  garment: Garment;
  outcome: 'created' | 'updated';
}

const FACT_COLUMNS = [
  'title',
  'description',
  'brand',
  'category',
  'garment_type',
  'color',
  'material',
  'gender',
  'usage',
  'tags',
  'sizes',
  'price',
  'currency',
  'in_stock',
  'product_url',
  'inferred_fields',
] as const;

const LIST_TYPE = new Set<string>(['tags', 'sizes', 'inferred_fields']);
const COLUMN_TYPE: Record<string, string> = { price: 'numeric', in_stock: 'boolean' };
const typeOf = (column: string): string => (LIST_TYPE.has(column) ? 'text[]' : (COLUMN_TYPE[column] ?? 'text'));

// a feed that comes again as it was changes nothing, and says so
// rows are locked in the order of their skus, whoever writes and in whatever order it was asked to: no cycle can come about
const UPSERT_GARMENTS = `
  insert into garments (store_id, sku, ${FACT_COLUMNS.join(', ')})
  select $1, r.sku, ${FACT_COLUMNS.map((column) => `r.${column}`).join(', ')}
  from json_to_recordset($2::json) as r (sku text, ${FACT_COLUMNS.map((c) => `${c} ${typeOf(c)}`).join(', ')})
  order by r.sku collate "C"
  on conflict (store_id, sku) do update set
    ${FACT_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')},
    updated_at = case when (${FACT_COLUMNS.map((column) => `garments.${column}`).join(', ')})
      is distinct from (${FACT_COLUMNS.map((column) => `excluded.${column}`).join(', ')}) then now() else garments.updated_at end
  returning id, sku, case when xmax = 0 then 'created' else 'updated' end as outcome`;

interface UpsertedRow {
  id: string;
  sku: string;
  outcome: SavedGarment['outcome'];
}

/**
 * Writes the rows of a batch without pictures and embeddings.
 * @throws RangeError where a sku is no text that can be stored
 */
async function saveCatalogRows(query: Query, storeId: string, rows: GarmentToSave[]): Promise<UpsertedRow[]> {
  const odd = rows.find(({ sku }) => !isStorable(sku));
  if (odd) throw new RangeError('a sku holds characters that cannot be stored');
  return query<UpsertedRow>(UPSERT_GARMENTS, [
    storeId,
    JSON.stringify(rows.map(catalogRow), (_key, value: unknown) => storableValue(value)),
  ]);
}

/**
 * What of `saveWithin` may fail because of a value: embeddings are checked, catalog rows are written.
 * @throws RangeError where features are zero or not finite, or a sku is no text that can be stored
 */
export async function checkWithin(query: Query, storeId: string, rows: GarmentToSave[]): Promise<void> {
  for (const { embedding } of rows) if (embedding) requireFeatures(embedding);
  await saveCatalogRows(query, storeId, rows);
}

/** Of garments whose picture changed, which is no column of theirs. */
const TOUCH = 'update garments set updated_at = now() where store_id = $1 and id = any($2::bigint[])';

/**
 * Writes a batch inside the caller's transaction. Every sku stands once in it.
 * @returns in the order of `rows`
 */
export async function saveWithin(query: Query, storeId: string, rows: GarmentToSave[]): Promise<SavedGarment[]> {
  const upserted = await saveCatalogRows(query, storeId, rows);
  const bySku = new Map(upserted.map((row) => [row.sku, row]));
  const saved = rows.map((row) => ({ ...row, garmentId: bySku.get(row.sku)!.id }));
  await saveImages(query, storeId, saved);
  const changed = saved.filter(({ sku, image }) => image !== undefined && bySku.get(sku)!.outcome === 'updated');
  if (changed.length > 0) await query(TOUCH, [storeId, changed.map(({ garmentId }) => garmentId)]);
  const embedded = saved.flatMap(({ garmentId, embedding, others = [] }) =>
    [...(embedding ? [embedding] : []), ...others].map((one) => ({ garmentId, embedding: one })),
  );
  if (embedded.length > 0) {
    const { text, values } = upsertEmbeddings(storeId, embedded);
    await query(text, values);
  }
  const stored = await query<GarmentRow>(
    `select ${GARMENT_COLUMNS} from ${GARMENT_TABLES} where g.store_id = $1 and g.id = any($2::bigint[])`,
    [storeId, upserted.map(({ id }) => id)],
  );
  const garments = new Map(stored.map((row) => [row.sku, garmentOf(row)]));
  return rows.map(({ sku }) => ({ garment: garments.get(sku)!, outcome: bySku.get(sku)!.outcome }));
}

function catalogRow({ sku, facts, inferredFields }: GarmentToSave): object {
  return {
    sku,
    title: facts.title,
    description: facts.description,
    brand: facts.brand,
    category: facts.category,
    garment_type: facts.garmentType,
    color: facts.color,
    material: facts.material,
    gender: facts.gender,
    usage: facts.usage,
    tags: facts.tags,
    sizes: facts.sizes,
    // as a string: a JSON number would lose "49.90"'s last digit
    price: facts.price?.amount ?? null,
    currency: facts.price?.currency ?? null,
    in_stock: facts.inStock,
    product_url: facts.productUrl,
    inferred_fields: inferredFields,
  };
}
