// How garments are written: catalog rows, pictures and embeddings of a whole batch in a few statements of one transaction.
import type { Garment, GarmentFacts, InferableField } from '../domain/garment.js';
import { FIT_OUTPUTS, type LabelRoots } from '../domain/label.fit.js';
import type { PictureSource } from '../domain/picture.source.js';
import type { Query } from './database.js';
import { GARMENT_COLUMNS, GARMENT_TABLES, garmentOf, type GarmentRow } from './garment.row.js';
import { isStorable, storableValue } from './storable.text.js';
import { concatenated, requireDirection, vectorText } from './vector.text.js';

/** A picture as it is stored: WebP of at most 512 px, and the SHA-256 (hex) that its address carries. */
export interface ImageToSave {
  webp: Uint8Array;
  hash: string;
  width: number;
  height: number;
}

/** What one model made of a garment. Features have length 1; null where the garment lacks that side, but not both. */
export interface EmbeddingToSave {
  /** name@version of the bundle. */
  model: string;
  text: Float32Array | null;
  image: Float32Array | null;
  /** Hashes of the words and the picture that were embedded. */
  wordsHash: string;
  imageHash: string | null;
  /** p(type | garment) in the order of GARMENT_TYPES: one-hot where it is known, all 0 where it is none of the ten. */
  typeProbabilities: Float32Array;
  roots: LabelRoots;
}

export interface GarmentToSave {
  sku: string;
  facts: GarmentFacts;
  inferredFields: InferableField[];
  /** Null: without a picture. Absent: the stored picture, if any, stays. */
  image?: ImageToSave | null;
  /** The address that the picture came from; null: none. Absent, with a picture that stays: what is remembered stays. */
  imageSource?: PictureSource | null;
  /** Null: the stored embedding, if any, stays. */
  embedding: EmbeddingToSave | null;
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

// rows are locked in the order of their skus, whoever writes and in whatever order it was asked to: no cycle can come about
const UPSERT_GARMENTS = `
  insert into garments (store_id, sku, ${FACT_COLUMNS.join(', ')})
  select $1, r.sku, ${FACT_COLUMNS.map((column) => `r.${column}`).join(', ')}
  from json_to_recordset($2::json) as r (sku text, ${FACT_COLUMNS.map((c) => `${c} ${typeOf(c)}`).join(', ')})
  order by r.sku collate "C"
  on conflict (store_id, sku) do update set
    ${FACT_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}, updated_at = now()
  returning id, sku, case when xmax = 0 then 'created' else 'updated' end as outcome`;

const UPSERT_IMAGES = `
  insert into garment_images (store_id, garment_id, webp, content_hash, width, height, source_url, source_etag, source_modified)
  select $1, * from unnest($2::bigint[], $3::bytea[], $4::text[], $5::int[], $6::int[], $7::text[], $8::text[], $9::text[])
  on conflict (store_id, garment_id) do update set
    webp = excluded.webp, content_hash = excluded.content_hash, width = excluded.width, height = excluded.height,
    source_url = excluded.source_url, source_etag = excluded.source_etag, source_modified = excluded.source_modified`;

/** Characters; the picture behind a longer address is fetched anew each time. */
const LONGEST_SOURCE = 2_048;

const UPDATE_SOURCES = `
  update garment_images i
  set source_url = r.source_url, source_etag = r.source_etag, source_modified = r.source_modified
  from unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) as r (garment_id, source_url, source_etag, source_modified)
  where i.store_id = $1 and i.garment_id = r.garment_id`;

const ROOT_COLUMNS = FIT_OUTPUTS.map((output) => `${output}_roots`);
const UPSERT_EMBEDDINGS = `
  insert into garment_embeddings (store_id, garment_id, model, embedding, has_text, has_image, type_probabilities,
    ${ROOT_COLUMNS.join(', ')}, words_hash, image_hash)
  select $1, r.* from json_to_recordset($2::json) as r (garment_id bigint, model text, embedding halfvec, has_text boolean,
    has_image boolean, type_probabilities vector, ${ROOT_COLUMNS.map((column) => `${column} vector`).join(', ')},
    words_hash text, image_hash text)
  on conflict (store_id, garment_id, model) do update set
    embedding = excluded.embedding, has_text = excluded.has_text, has_image = excluded.has_image,
    type_probabilities = excluded.type_probabilities,
    ${ROOT_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')},
    words_hash = excluded.words_hash, image_hash = excluded.image_hash, embedded_at = now()`;

/**
 * Writes a batch inside the caller's transaction. Every sku stands once in it.
 * @returns in the order of `rows`
 */
export async function saveWithin(query: Query, storeId: string, rows: GarmentToSave[]): Promise<SavedGarment[]> {
  const odd = rows.find(({ sku }) => !isStorable(sku));
  if (odd) throw new RangeError('a sku holds characters that cannot be stored');
  const embeddings = rows.map((row) => row.embedding && embeddingRow(row.embedding));
  const upserted = await query<{ id: string; sku: string; outcome: SavedGarment['outcome'] }>(UPSERT_GARMENTS, [
    storeId,
    JSON.stringify(rows.map(catalogRow), (_key, value: unknown) => storableValue(value)),
  ]);
  const bySku = new Map(upserted.map((row) => [row.sku, row]));
  const idOf = (row: Pick<GarmentToSave, 'sku'>): string => bySku.get(row.sku)!.id;
  await saveImages(
    query,
    storeId,
    rows.flatMap((row) => (row.image ? [{ id: idOf(row), ...row.image, source: row.imageSource ?? null }] : [])),
  );
  await saveSources(
    query,
    storeId,
    rows.flatMap(({ image, imageSource, ...row }) =>
      image === undefined && imageSource !== undefined ? [{ id: idOf(row), source: imageSource }] : [],
    ),
  );
  await removeImages(query, storeId, rows.filter((row) => row.image === null).map(idOf));
  const embedded = rows.flatMap((row, i) => (embeddings[i] ? [{ garment_id: idOf(row), ...embeddings[i] }] : []));
  if (embedded.length) await query(UPSERT_EMBEDDINGS, [storeId, JSON.stringify(embedded)]);
  const stored = await query<GarmentRow>(
    `select ${GARMENT_COLUMNS} from ${GARMENT_TABLES} where g.store_id = $1 and g.id = any($2::bigint[])`,
    [storeId, upserted.map(({ id }) => id)],
  );
  const garments = new Map(stored.map((row) => [row.sku, garmentOf(row)]));
  return rows.map(({ sku }) => ({ garment: garments.get(sku)!, outcome: bySku.get(sku)!.outcome }));
}

/** Where one garment's picture came from. */
interface SourceRow {
  id: string;
  source: PictureSource | null;
}

async function saveImages(query: Query, storeId: string, images: (ImageToSave & SourceRow)[]): Promise<void> {
  if (images.length === 0) return;
  await query(UPSERT_IMAGES, [
    storeId,
    images.map(({ id }) => id),
    images.map(({ webp }) => Buffer.from(webp.buffer, webp.byteOffset, webp.byteLength)),
    images.map(({ hash }) => hash),
    images.map(({ width }) => width),
    images.map(({ height }) => height),
    ...sourceColumns(images),
  ]);
}

/** Of pictures that stay as they are. */
async function saveSources(query: Query, storeId: string, rows: SourceRow[]): Promise<void> {
  if (rows.length === 0) return;
  await query(UPDATE_SOURCES, [storeId, rows.map(({ id }) => id), ...sourceColumns(rows)]);
}

function sourceColumns(rows: SourceRow[]): (string | null)[][] {
  const kept = rows.map(({ source }) => (source && source.url.length <= LONGEST_SOURCE ? source : null));
  return [kept.map((s) => s?.url ?? null), kept.map((s) => s?.etag ?? null), kept.map((s) => s?.lastModified ?? null)];
}

async function removeImages(query: Query, storeId: string, garmentIds: string[]): Promise<void> {
  if (garmentIds.length === 0) return;
  await query('delete from garment_images where store_id = $1 and garment_id = any($2::bigint[])', [
    storeId,
    garmentIds,
  ]);
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

function embeddingRow(embedding: EmbeddingToSave): object {
  const { text, image } = embedding;
  if (!text && !image) throw new RangeError('an embedding needs the features of words or of a picture');
  if (text) requireDirection(text, 'the text features');
  if (image) requireDirection(image, 'the picture features');
  return {
    model: embedding.model,
    embedding: vectorText(concatenated(text, image)),
    has_text: text !== null,
    has_image: image !== null,
    type_probabilities: vectorText(embedding.typeProbabilities),
    ...Object.fromEntries(FIT_OUTPUTS.map((output) => [`${output}_roots`, vectorText(embedding.roots[output])])),
    words_hash: embedding.wordsHash,
    image_hash: embedding.imageHash,
  };
}
