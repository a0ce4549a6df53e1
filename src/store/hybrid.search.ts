// Hybrid catalog search: PostgreSQL full-text search and vector retrieval, fused by rank.
import { fuse, type ModalityWeightsByKind } from '../domain/recommend/fusion.js';
import type { GarmentFilter } from '../domain/catalog/garment.js';
import type { RuleTarget } from '../domain/recommend/merchandising.rule.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { garmentConditions, hidingConditions, Parameters } from './garment.filter.sql.js';
import {
  hitCursor,
  decodeHitCursor,
  GARMENT_COLUMNS,
  GARMENT_TABLES,
  garmentOf,
  type GarmentRow,
} from './garment.row.js';
import type { GarmentPage } from './garment.repository.js';
import { searchByVector } from './vector.search.js';
import { webSearchWords } from './search.query.js';
import type { Database } from './database/database.types.js';

export interface HybridSearch {
  model: string;
  /** The search text as a person types it: "quoted phrase", or, -without; the last word may be unfinished. */
  words: string;
  /** Features of the text; unit length. */
  textFeatures: Float32Array;
  /** The bundle's weights of the text query for the text and the picture of a garment. @see fuse */
  halves: ModalityWeightsByKind;
  filter?: GarmentFilter | null;
  /** Targets of hiding rules. */
  hide?: readonly RuleTarget[];
  first: number;
  /** Cursor of the last hit of the previous page. */
  after?: string | null;
}

/** Hits that the vectors add to those of the full-text search, on every page. */
export const VECTOR_HITS = 100;

interface RankedId {
  id: string;
  rank: number;
}

/** k of reciprocal-rank fusion. Cormack, Clarke & Büttcher, SIGIR 2009, found 60 best. */
const RRF_K = 60;

/**
 * Returns one page of the hits, best first, and the total number of hits.
 *
 * A hit is a garment that passes the filter and meets one of three conditions: it has all the words (the last one as a
 * prefix), it is among the 100 nearest by vector, or its sku is the text. Score = Σ 1 / (60 + rank) over both rankings;
 * equally good garments share a rank. Ties are broken by the full-text rank, then by id. A garment whose sku is the
 * text comes first. The order depends only on the text, the filter and the catalog, so pages neither repeat nor skip
 * garments while the catalog does not change.
 * @throws FitroomError CURSOR_INVALID
 */
export async function searchWords(database: Database, ctx: StoreContext, search: HybridSearch): Promise<GarmentPage> {
  const shown = search.after == null ? 0 : decodeHitCursor(search.after);
  const features = { text: search.textFeatures, image: null };
  const near = await searchByVector<RankedId>(database, ctx, {
    model: search.model,
    vector: fuse(features, { method: 'WEIGHTED_AVERAGE', weights: { text: 1, image: 0 } }, search.halves),
    filter: search.filter,
    hide: search.hide,
    limit: VECTOR_HITS,
    select: () => 'n.garment_id as id, rank() over (order by n.distance)::int as rank',
  });
  const { text, values } = fusionQuery(ctx, search, { near, shown });
  // every row holds the count; for an empty page, a single row holds only the count
  const rows = await database.within(ctx).query<GarmentRow & { total: number }>(text, values);
  const hits = rows.filter((row) => row.id !== null);
  const totalCount = rows[0]!.total;
  return {
    edges: hits.map((row, i) => ({ cursor: hitCursor(shown + i + 1), garment: garmentOf(row) })),
    totalCount,
    hasNextPage: shown + hits.length < totalCount,
    hasPreviousPage: shown > 0,
  };
}

function fusionQuery(
  ctx: StoreContext,
  search: HybridSearch,
  { near, shown }: { near: RankedId[]; shown: number },
): { text: string; values: unknown[] } {
  const parameters = new Parameters();
  const storeId = parameters.add(ctx.storeId);
  const words = parameters.add(webSearchWords(search.words));
  const sku = parameters.add(search.words.trim());
  const nearIds = parameters.add(near.map(({ id }) => id));
  const nearRanks = parameters.add(near.map(({ rank }) => rank));
  const conditions = [
    ...garmentConditions(search.filter, parameters),
    ...hidingConditions(search.hide ?? [], parameters),
  ];
  const matching = [`g.store_id = ${storeId}`, ...conditions].join(' and ');
  const page = `limit ${parameters.add(search.first)} offset ${parameters.add(shown)}`;
  const text = `
    with asked as (
      -- the text of a query ends with the quote of its last lexeme: ':*' after it turns that lexeme into a prefix
      select whole, regexp_replace(whole::text, '''$', ''':*')::tsquery as begun
      from websearch_to_tsquery('simple', ${words}) whole
    ), lexical as (
      select g.id, rank() over (
        order by ts_rank_cd(g.search_words, whole) desc, ts_rank_cd(g.search_words, begun) desc
      ) as rank
      from asked, garments g where ${matching} and g.search_words @@ begun
    ), hits as (
      select id, sum(said) + sum(meant) as score, sum(said) as said from (
        select id, 1.0 / (${RRF_K} + rank) as said, 0 as meant from lexical
        union all
        select id, 0, 1.0 / (${RRF_K} + rank) from unnest(${nearIds}::bigint[], ${nearRanks}::int[]) as near (id, rank)
        union all
        -- more than both rankings can add up to
        select g.id, 1, 0 from garments g where ${matching} and lower(g.sku) = lower(${sku})
      ) shares group by id
    ), page as (
      select id, score, said from hits order by score desc, said desc, id ${page}
    )
    select counted.total, found.*
    from (select count(*)::int as total from hits) counted
    left join (
      select ${GARMENT_COLUMNS}, page.score, page.said from page join ${GARMENT_TABLES} on g.store_id = ${storeId} and g.id = page.id
    ) found on true
    order by found.score desc, found.said desc, found.id`;
  return { text, values: parameters.values };
}
