// THE vector query: the one place where embeddings are searched. Builds its SQL and says how PostgreSQL is to run it.
// Knows nothing of what is done with the hits.
import type { GarmentFilter } from '../domain/garment.js';
import { FIT_OUTPUTS } from '../domain/label.fit.js';
import type { RuleTarget } from '../domain/merchandising.rule.js';
import type { StoreContext } from '../domain/store.context.js';
import type { Database, Statement } from './database.js';
import { garmentConditions, hidingConditions, Parameters, targetCondition } from './garment.conditions.js';
import { concatenated, requireDirection, vectorBytes } from './vector.wire.js';

export interface Search {
  model: string;
  /** Both halves of the request vector, each of the bundle's dimensions. */
  vector: { text: Float32Array; image: Float32Array };
  filter: GarmentFilter | null | undefined;
  /** What is left out whatever the filter says. */
  hide?: readonly RuleTarget[];
  /** Only what one of these is about; absent: everything. */
  only?: readonly RuleTarget[];
  limit: number;
  /** What is selected of each hit, from `n`: garment_id, distance (= −inner product), and the embedding's columns. */
  select: (parameters: Parameters) => string;
  /** Joined to `n`, for columns that the embedding has not. */
  join?: string;
}

/** Hits of one search, nearest first, ties by garment id: min(limit, garments that match) rows. */
export async function searchNearest<Row>(database: Database, ctx: StoreContext, search: Search): Promise<Row[]> {
  requireDirection(concatenated(search.vector.text, search.vector.image), 'the request vector');
  if (database.kind === 'embedded') {
    const { text, values } = nearestQuery(ctx, search, 'exact');
    return database.within(ctx).query<Row>(text, values);
  }
  const settings = { text: searchSettings(search.limit) };
  const rows = await database.within(ctx).batch<Row>([settings, nearestQuery(ctx, search, 'index')]);
  if (rows.length >= search.limit) return rows;
  // the index gives up after hnsw.max_scan_tuples and may miss rows that nothing links to; few rows match, so scanning
  // those is cheap, and a filter that keeps one garment in a thousand still gets all that there are
  return database.within(ctx).batch<Row>([settings, nearestQuery(ctx, search, 'exact')]);
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

/** @param how 'index': in the form that the HNSW index answers; 'exact': in one that it cannot */
function nearestQuery(ctx: StoreContext, search: Search, how: 'index' | 'exact'): Statement {
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
  if (search.only) conditions.push(`(${search.only.map((one) => targetCondition(one, parameters)).join(' or ')})`);
  // the index answers exactly this expression, so adding 0 keeps it out; either way it stands once, to be computed once
  const product = `e.embedding::${type} <#> ${parameters.add(vectorBytes(whole))}::vector::${type}`;
  const [distance, order] = how === 'index' ? [product, product] : [`(${product}) + 0`, 'distance, e.garment_id'];
  const limit = parameters.add(search.limit);
  const text = `
    with n as materialized (
      select e.store_id, e.garment_id, e.embedding, e.has_text, e.has_image, e.type_probabilities,
        ${FIT_OUTPUTS.map((output) => `e.${output}_roots`).join(', ')}, ${distance} as distance
      from garment_embeddings e
      join garments g on g.store_id = e.store_id and g.id = e.garment_id
      where ${conditions.join(' and ')}
      order by ${order}
      limit ${limit}
    )
    select ${search.select(parameters)}
    from n ${search.join ?? ''}
    order by n.distance, n.garment_id`;
  return { text, values: parameters.values };
}
