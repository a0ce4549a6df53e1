// THE vector query: the one place where embeddings are searched. Builds its SQL and says how PostgreSQL is to run it.
// Knows nothing of what is done with the hits.
import type { GarmentFilter } from '../domain/catalog/garment.js';
import { COMPARED_OUTPUTS } from '../domain/recommend/label.similarity.js';
import type { RuleTarget } from '../domain/recommend/merchandising.rule.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { garmentConditions, hidingConditions, Parameters, targetCondition } from './garment.filter.sql.js';
import { concatenated, requireDirection, vectorBytes } from './database/vector.codec.js';
import type { Statement, Database } from './database/database.types.js';

export interface Search {
  model: string;
  /** Both halves of the request vector, each of the bundle's dimensions. */
  vector: { text: Float32Array; image: Float32Array };
  filter: GarmentFilter | null | undefined;
  /** What is left out whatever the filter says. */
  hide?: readonly RuleTarget[];
  /** Only what one of these is about; absent: everything. */
  restrictTo?: readonly RuleTarget[];
  limit: number;
  /** Ids of garments that come with the nearest where they match, however far away. */
  include?: readonly string[];
  /** What is selected of each hit, from `n`: garment_id, distance (= −inner product), and the embedding's columns. */
  select: (parameters: Parameters) => string;
  /** Joined to `n`, for columns that the embedding has not. */
  join?: string;
}

/**
 * Hits of one search, nearest first, ties by garment id: min(limit, garments that match) rows, and those of `also` that are
 * not among them.
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
  // the index gives up after hnsw.max_scan_tuples and may miss rows that nothing links to; few rows match, so scanning
  // those is cheap, and a filter that keeps one garment in a thousand still gets all that there are
  return (await database.within(ctx).batch<Hit<Row>>([settings, nearestQuery(ctx, search, 'exact')])).map(rowOf);
}

/** Whether a row is one of the nearest, and not only among those that come along. */
type Hit<Row> = Row & { isNear: boolean };

function rowOf<Row>({ isNear: _, ...row }: Hit<Row>): Row {
  return row as Row;
}

/**
 * iterative_scan: with a filter that keeps 1 %, a plain HNSW scan gave 0 of 10 rows (pgvector#751); relaxed_order, since
 * the rows are sorted afterwards anyway. ef_search: pgvector takes 1 to 1000. plan_cache_mode: a generic plan would not
 * know the model, and so not the model's partial index. jit: compiling takes longer than any of these queries runs.
 */
export function searchSettings(limit: number): string {
  const efSearch = Math.min(1000, Math.max(100, limit * 2));
  return `set local hnsw.iterative_scan = relaxed_order; set local hnsw.ef_search = ${efSearch};
    set local plan_cache_mode = force_custom_plan; set local jit = off`;
}

/**
 * Minus the inner product of a stored vector and one that is asked for, which is rounded to the same 16 bits. Embedded, each of
 * their numbers is made a float32 once, and the product is the same to the bit in half the time: WebAssembly has no instruction
 * for it, and halfvec's own product makes both sides anew for each row. PostgreSQL's has one.
 */
export function halfvecProduct(column: string, asked: string, kind: Database['kind']): string {
  if (kind === 'postgres') return `${column} <#> ${asked}::vector::halfvec`;
  return `${column}::vector <#> ${asked}::vector::halfvec::vector`;
}

/** @param how 'index': in the form that the HNSW index answers; 'exact': in one that it cannot; 'embedded': exact, there */
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
    conditions.push(`(${search.restrictTo.map((one) => targetCondition(one, parameters)).join(' or ')})`);
  // the index answers exactly this expression, so adding 0 keeps it out; either way it stands once, to be computed once
  const asked = parameters.add(vectorBytes(whole));
  const product =
    how === 'embedded'
      ? halfvecProduct('e.embedding', asked, 'embedded')
      : `e.embedding::${type} <#> ${asked}::vector::${type}`;
  const [distance, order] = how === 'index' ? [product, product] : [`(${product}) + 0`, 'distance, e.garment_id'];
  const limit = parameters.add(search.limit);
  const tables = 'garment_embeddings e join garments g on g.store_id = e.store_id and g.id = e.garment_id';
  const columns = `e.store_id, e.garment_id, e.embedding, e.has_text, e.has_image, e.type_probabilities,
        ${COMPARED_OUTPUTS.map((output) => `e.${output}_roots`).join(', ')}`;
  const ids = search.include?.length ? parameters.add(search.include) : null;
  // they are few and found by their keys, so the distance is computed as it is and not asked of the index
  const also = ids
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
    )${also}
    select ${search.select(parameters)}, n.is_near as "isNear"
    from n ${search.join ?? ''}
    order by n.distance, n.garment_id`;
  return { text, values: parameters.values };
}
