// Analytics queries over the recommendation log and the feedback: engagement, exposure and demand.
import type { EngagementDay, ShownEngagement } from '../domain/analytics/engagement.js';
import type { GarmentType } from '../domain/catalog/garment.js';
import type { Period } from '../domain/analytics/period.js';
import type { StoreContext } from '../domain/access/store.context.js';
import type { ImpressionCount } from '../domain/analytics/gini.js';
import type { PoorSearch } from '../domain/analytics/search.gaps.js';
import { littleEndianVector } from './database/vector.codec.js';
import type { Database } from './database/database.types.js';
/** Columns of EngagementCounts, each with the feedback kind that it counts. */
const KINDS = {
  views: 'VIEW',
  clicks: 'CLICK',
  tryOns: 'TRY_ON',
  carts: 'CART',
  purchases: 'PURCHASE',
  dismissals: 'DISMISS',
} as const;

const EVENTS = Object.entries(KINDS)
  .map(([name, kind]) => `(count(*) filter (where kind = '${kind}'))::int as "${name}"`)
  .join(', ');

const SHOWN_EVENTS = Object.entries(KINDS)
  .map(([name, kind]) => `(count(*) filter (where '${kind}' = any(d.kinds)))::int as "${name}"`)
  .join(', ');

const DAY_OF = (instant: string): string => `date_trunc('day', ${instant} at time zone 'UTC')`;

/**
 * Each garment of each recommendation of a period, with the kinds of feedback on it. Feedback is never older than its
 * recommendation, so the start of the period applies to both.
 */
const SHOWN = `
  from (
    select r.id, s.sku, s.rank from recommendations r, unnest(r.shown_skus, r.shown_ranks) as s (sku, rank)
    where r.store_id = $1 and r.at >= $2 and r.at < $3
  ) s
  left join (
    select recommendation_id, sku, array_agg(distinct kind) as kinds from feedback
    where store_id = $1 and at >= $2 group by recommendation_id, sku
  ) d on d.recommendation_id = s.id and d.sku = s.sku`;

export class AnalyticsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Returns one row for each day that the period touches, days without events included. Recommendations count on the
   * day they were made, events on the day they arrived.
   */
  byDay(ctx: StoreContext, { from, to }: Period): Promise<EngagementDay[]> {
    const counts = Object.keys(KINDS).map((name) => `coalesce(f."${name}", 0) as "${name}"`);
    return this.database.within(ctx).query<EngagementDay>(
      `select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(r.recommendations, 0) as recommendations, ${counts.join(', ')}
       from generate_series(${DAY_OF('$2::timestamptz')}, $3::timestamptz at time zone 'UTC' - interval '1 microsecond',
         interval '1 day') as d (day)
       left join (
         select ${DAY_OF('at')} as day, count(*)::int as recommendations from recommendations
         where store_id = $1 and at >= $2 and at < $3 group by 1
       ) r on r.day = d.day
       left join (
         select ${DAY_OF('at')} as day, ${EVENTS} from feedback where store_id = $1 and at >= $2 and at < $3 group by 1
       ) f on f.day = d.day
       order by d.day`,
      [ctx.storeId, from, to],
    );
  }

  /** Returns engagement by the rank at which garments were shown, rank 1 first. */
  byRank(ctx: StoreContext, { from, to }: Period): Promise<(ShownEngagement & { rank: number })[]> {
    return this.database
      .within(ctx)
      .query(`select s.rank, count(*)::int as shown, ${SHOWN_EVENTS} ${SHOWN} group by s.rank order by s.rank`, [
        ctx.storeId,
        from,
        to,
      ]);
  }

  /**
   * Returns engagement by the current type of the garment, the type shown most often first. Null for garments that have
   * none of the ten types and for garments that have left the catalog.
   */
  byGarmentType(
    ctx: StoreContext,
    { from, to }: Period,
  ): Promise<(ShownEngagement & { garmentType: GarmentType | null })[]> {
    return this.database.within(ctx).query(
      `select g.garment_type as "garmentType", count(*)::int as shown, ${SHOWN_EVENTS} ${SHOWN}
       left join garments g on g.store_id = $1 and g.sku = s.sku
       group by g.garment_type order by count(*) desc, g.garment_type`,
      [ctx.storeId, from, to],
    );
  }
}

/** Garments in stock with the number of times they were shown. Garments that have left the catalog are not counted. */
const SHOWINGS = `
  from garments g left join (
    select s.sku, count(*)::int as times from recommendations r, unnest(r.shown_skus) as s (sku)
    where r.store_id = $1 and r.at >= $2 and r.at < $3 group by s.sku
  ) s on s.sku = g.sku
  where g.store_id = $1 and g.in_stock`;

export class ExposureRepository {
  constructor(private readonly database: Database) {}

  /** Returns the number of garments in stock by how often they were shown, 0 times included. */
  counts(ctx: StoreContext, { from, to }: Period): Promise<ImpressionCount[]> {
    return this.database
      .within(ctx)
      .query<ImpressionCount>(
        `select coalesce(s.times, 0) as times, count(*)::int as garments ${SHOWINGS} group by 1 order by 1`,
        [ctx.storeId, from, to],
      );
  }

  /** Returns garments in stock that were never shown, the oldest in the catalog first. @returns ids */
  async neverShown(ctx: StoreContext, { from, to }: Period, first: number): Promise<string[]> {
    const rows = await this.database
      .within(ctx)
      .query<{ id: string }>(`select g.id ${SHOWINGS} and s.sku is null order by g.created_at, g.id limit $4`, [
        ctx.storeId,
        from,
        to,
        first,
      ]);
    return rows.map(({ id }) => id);
  }
}

/** Maximum number of different spellings that are compared. Comparing this many takes about 70 ms. */
const MAX_SPELLINGS = 500;

/** The amount of one kind in one week. */
export interface WeeklyAmount {
  /** Monday, YYYY-MM-DD, in UTC. */
  week: string;
  kind: string;
  amount: number;
}

/** The kind under which a garment with none of the ten types is counted. */
const OTHER = 'OTHER';

const WEEK_OF = (instant: string): string => `to_char(date_trunc('week', ${instant} at time zone 'UTC'), 'YYYY-MM-DD')`;

export class DemandRepository {
  constructor(private readonly database: Database) {}

  /**
   * Returns the texts whose recommendations were WEAK, PARTIAL or EMPTY, the most frequent first. Texts that differ
   * only in case and spaces count as one.
   */
  async poorSearches(ctx: StoreContext, { from, to }: Period): Promise<PoorSearch[]> {
    const rows = await this.database.within(ctx).query<Omit<PoorSearch, 'vector'> & { vector: Buffer }>(
      `select k.count, k.best as "bestSimilarity", r.text, r.id as "recommendationId", r.model, r.vector
       from (
         select lower(regexp_replace(btrim(text), '\\s+', ' ', 'g')) as words, count(*)::int as count,
           max(best_similarity) as best, (array_agg(id order by at desc, id desc))[1] as id
         from recommendations
         where store_id = $1 and at >= $2 and at < $3 and text is not null and status <> 'OK'
         group by 1 order by 2 desc, 1 limit ${MAX_SPELLINGS}
       ) k
       join recommendations r on r.store_id = $1 and r.id = k.id
       order by k.count desc, k.words`,
      [ctx.storeId, from, to],
    );
    return rows.map(({ vector, ...row }) => ({ ...row, vector: littleEndianVector(vector) }));
  }

  /** Returns the number of recommendations for each week. */
  async requestsByWeek(ctx: StoreContext, { from, to }: Period): Promise<Map<string, number>> {
    const rows = await this.database.within(ctx).query<{ week: string; requests: number }>(
      `select ${WEEK_OF('at')} as week, count(*)::int as requests from recommendations
         where store_id = $1 and at >= $2 and at < $3 group by 1 order by 1`,
      [ctx.storeId, from, to],
    );
    return new Map(rows.map(({ week, requests }) => [week, requests]));
  }

  /** Returns, for each week and type, the sum of the probabilities that a request asks for the type. */
  askedTypes(ctx: StoreContext, { from, to }: Period): Promise<WeeklyAmount[]> {
    return this.database.within(ctx).query<WeeklyAmount>(
      `select ${WEEK_OF('r.at')} as week, t."garmentType" as kind, sum(t.probability)::float8 as amount
       from recommendations r,
         json_to_recordset(r.understanding -> 'garmentTypes') as t ("garmentType" text, probability float8)
       where r.store_id = $1 and r.at >= $2 and r.at < $3 group by 1, 2 order by 1, 2`,
      [ctx.storeId, from, to],
    );
  }

  /**
   * Returns the number of garments by type and by the week in which they were added. The week is '' for garments added
   * before the period.
   */
  addedTypes(ctx: StoreContext, { from, to }: Period): Promise<WeeklyAmount[]> {
    return this.database.within(ctx).query<WeeklyAmount>(
      `select case when created_at < $2 then '' else ${WEEK_OF('created_at')} end as week,
         coalesce(garment_type, '${OTHER}') as kind, count(*)::float8 as amount
       from garments where store_id = $1 and created_at < $3 group by 1, 2 order by 1, 2`,
      [ctx.storeId, from, to],
    );
  }
}
