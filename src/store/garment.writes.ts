// Writes of garments: rows, pictures and embeddings of a batch in one transaction.
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
  /** Null keeps the stored embedding, if there is one. */
  embedding: EmbeddingToSave | null;
  /** Embeddings of the store's other models, for the models that had to embed the garment again. */
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

// An unchanged garment keeps its updated_at, so that a repeated feed is reported as unchanged.
// All writers lock rows in the order of their skus, so no deadlock can occur.
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
 * @throws RangeError if a sku holds characters that cannot be stored
 */
async function saveCatalogRows(query: Query, storeId: string, rows: GarmentToSave[]): Promise<UpsertedRow[]> {
  const unstorable = rows.find(({ sku }) => !isStorable(sku));
  if (unstorable) throw new RangeError('a sku holds characters that cannot be stored');
  return query<UpsertedRow>(UPSERT_GARMENTS, [
    storeId,
    JSON.stringify(rows.map(catalogRow), (_key, value: unknown) => storableValue(value)),
  ]);
}

/**
 * Runs the part of `saveWithin` that can fail because of a value: checks embeddings and writes catalog rows.
 * @throws RangeError if features are zero or not finite, or a sku holds characters that cannot be stored
 */
export async function checkWithin(query: Query, storeId: string, rows: GarmentToSave[]): Promise<void> {
  for (const { embedding } of rows) if (embedding) requireFeatures(embedding);
  await saveCatalogRows(query, storeId, rows);
}

/** Updates `updated_at` of garments whose picture changed: the picture is in another table. */
const TOUCH = 'update garments set updated_at = now() where store_id = $1 and id = any($2::bigint[])';

/**
 * Writes a batch inside the caller's transaction. The batch holds each sku once.
 * @returns saved garments in the order of `rows`
 */
export async function saveWithin(query: Query, storeId: string, rows: GarmentToSave[]): Promise<SavedGarment[]> {
  const upserted = await saveCatalogRows(query, storeId, rows);
  const bySku = new Map(upserted.map((row) => [row.sku, row]));
  const saved = rows.map((row) => ({ ...row, garmentId: bySku.get(row.sku)!.id }));
  await saveImages(query, storeId, saved);
  const changed = saved.filter(({ sku, image }) => image !== undefined && bySku.get(sku)!.outcome === 'updated');
  if (changed.length > 0) await query(TOUCH, [storeId, changed.map(({ garmentId }) => garmentId)]);
  const embedded = saved.flatMap(({ garmentId, embedding, others = [] }) =>
    [...(embedding ? [embedding] : []), ...others].map((toSave) => ({ garmentId, embedding: toSave })),
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
    // as a string: a JSON number would lose the last digit of "49.90"
    price: facts.price?.amount ?? null,
    currency: facts.price?.currency ?? null,
    in_stock: facts.inStock,
    product_url: facts.productUrl,
    inferred_fields: inferredFields,
  };
}

/** A picture in its stored form: a JPEG of at most 512 px, and the SHA-256 (hex) that its URL contains. */
export interface ImageToSave {
  bytes: Uint8Array;
  hash: string;
  width: number;
  height: number;
}

/** The change of one garment's picture. */
export interface ImageChange {
  garmentId: string;
  /** The new picture. Null removes the picture; absent keeps it. */
  image?: ImageToSave | null;
  /** The URL that the picture came from. Null for an upload. Absent keeps the stored URL of a picture that stays. */
  imageSource?: PictureSource | null;
}

/** Longest stored URL in characters. The picture behind a longer URL is downloaded again each time. */
const LONGEST_SOURCE = 2_048;

const UPDATE_SOURCES = `
  update garment_images i
  set source_url = r.source_url, source_etag = r.source_etag, source_modified = r.source_modified
  from unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) as r (garment_id, source_url, source_etag, source_modified)
  where i.store_id = $1 and i.garment_id = r.garment_id`;

/** Writes, removes or keeps the pictures of a batch. The batch holds each garment once. */
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

/**
 * Returns the statement that writes pictures, with one parameter for each value: within an array, bytes are sent as
 * text of twice their length.
 */
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

/**
 * The embedding of a garment by one model. Features have length 1. Null for a modality that the garment lacks; at least
 * one is set.
 */
export interface EmbeddingToSave {
  /** The bundle's name@version. */
  model: string;
  text: Float32Array | null;
  image: Float32Array | null;
  /** Hashes of the embedded text and picture. */
  wordsHash: string;
  imageHash: string | null;
  /**
   * p(type | garment) in the order of GARMENT_TYPES: one-hot for a known type, all 0 for a garment that has none of the
   * ten types.
   */
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
 * Returns the statement that writes embeddings. Each value is a separate parameter: bytes within JSON or an array would
 * have to be text.
 * @param rows at least one; each garment once per model
 * @throws RangeError if features are missing, zero or not finite
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

/** Checks the features of an embedding. @throws RangeError if features are missing, zero or not finite */
export function requireFeatures({ text, image }: Pick<EmbeddingToSave, 'text' | 'image'>): void {
  if (!text && !image) throw new RangeError('an embedding needs the features of a text or of a picture');
  if (text) requireDirection(text, 'the text features');
  if (image) requireDirection(image, 'the picture features');
}

/** Returns SQL values in the order of COLUMNS. */
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
    // The clock, not the time of the transaction: writers of one garment take turns, and the last one must have the
    // newest time.
    'clock_timestamp()',
  ];
}
