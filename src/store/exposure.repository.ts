// How often each garment of the catalog was shown.
import type { ShownTimes } from '../domain/concentration.js';
import type { Period } from '../domain/period.js';
import type { StoreContext } from '../domain/store.context.js';
import type { Database } from './database.js';

/** Garments that can be bought now, with how often they were shown; what has left the catalog is not in it. */
const SHOWINGS = `
  from garments g left join (
    select s.sku, count(*)::int as times from recommendations r, unnest(r.shown_skus) as s (sku)
    where r.store_id = $1 and r.at >= $2 and r.at < $3 group by s.sku
  ) s on s.sku = g.sku
  where g.store_id = $1 and g.in_stock`;

export class ExposureRepository {
  constructor(private readonly database: Database) {}

  /** Garments in stock by how often they were shown, never too. */
  counts(ctx: StoreContext, { from, to }: Period): Promise<ShownTimes[]> {
    return this.database
      .within(ctx)
      .query<ShownTimes>(
        `select coalesce(s.times, 0) as times, count(*)::int as garments ${SHOWINGS} group by 1 order by 1`,
        [ctx.storeId, from, to],
      );
  }

  /** Garments in stock that were never shown, those first that have been there longest. @returns ids */
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
