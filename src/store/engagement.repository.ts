// What was shown and what shoppers did with it, counted where it lies.
import type { EngagementDay, ShownEngagement } from '../domain/engagement.js';
import type { GarmentType } from '../domain/garment.js';
import type { Period } from '../domain/period.js';
import type { StoreContext } from '../domain/store.context.js';
import type { Database } from './database.js';

/** Columns of EngagementCounts, and how each is counted. */
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

const DEALT_WITH = Object.entries(KINDS)
  .map(([name, kind]) => `(count(*) filter (where '${kind}' = any(d.kinds)))::int as "${name}"`)
  .join(', ');

const DAY_OF = (instant: string): string => `date_trunc('day', ${instant} at time zone 'UTC')`;

/**
 * Each garment of each answer of a period, and what was done with it. Feedback is younger than its answer, so that the
 * period's beginning holds for it too.
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

export class EngagementRepository {
  constructor(private readonly database: Database) {}

  /** Every day that the period touches, those without anything too: answers by when they were given, events by when they came. */
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

  /** By the rank at which garments were shown, the first first. */
  byRank(ctx: StoreContext, { from, to }: Period): Promise<(ShownEngagement & { rank: number })[]> {
    return this.database
      .within(ctx)
      .query(`select s.rank, count(*)::int as shown, ${DEALT_WITH} ${SHOWN} group by s.rank order by s.rank`, [
        ctx.storeId,
        from,
        to,
      ]);
  }

  /** By the type that garments have now, the most shown first; null: none of the ten, or gone from the catalog. */
  byGarmentType(
    ctx: StoreContext,
    { from, to }: Period,
  ): Promise<(ShownEngagement & { garmentType: GarmentType | null })[]> {
    return this.database.within(ctx).query(
      `select g.garment_type as "garmentType", count(*)::int as shown, ${DEALT_WITH} ${SHOWN}
       left join garments g on g.store_id = $1 and g.sku = s.sku
       group by g.garment_type order by count(*) desc, g.garment_type`,
      [ctx.storeId, from, to],
    );
  }
}
