// How garments are written: catalog rows, pictures and embeddings of a whole batch in a few statements of one transaction.
import type { Garment, GarmentFacts, InferableField, PictureSource } from '../domain/catalog/garment.js';
import { GARMENT_COLUMNS, GARMENT_TABLES, garmentOf, type GarmentRow } from './garment.row.js';
import { isStorable } from '../domain/shared/text.js';
import { storableValue } from './database/storable.text.js';
import { Parameters } from './garment.filter.sql.js';
import { COMPARED_OUTPUTS, type SquareRootProbabilities } from '../domain/recommend/label.similarity.js';
import { concatenated, requireDirection, signsOf, vectorBytes } from './database/vector.codec.js';
import type { Statement, Query } from './database/database.types.js';

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

/** A picture as it is stored: JPEG of at most 512 px, and the SHA-256 (hex) that its address carries. */
export interface ImageToSave {
  bytes: Uint8Array;
  hash: string;
  width: number;
  height: number;
}

/** What becomes of the picture of one garment. */
export interface ImageChange {
  garmentId: string;
  /** Null: none any more. Absent: it stays. */
  image?: ImageToSave | null;
  /** The address that it came from; null: none. Absent, with a picture that stays: what is remembered stays. */
  imageSource?: PictureSource | null;
}

/** Characters; the picture behind a longer address is fetched anew each time. */
const LONGEST_SOURCE = 2_048;

const UPDATE_SOURCES = `
  update garment_images i
  set source_url = r.source_url, source_etag = r.source_etag, source_modified = r.source_modified
  from unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) as r (garment_id, source_url, source_etag, source_modified)
  where i.store_id = $1 and i.garment_id = r.garment_id`;

/** Writes, removes or leaves the pictures of a batch. Each garment stands once in it. */
export async function saveImages(query: Query, storeId: string, changes: ImageChange[]): Promise<void> {
  const written = changes.flatMap((change) => (change.image ? [{ ...change, image: change.image }] : []));
  if (written.length > 0) {
    const { text, values } = upsertImages(storeId, written);
    await query(text, values);
  }
  const removed = changes.filter(({ image }) => image === null);
  if (removed.length > 0) {
    const ids = removed.map(({ garmentId }) => garmentId);
    await query('delete from garment_images where store_id = $1 and garment_id = any($2::bigint[])', [storeId, ids]);
  }
  const moved = changes.filter(({ image, imageSource }) => image === undefined && imageSource !== undefined);
  if (moved.length > 0) {
    const columns = moved.map(({ imageSource }) => sourceColumns(imageSource));
    await query(UPDATE_SOURCES, [
      storeId,
      moved.map(({ garmentId }) => garmentId),
      ...[0, 1, 2].map((column) => columns.map((row) => row[column]!)),
    ]);
  }
}

/** A row of parameters each, since bytes within an array are sent as text of twice their length. */
function upsertImages(storeId: string, rows: (ImageChange & { image: ImageToSave })[]) {
  const parameters = new Parameters();
  const store = parameters.add(storeId);
  const row = ({ garmentId, image, imageSource }: (typeof rows)[number]): string => {
    const { bytes: picture, hash, width, height } = image;
    const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
    const columns = [garmentId, bytes, hash, width, height, ...sourceColumns(imageSource)];
    return `(${[store, ...columns.map((value) => parameters.add(value))].join(', ')})`;
  };
  const text = `
    insert into garment_images (store_id, garment_id, bytes, content_hash, width, height, source_url, source_etag, source_modified)
    values ${rows.map(row).join(', ')}
    on conflict (store_id, garment_id) do update set
      bytes = excluded.bytes, content_hash = excluded.content_hash, width = excluded.width, height = excluded.height,
      source_url = excluded.source_url, source_etag = excluded.source_etag, source_modified = excluded.source_modified`;
  return { text, values: parameters.values };
}

function sourceColumns(source: PictureSource | null | undefined): [string | null, string | null, string | null] {
  if (!source || source.url.length > LONGEST_SOURCE || !isStorable(source.url)) return [null, null, null];
  return [source.url, source.etag, source.lastModified];
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
  roots: SquareRootProbabilities;
}

const ROOT_COLUMNS = COMPARED_OUTPUTS.map((output) => `${output}_roots`);
const COLUMNS = [
  'embedding',
  'has_text',
  'has_image',
  'picture_signs',
  'type_probabilities',
  ...ROOT_COLUMNS,
  'words_hash',
  'image_hash',
  'embedded_at',
];

/**
 * Values as parameters of their own: bytes within JSON or an array would have to be text.
 * @param rows at least one, each garment once for each model
 * @throws RangeError where features are missing, zero or not finite
 */
export function upsertEmbeddings(
  storeId: string,
  rows: { garmentId: string; embedding: EmbeddingToSave }[],
): Statement {
  const parameters = new Parameters();
  const store = parameters.add(storeId);
  const values = rows.map(({ garmentId, embedding }) =>
    [store, parameters.add(garmentId), parameters.add(embedding.model), ...columnValues(embedding, parameters)].join(
      ', ',
    ),
  );
  const text = `
    insert into garment_embeddings (store_id, garment_id, model, ${COLUMNS.join(', ')})
    values ${values.map((row) => `(${row})`).join(', ')}
    on conflict (store_id, garment_id, model) do update set
      ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  return { text, values: parameters.values };
}

/** @throws RangeError where features are missing, zero or not finite */
export function requireFeatures({ text, image }: Pick<EmbeddingToSave, 'text' | 'image'>): void {
  if (!text && !image) throw new RangeError('an embedding needs the features of words or of a picture');
  if (text) requireDirection(text, 'the text features');
  if (image) requireDirection(image, 'the picture features');
}

/** In the order of COLUMNS. */
function columnValues({ text, image, ...embedding }: EmbeddingToSave, parameters: Parameters): string[] {
  requireFeatures({ text, image });
  const vector = (values: Float32Array): string => `${parameters.add(vectorBytes(values))}::vector`;
  return [
    vector(concatenated(text, image)),
    parameters.add(text !== null),
    parameters.add(image !== null),
    `${parameters.add(image && signsOf(image))}::varbit`,
    vector(embedding.typeProbabilities),
    ...COMPARED_OUTPUTS.map((output) => vector(embedding.roots[output])),
    parameters.add(embedding.wordsHash),
    parameters.add(embedding.imageHash),
    // the clock's and not the transaction's: writers of one garment take turns, and the last of them is to be the newest
    'clock_timestamp()',
  ];
}
