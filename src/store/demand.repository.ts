// What shoppers asked for, and what came into the catalog meanwhile: grouped for analysts.
import type { Period } from '../domain/period.js';
import type { PoorSearch } from '../domain/search.gaps.js';
import type { StoreContext } from '../domain/store.context.js';
import type { Database } from './database.js';
import { littleEndianVector } from './vector.wire.js';

/** Different wordings that are looked at: comparing them all takes some 70 ms. */
const MOST_WORDINGS = 500;

/** How much of one kind there is in one week. */
export interface WeeklyAmount {
  /** Monday, YYYY-MM-DD, in UTC. */
  week: string;
  kind: string;
  amount: number;
}

/** What a garment is counted as that is none of the ten types. */
const OTHER = 'OTHER';

const WEEK_OF = (instant: string): string => `to_char(date_trunc('week', ${instant} at time zone 'UTC'), 'YYYY-MM-DD')`;

export class DemandRepository {
  constructor(private readonly database: Database) {}

  /**
   * Words whose answers were WEAK, PARTIAL or EMPTY, the commonest first. Spelled alike but for case and spaces is asked
   * alike.
   */
  async poorSearches(ctx: StoreContext, { from, to }: Period): Promise<PoorSearch[]> {
    const rows = await this.database.within(ctx).query<Omit<PoorSearch, 'vector'> & { vector: Buffer }>(
      `select k.count, k.best as "bestSimilarity", r.text, r.id as "recommendationId", r.model, r.vector
       from (
         select lower(regexp_replace(btrim(text), '\\s+', ' ', 'g')) as words, count(*)::int as count,
           max(best_similarity) as best, (array_agg(id order by at desc, id desc))[1] as id
         from recommendations
         where store_id = $1 and at >= $2 and at < $3 and text is not null and status <> 'OK'
         group by 1 order by 2 desc, 1 limit ${MOST_WORDINGS}
       ) k
       join recommendations r on r.store_id = $1 and r.id = k.id
       order by k.count desc, k.words`,
      [ctx.storeId, from, to],
    );
    return rows.map(({ vector, ...row }) => ({ ...row, vector: littleEndianVector(vector) }));
  }

  /** Answers of each week. */
  async requestsByWeek(ctx: StoreContext, { from, to }: Period): Promise<Map<string, number>> {
    const rows = await this.database.within(ctx).query<{ week: string; requests: number }>(
      `select ${WEEK_OF('at')} as week, count(*)::int as requests from recommendations
         where store_id = $1 and at >= $2 and at < $3 group by 1 order by 1`,
      [ctx.storeId, from, to],
    );
    return new Map(rows.map(({ week, requests }) => [week, requests]));
  }

  /** Σ over a week's requests of the probability that each type was asked for. */
  askedTypes(ctx: StoreContext, { from, to }: Period): Promise<WeeklyAmount[]> {
    return this.database.within(ctx).query<WeeklyAmount>(
      `select ${WEEK_OF('r.at')} as week, t."garmentType" as kind, sum(t.probability)::float8 as amount
       from recommendations r,
         json_to_recordset(r.understanding -> 'garmentTypes') as t ("garmentType" text, probability float8)
       where r.store_id = $1 and r.at >= $2 and r.at < $3 group by 1, 2 order by 1, 2`,
      [ctx.storeId, from, to],
    );
  }

  /** Garments by type and by the week in which they came; those of before the period under a week of ''. */
  addedTypes(ctx: StoreContext, { from, to }: Period): Promise<WeeklyAmount[]> {
    return this.database.within(ctx).query<WeeklyAmount>(
      `select case when created_at < $2 then '' else ${WEEK_OF('created_at')} end as week,
         coalesce(garment_type, '${OTHER}') as kind, count(*)::float8 as amount
       from garments where store_id = $1 and created_at < $3 group by 1, 2 order by 1, 2`,
      [ctx.storeId, from, to],
    );
  }
}
