// Search by words: PostgreSQL's full text beside the vectors, fused by rank. Knows nothing of how words become features.
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
  /** As a person types them: "quoted phrase", or, -without; the last word may be unfinished. */
  words: string;
  /** Of the words; unit length. */
  textFeatures: Float32Array;
  /** How words are weighted against a garment's words and picture: the bundle's. @see fuse */
  halves: ModalityWeightsByKind;
  filter?: GarmentFilter | null;
  /** What rules hide. */
  hide?: readonly RuleTarget[];
  first: number;
  /** Cursor of the last hit of the page before. */
  after?: string | null;
}

/** Hits that the vectors add to those of the full text, whatever page is asked for. */
export const VECTOR_HITS = 100;

interface RankedId {
  id: string;
  rank: number;
}

/** k of reciprocal-rank fusion. Cormack, Clarke & Büttcher, SIGIR 2009, found 60 best. */
const RRF_K = 60;

/**
 * One page of the hits, best first, and how many there are.
 *
 * A hit is a garment that matches the filter and: has all the words (the last one as a prefix), or is among the 100 nearest
 * by vector, or has exactly this sku. Score = Σ 1 / (60 + rank) over both rankings, where equally good ones share a rank;
 * ties by the words' rank, then by id. A garment whose sku it is comes first. The order depends on the words, the filter and
 * the catalog only, so pages neither repeat nor skip while the catalog stands still.
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
  // the count stands in every row; where the page is empty, one row holds it alone
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
      -- a query's text ends with its last lexeme's quote: ':*' behind it makes that one a prefix
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
        -- more than both rankings can give
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
