// Garments as outfit items: named garments, and candidates for each slot.
import type { GarmentFilter, GarmentType, Gender } from '../domain/catalog/garment.js';
import type { RuleTarget } from '../domain/recommend/merchandising.rule.js';
import type { OutfitItem, OutfitSlot } from '../domain/outfit/slot.js';
import type { AvoidedLabels } from '../domain/outfit/avoided.labels.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { garmentConditions, hidingConditions, Parameters } from './garment.filter.sql.js';
import { mayBeStored } from '../domain/shared/text.js';
import { searchSettings } from './vector.search.js';
import { vectorBytes } from './database/vector.codec.js';
import type { Database } from './database/database.types.js';

/** The part of an embedding's picture modality that holds the style. */
export interface StyleBlock {
  model: string;
  /** Dimensions of one modality. An embedding holds the text features first, then the picture features. */
  dimensions: number;
  /** Start within the picture features, from 0. */
  start: number;
  length: number;
}

/** The garments that may be used at all. */
export interface OutfitScope {
  filter: GarmentFilter;
  hide: readonly RuleTarget[];
  /** Garments with any of these labels are excluded. */
  unwanted: readonly AvoidedLabels[];
}

/** A garment that the request names, with the facts that decide whether it may be used. */
export type NamedOutfitItem = Omit<OutfitItem, 'slot'> & {
  slot: OutfitSlot | null;
  hasPicture: boolean;
  inStock: boolean;
  /** True if the garment passes the filter and is not hidden. */
  passes: boolean;
  /** True if the garment has an avoided label. */
  isUnwanted: boolean;
};

export interface OutfitCandidateQuery extends OutfitScope {
  slots: readonly OutfitSlot[];
  /**
   * Each audience gets up to `limit` candidates in every slot. An audience is the set of genders that a garment may be
   * made for; garments without a gender fit every audience.
   */
  audiences: readonly (readonly Gender[])[];
  /** Style that candidates should be near: unit length, or all 0. */
  style: Float32Array;
  /** Id of a garment. It selects the sample of a large slot. */
  seed: string;
  limit: number;
}

/**
 * Garments of a slot that are compared by style, for all audiences together. It bounds the query, whatever the size of
 * the catalog. Twice as many took twice as long and raised the mean score of outfits by .002 (docs/adr/0016).
 */
const SAMPLE = 60;
/** Smallest sample for one audience. */
const LEAST_SAMPLE = 30;
/**
 * Largest share of one category among the candidates for a slot and audience, as long as the sample has others.
 * Otherwise the candidates nearest in style to a woolen cap could all be shorts, and no outfit could be built.
 */
const CATEGORY_SHARE = 0.5;

const ITEM_COLUMNS = `g.id, g.sku, g.title, g.category, g.garment_type as "garmentType", g.color, g.gender, g.usage, g.tags,
  g.price, g.currency, g.slot`;

export class OutfitRepository {
  constructor(private readonly database: Database) {}

  /** Returns garments by id or by sku, in no particular order, without unknown ones. */
  async named(
    ctx: StoreContext,
    keys: { ids: readonly string[] } | { skus: readonly string[] },
    { block, ...scope }: OutfitScope & { block: StyleBlock },
  ): Promise<NamedOutfitItem[]> {
    const parameters = new Parameters();
    const [store, model] = [parameters.add(ctx.storeId), parameters.add(block.model)];
    const which =
      'ids' in keys
        ? `g.id = any(${parameters.add(keys.ids)}::bigint[])`
        : `g.sku = any(${parameters.add(keys.skus.filter(mayBeStored))}::text[])`;
    const conditions = conditionsOf(scope, parameters);
    const unwanted = unwantedCondition(scope.unwanted, parameters);
    const rows = await this.database.within(ctx).query<NamedRow>(
      `select ${ITEM_COLUMNS}, g.in_stock as "inStock", coalesce(e.has_image, false) as "hasPicture",
         ((${conditions.join(' and ')}) is true) as passes, ${unwanted} as "isUnwanted",
         ${styleColumn('e', block)} as style
       from garments g
       left join garment_embeddings e on e.store_id = g.store_id and e.garment_id = g.id and e.model = ${model}
       where g.store_id = ${store} and ${which}`,
      parameters.values,
    );
    return rows.map(({ style, ...row }) => ({ ...row, ...priced(row), style: styleOf(style, block) }));
  }

  /**
   * Returns candidates for all slots with one statement: for each slot and audience, the garments of a sample that are
   * nearest in style.
   */
  async candidates(
    ctx: StoreContext,
    block: StyleBlock,
    candidateQuery: OutfitCandidateQuery,
  ): Promise<Map<OutfitSlot, OutfitItem[]>> {
    const statements = [{ text: searchSettings(candidateQuery.limit) }, candidatesQuery(ctx, block, candidateQuery)];
    const rows = await this.database.within(ctx).batch<CandidateRow>(statements);
    const bySlot = new Map<OutfitSlot, Map<string, OutfitItem>>();
    for (const { style, ...row } of rows) {
      const items = bySlot.get(row.slot) ?? new Map<string, OutfitItem>();
      bySlot.set(row.slot, items);
      // audiences overlap: a garment without a gender is returned for each of them
      if (!items.has(row.id)) items.set(row.id, { ...row, ...priced(row), style: styleOf(style, block) });
    }
    return new Map([...bySlot].map(([slot, items]) => [slot, [...items.values()]]));
  }
}

interface ItemRow {
  id: string;
  sku: string;
  title: string;
  category: string | null;
  garmentType: GarmentType | null;
  color: string | null;
  gender: Gender | null;
  usage: string | null;
  tags: string[];
  price: string | null;
  currency: string | null;
  style: Uint8Array | null;
}
type CandidateRow = ItemRow & { slot: OutfitSlot };
type NamedRow = ItemRow & {
  slot: OutfitSlot | null;
  inStock: boolean;
  hasPicture: boolean;
  passes: boolean;
  isUnwanted: boolean;
};

function candidatesQuery(
  ctx: StoreContext,
  block: StyleBlock,
  candidateQuery: OutfitCandidateQuery,
): { text: string; values: unknown[] } {
  const parameters = new Parameters();
  const [store, model] = [parameters.add(ctx.storeId), parameters.add(block.model)];
  const slots = parameters.add(candidateQuery.slots);
  const audiences = parameters.add(candidateQuery.audiences.map((genders) => genders.join(',')));
  const conditions = [
    ...conditionsOf(candidateQuery, parameters),
    ...(candidateQuery.unwanted.length > 0 ? [`not ${unwantedCondition(candidateQuery.unwanted, parameters)}`] : []),
  ].join(' and ');
  const [seed, limit] = [parameters.add(candidateQuery.seed), parameters.add(candidateQuery.limit)];
  const style = parameters.add(vectorBytes(candidateQuery.style));
  const mostOfCategory = Math.ceil(candidateQuery.limit * CATEGORY_SHARE);
  const category = 'coalesce(lower(btrim(n.category)), n."garmentType")';
  const sample = Math.max(LEAST_SAMPLE, Math.ceil(SAMPLE / Math.max(1, candidateQuery.audiences.length)));
  // Reads two ranges of one index, one after the other, up to the size of the sample. The index acts as a ring that is
  // entered at the seed.
  const range = (comparison: string): string => `
    (select g.* from garments g
     where g.store_id = ${store} and g.slot = s.slot and g.slot is not null and g.in_stock
       and g.lot ${comparison} hashint8(${seed}::bigint)
       and (g.gender is null or g.gender = any(a.genders)) and ${conditions}
     order by g.lot limit ${sample})`;
  // the style is read only for the remaining candidates
  const text = `
    select c.id, c.sku, c.title, c.category, c."garmentType", c.color, c.gender, c.usage, c.tags, c.price, c.currency,
      c.slot, ${styleColumn('c', block)} as style
    from unnest(${slots}::text[]) with ordinality s (slot, n)
    cross join (
      -- a subquery, so that the names are not split again for each garment
      select string_to_array(names, ',') as genders, n from unnest(${audiences}::text[]) with ordinality u (names, n) offset 0
    ) a
    cross join lateral (
      select n.* from (
        select ${ITEM_COLUMNS}, e.embedding, e.has_image,
          ${styleOfPicture('e', block)}::vector <#> ${style}::vector as distance
        from (${range('>=')} union all ${range('<')} limit ${sample}) g
        join garment_embeddings e on e.store_id = g.store_id and e.garment_id = g.id and e.model = ${model}
        where e.has_image
      ) n
      order by row_number() over (partition by ${category} order by n.distance, n.id) > ${mostOfCategory}, n.distance, n.id
      limit ${limit}
    ) c
    order by s.n, a.n, c.distance, c.id`;
  return { text, values: parameters.values };
}

function conditionsOf({ filter, hide }: Omit<OutfitScope, 'unwanted'>, parameters: Parameters): string[] {
  const stockFilter = { ...filter, inStockOnly: true };
  return [...garmentConditions(stockFilter, parameters), ...hidingConditions(hide, parameters)];
}

/** Returns SQL that is true if a garment has an avoided label. It is never null. */
function unwantedCondition(unwanted: readonly AvoidedLabels[], parameters: Parameters): string {
  const conditions = unwanted.flatMap((avoided) => avoidedConditions(avoided, parameters));
  return conditions.length > 0 ? `((${conditions.join(' or ')}) is true)` : 'false';
}

function avoidedConditions(
  { colors, categories, usages, wordsQuery }: AvoidedLabels,
  parameters: Parameters,
): string[] {
  const labels = { color: colors, category: categories, usage: usages };
  const labelConditions = Object.entries(labels)
    .filter(([, values]) => values.length > 0)
    .map(
      ([column, values]) => `lower(g.${column}) in (select lower(v) from unnest(${parameters.add(values)}::text[]) v)`,
    );
  const textConditions =
    wordsQuery === null ? [] : [`g.search_words @@ to_tsquery('simple', ${parameters.add(wordsQuery)})`];
  return labelConditions.length > 0 ? [`(${labelConditions.join(' and ')})`, ...textConditions] : textConditions;
}

/**
 * Returns SQL for the style as float32 in pgvector's binary format: printing and parsing numbers would take longer than
 * the rest of a row.
 */
function styleColumn(table: string, block: StyleBlock): string {
  return `case when ${table}.has_image then vector_send(${styleOfPicture(table, block)}::vector) end`;
}

function styleOfPicture(table: string, { dimensions, start, length }: StyleBlock): string {
  return `subvector(${table}.embedding, ${dimensions + start + 1}, ${length})`;
}

/**
 * Reads the output of vector_send: dimensions and zero as int16, then float32, big-endian. @returns unit length, or all
 * 0
 */
function styleOf(bytes: Uint8Array | null, { length }: StyleBlock): Float32Array {
  if (bytes === null) return new Float32Array(length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const style = new Float32Array(length);
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const value = view.getFloat32(4 + 4 * i);
    style[i] = value;
    squares += value * value;
  }
  const norm = Math.sqrt(squares);
  if (norm > 0) for (let i = 0; i < length; i++) style[i]! /= norm;
  return style;
}

function priced({ price, currency }: Pick<ItemRow, 'price' | 'currency'>): Pick<OutfitItem, 'price'> {
  return { price: price === null ? null : { amount: price, currency: currency! } };
}
