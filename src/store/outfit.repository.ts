// Garments as pieces of looks: those that are named, and candidates for each slot. Knows no rule of what goes together; how
// the style is part of an embedding comes in.
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

/** Which part of the picture's half of an embedding is its style. */
export interface StyleBlock {
  model: string;
  /** Of one half: a picture's features stand behind as many of the words'. */
  dimensions: number;
  /** Within the half, from 0. */
  start: number;
  length: number;
}

/** Which garments come into question at all. */
export interface OutfitScope {
  filter: GarmentFilter;
  hide: readonly RuleTarget[];
  /** A garment of any of these does not come. */
  unwanted: readonly AvoidedLabels[];
}

/** A garment that was named, and whether it comes into question. */
export type NamedOutfitItem = Omit<OutfitItem, 'slot'> & {
  slot: OutfitSlot | null;
  hasPicture: boolean;
  inStock: boolean;
  /** The filter and what is hidden let it through. */
  passes: boolean;
  /** What is to be avoided says so. */
  isUnwanted: boolean;
};

export interface OutfitCandidateQuery extends OutfitScope {
  slots: readonly OutfitSlot[];
  /** For each set as many candidates as `limit` in every slot: cut for one of these, or for nobody knows whom. */
  audiences: readonly (readonly Gender[])[];
  /** Unit length, or all 0: what candidates are to be near. */
  style: Float32Array;
  /** An id of a garment: which sample of a large slot is looked at hangs on it. */
  seed: string;
  limit: number;
}

/**
 * How many of a slot are compared by style, for all audiences together: bounds the query, whatever the catalog's size. Twice as
 * many took twice as long and raised the mean score of looks by .002 (docs/adr/0016).
 */
const SAMPLE = 60;
/** Of one audience at least. */
const LEAST_SAMPLE = 30;
/**
 * Of the candidates for one slot and audience so many are of one category at most, as long as the sample has others: those
 * nearest in style to a woollen cap may all be shorts, and no look would come of it.
 */
const CATEGORY_SHARE = 0.5;

const PIECE_COLUMNS = `g.id, g.sku, g.title, g.category, g.garment_type as "garmentType", g.color, g.gender, g.usage, g.tags,
  g.price, g.currency, g.slot`;

export class OutfitRepository {
  constructor(private readonly database: Database) {}

  /** By id or by sku, in no order; unknown ones are left out. */
  async named(
    ctx: StoreContext,
    wanted: { ids: readonly string[] } | { skus: readonly string[] },
    { block, ...among }: OutfitScope & { block: StyleBlock },
  ): Promise<NamedOutfitItem[]> {
    const parameters = new Parameters();
    const [store, model] = [parameters.add(ctx.storeId), parameters.add(block.model)];
    const which =
      'ids' in wanted
        ? `g.id = any(${parameters.add(wanted.ids)}::bigint[])`
        : `g.sku = any(${parameters.add(wanted.skus.filter(mayBeStored))}::text[])`;
    const conditions = conditionsOf(among, parameters);
    const unwanted = unwantedCondition(among.unwanted, parameters);
    const rows = await this.database.within(ctx).query<NamedRow>(
      `select ${PIECE_COLUMNS}, g.in_stock as "inStock", coalesce(e.has_image, false) as "hasPicture",
         ((${conditions.join(' and ')}) is true) as passes, ${unwanted} as "isUnwanted",
         ${styleColumn('e', block)} as style
       from garments g
       left join garment_embeddings e on e.store_id = g.store_id and e.garment_id = g.id and e.model = ${model}
       where g.store_id = ${store} and ${which}`,
      parameters.values,
    );
    return rows.map(({ style, ...row }) => ({ ...row, ...priced(row), style: styleOf(style, block) }));
  }

  /** Candidates for slots, all in one statement: of each slot and audience those of a sample that are nearest in style. */
  async candidates(
    ctx: StoreContext,
    block: StyleBlock,
    wish: OutfitCandidateQuery,
  ): Promise<Map<OutfitSlot, OutfitItem[]>> {
    const statements = [{ text: searchSettings(wish.limit) }, candidatesQuery(ctx, block, wish)];
    const rows = await this.database.within(ctx).batch<CandidateRow>(statements);
    const bySlot = new Map<OutfitSlot, Map<string, OutfitItem>>();
    for (const { style, ...row } of rows) {
      const pieces = bySlot.get(row.slot) ?? new Map<string, OutfitItem>();
      bySlot.set(row.slot, pieces);
      // audiences overlap: what is for everyone comes with each
      if (!pieces.has(row.id)) pieces.set(row.id, { ...row, ...priced(row), style: styleOf(style, block) });
    }
    return new Map([...bySlot].map(([slot, pieces]) => [slot, [...pieces.values()]]));
  }
}

interface PieceRow {
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
type CandidateRow = PieceRow & { slot: OutfitSlot };
type NamedRow = PieceRow & {
  slot: OutfitSlot | null;
  inStock: boolean;
  hasPicture: boolean;
  passes: boolean;
  isUnwanted: boolean;
};

function candidatesQuery(
  ctx: StoreContext,
  block: StyleBlock,
  wish: OutfitCandidateQuery,
): { text: string; values: unknown[] } {
  const parameters = new Parameters();
  const [store, model] = [parameters.add(ctx.storeId), parameters.add(block.model)];
  const slots = parameters.add(wish.slots);
  const audiences = parameters.add(wish.audiences.map((genders) => genders.join(',')));
  const conditions = [
    ...conditionsOf(wish, parameters),
    ...(wish.unwanted.length > 0 ? [`not ${unwantedCondition(wish.unwanted, parameters)}`] : []),
  ].join(' and ');
  const [seed, limit] = [parameters.add(wish.seed), parameters.add(wish.limit)];
  const style = parameters.add(vectorBytes(wish.style));
  const mostOfCategory = Math.ceil(wish.limit * CATEGORY_SHARE);
  const category = 'coalesce(lower(btrim(n.category)), n."garmentType")';
  const sample = Math.max(LEAST_SAMPLE, Math.ceil(SAMPLE / Math.max(1, wish.audiences.length)));
  // two ranges of one index, read one after the other up to the sample's size: a ring that is entered at the seed
  const range = (side: string): string => `
    (select g.* from garments g
     where g.store_id = ${store} and g.slot = s.slot and g.slot is not null and g.in_stock
       and g.lot ${side} hashint8(${seed}::bigint)
       and (g.gender is null or g.gender = any(a.genders)) and ${conditions}
     order by g.lot limit ${sample})`;
  // the style is read out of those that are left only
  const text = `
    select c.id, c.sku, c.title, c.category, c."garmentType", c.color, c.gender, c.usage, c.tags, c.price, c.currency,
      c.slot, ${styleColumn('c', block)} as style
    from unnest(${slots}::text[]) with ordinality s (slot, n)
    cross join (
      -- kept apart, so that the names are not split anew for each garment
      select string_to_array(names, ',') as genders, n from unnest(${audiences}::text[]) with ordinality u (names, n) offset 0
    ) a
    cross join lateral (
      select n.* from (
        select ${PIECE_COLUMNS}, e.embedding, e.has_image,
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
  const given = { ...filter, inStockOnly: true };
  return [...garmentConditions(given, parameters), ...hidingConditions(hide, parameters)];
}

/** Whether a garment is of what is to be avoided: true or false, never null. */
function unwantedCondition(unwanted: readonly AvoidedLabels[], parameters: Parameters): string {
  const things = unwanted.flatMap((thing) => conditionsOfThing(thing, parameters));
  return things.length > 0 ? `((${things.join(' or ')}) is true)` : 'false';
}

function conditionsOfThing(
  { colors, categories, usages, wordsQuery }: AvoidedLabels,
  parameters: Parameters,
): string[] {
  const labels = { color: colors, category: categories, usage: usages };
  const named = Object.entries(labels)
    .filter(([, values]) => values.length > 0)
    .map(
      ([column, values]) => `lower(g.${column}) in (select lower(v) from unnest(${parameters.add(values)}::text[]) v)`,
    );
  const said = wordsQuery === null ? [] : [`g.search_words @@ to_tsquery('simple', ${parameters.add(wordsQuery)})`];
  return named.length > 0 ? [`(${named.join(' and ')})`, ...said] : said;
}

/** As float32 in pgvector's own bytes: printing and parsing numbers would take longer than all else about a row. */
function styleColumn(table: string, block: StyleBlock): string {
  return `case when ${table}.has_image then vector_send(${styleOfPicture(table, block)}::vector) end`;
}

function styleOfPicture(table: string, { dimensions, start, length }: StyleBlock): string {
  return `subvector(${table}.embedding, ${dimensions + start + 1}, ${length})`;
}

/** vector_send: dimensions and zero as int16, then float32, big-endian. @returns unit length, or all 0 */
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

function priced({ price, currency }: Pick<PieceRow, 'price' | 'currency'>): Pick<OutfitItem, 'price'> {
  return { price: price === null ? null : { amount: price, currency: currency! } };
}
