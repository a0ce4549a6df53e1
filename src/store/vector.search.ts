// The vector query: the only SQL that searches embeddings, and the settings it runs with.
import type { GarmentFilter } from '../domain/catalog/garment.js';
import { COMPARED_OUTPUTS } from '../domain/recommend/label.similarity.js';
import type { RuleTarget } from '../domain/recommend/merchandising.rule.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { garmentConditions, hidingConditions, Parameters, targetCondition } from './garment.filter.sql.js';
import { concatenated, requireDirection, vectorBytes } from './database/vector.codec.js';
import type { Statement, Database } from './database/database.types.js';

export interface Search {
  model: string;
  /** Both modalities of the request vector, each with the bundle's dimensions. */
  vector: { text: Float32Array; image: Float32Array };
  filter: GarmentFilter | null | undefined;
  /** Garments to exclude in addition to the filter. */
  hide?: readonly RuleTarget[];
  /** Restricts the search to garments that match one of these targets. Absent for no restriction. */
  restrictTo?: readonly RuleTarget[];
  limit: number;
  /** Ids of garments that are returned in addition to the nearest ones if they pass the filter, however far away. */
  include?: readonly string[];
  /**
   * Returns the columns to select for each hit, from `n`: garment_id, distance (= −inner product), and the embedding's
   * columns.
   */
  select: (parameters: Parameters) => string;
  /** SQL joined to `n`, for columns outside the embedding. */
  join?: string;
}

/**
 * Returns the hits of one search, nearest first, ties by garment id: min(limit, matching garments) rows, plus the
 * garments of `include` that are not among them.
 * @throws RangeError if the request vector is zero or not finite
 */
export async function searchByVector<Row>(database: Database, ctx: StoreContext, search: Search): Promise<Row[]> {
  requireDirection(concatenated(search.vector.text, search.vector.image), 'the request vector');
  if (database.kind === 'embedded') {
    const { text, values } = nearestQuery(ctx, search, 'embedded');
    return (await database.within(ctx).query<Hit<Row>>(text, values)).map(rowOf);
  }
  const settings = { text: searchSettings(search.limit) };
  const hits = await database.within(ctx).batch<Hit<Row>>([settings, nearestQuery(ctx, search, 'index')]);
  if (hits.filter(({ isNear }) => isNear).length >= search.limit) return hits.map(rowOf);
  // The index stops after hnsw.max_scan_tuples and may miss rows that no other row links to. Few rows match in this
  // case, so an exact scan of those is cheap: a filter that keeps one garment in a thousand still returns all of them.
  return (await database.within(ctx).batch<Hit<Row>>([settings, nearestQuery(ctx, search, 'exact')])).map(rowOf);
}

/** A row with a flag: true for one of the nearest, false for a row that only `include` adds. */
type Hit<Row> = Row & { isNear: boolean };

function rowOf<Row>({ isNear: _, ...row }: Hit<Row>): Row {
  return row as Row;
}

/**
 * Returns the settings of the vector query.
 * iterative_scan: with a filter that keeps 1 %, a plain HNSW scan returned 0 of 10 rows (pgvector#751). relaxed_order,
 * since the rows are sorted afterwards anyway.
 * ef_search: pgvector accepts 1 to 1000.
 * plan_cache_mode: a generic plan does not know the model and cannot use the model's partial index.
 * jit: compiling takes longer than any of these queries runs.
 */
export function searchSettings(limit: number): string {
  const efSearch = Math.min(1000, Math.max(100, limit * 2));
  return `set local hnsw.iterative_scan = relaxed_order; set local hnsw.ef_search = ${efSearch};
    set local plan_cache_mode = force_custom_plan; set local jit = off`;
}

/**
 * Returns SQL for minus the inner product of a stored vector and a request vector, rounded to the same 16 bits.
 * On the embedded database both vectors are cast to float32 once. This halves the time and gives the same product to
 * the bit: WebAssembly has no instruction for half precision, and halfvec's own product converts both vectors again
 * for each row. PostgreSQL uses such an instruction.
 */
export function halfvecProduct(column: string, requested: string, kind: Database['kind']): string {
  if (kind === 'postgres') return `${column} <#> ${requested}::vector::halfvec`;
  return `${column}::vector <#> ${requested}::vector::halfvec::vector`;
}

/**
 * Builds the vector query.
 * @param how 'index': in the form that the HNSW index supports; 'exact': in a form that it does not support;
 * 'embedded': exact, on the embedded database
 */
function nearestQuery(ctx: StoreContext, search: Search, how: 'index' | 'exact' | 'embedded'): Statement {
  const parameters = new Parameters();
  const whole = concatenated(search.vector.text, search.vector.image);
  const type = `halfvec(${whole.length})`;
  const storeId = parameters.add(ctx.storeId);
  const conditions = [
    `e.store_id = ${storeId}`,
    `e.model = ${parameters.add(search.model)}`,
    ...garmentConditions(search.filter, parameters),
    ...hidingConditions(search.hide ?? [], parameters),
  ];
  if (search.restrictTo)
    conditions.push(`(${search.restrictTo.map((target) => targetCondition(target, parameters)).join(' or ')})`);
  // The index matches exactly this expression, so adding 0 prevents its use. The expression occurs once, so it is
  // computed once.
  const requested = parameters.add(vectorBytes(whole));
  const product =
    how === 'embedded'
      ? halfvecProduct('e.embedding', requested, 'embedded')
      : `e.embedding::${type} <#> ${requested}::vector::${type}`;
  const [distance, order] = how === 'index' ? [product, product] : [`(${product}) + 0`, 'distance, e.garment_id'];
  const limit = parameters.add(search.limit);
  const tables = 'garment_embeddings e join garments g on g.store_id = e.store_id and g.id = e.garment_id';
  const columns = `e.store_id, e.garment_id, e.embedding, e.has_text, e.has_image, e.type_probabilities,
        ${COMPARED_OUTPUTS.map((output) => `e.${output}_roots`).join(', ')}`;
  const ids = search.include?.length ? parameters.add(search.include) : null;
  // these rows are few and found by their keys, so the distance is computed directly, without the index
  const includedRows = ids
    ? `, n as materialized (
      select * from near
      union all
      select ${columns}, (${product}) + 0, false
      from ${tables}
      where ${conditions.join(' and ')} and e.garment_id = any(${ids}::bigint[])
        and e.garment_id not in (select garment_id from near)
    )`
    : ', n as (select * from near)';
  const text = `
    with near as materialized (
      select ${columns}, ${distance} as distance, true as is_near
      from ${tables}
      where ${conditions.join(' and ')}
      order by ${order}
      limit ${limit}
    )${includedRows}
    select ${search.select(parameters)}, n.is_near as "isNear"
    from n ${search.join ?? ''}
    order by n.distance, n.garment_id`;
  return { text, values: parameters.values };
}
