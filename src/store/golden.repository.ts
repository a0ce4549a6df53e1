// Golden queries and the results of their runs.
import { MAX_GOLDEN_QUERIES, type GoldenQuery, type GoldenRun } from '../domain/analytics/golden.query.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { storableValue } from './database/storable.text.js';
import type { Period } from '../domain/analytics/period.js';
import type { Database } from './database/database.types.js';
const COLUMNS = `id, name, text, avoid, image_sku as "imageSku", filter, expected_skus as "expectedSkus", within`;

export class GoldenRepository {
  constructor(private readonly database: Database) {}

  /** Returns all golden queries in order of creation. */
  list(ctx: StoreContext): Promise<GoldenQuery[]> {
    return this.database
      .within(ctx)
      .query<GoldenQuery>(`select ${COLUMNS} from golden_queries where store_id = $1 order by created_at, id`, [
        ctx.storeId,
      ]);
  }

  /**
   * Saves a golden query and replaces the one with the same id. @returns the stored query; null if the store has the
   * maximum number
   */
  async save(ctx: StoreContext, golden: GoldenQuery): Promise<GoldenQuery | null> {
    const { id, name, text, avoid, imageSku, filter, expectedSkus, within } = golden;
    const facts = [name, text, avoid, imageSku, filter && JSON.stringify(filter), expectedSkus].map(storableValue);
    const [saved] = await this.database.within(ctx).query<GoldenQuery>(
      `insert into golden_queries (store_id, id, name, text, avoid, image_sku, filter, expected_skus, within)
       select $1::text, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::json, $8::text[], $9::int
       where exists (select from golden_queries where store_id = $1 and id = $2)
         or (select count(*) from golden_queries where store_id = $1) < ${MAX_GOLDEN_QUERIES}
       on conflict (store_id, id) do update set
         name = excluded.name, text = excluded.text, avoid = excluded.avoid, image_sku = excluded.image_sku,
         filter = excluded.filter, expected_skus = excluded.expected_skus, within = excluded.within
       returning ${COLUMNS}`,
      [ctx.storeId, id, ...facts, within],
    );
    return saved ?? null;
  }

  /** Deletes a golden query. @returns true if it existed */
  async delete(ctx: StoreContext, id: string): Promise<boolean> {
    const deleted = await this.database
      .within(ctx)
      .query('delete from golden_queries where store_id = $1 and id = $2 returning id', [ctx.storeId, id]);
    return deleted.length > 0;
  }
}

/** Days for which runs are stored: the longest period that a report may cover. */
const KEPT_DAYS = 400;

const RUN_COLUMNS = 'id, at, model, occasion, ranks';

export class GoldenRunRepository {
  constructor(private readonly database: Database) {}

  async save(ctx: StoreContext, { id, at, model, occasion, ranks }: GoldenRun): Promise<void> {
    await this.database.within(ctx).batch([
      {
        text: `insert into golden_runs (store_id, ${RUN_COLUMNS}) values ($1, $2, $3, $4, $5, $6::jsonb)`,
        values: [ctx.storeId, id, at, model, occasion, JSON.stringify(ranks)],
      },
      {
        text: `delete from golden_runs where store_id = $1 and at < $2::timestamptz - interval '${KEPT_DAYS} days'`,
        values: [ctx.storeId, at],
      },
    ]);
  }

  /**
   * Returns the runs of a period, the earliest first. The last run before the period precedes them, as the baseline of
   * the first.
   */
  list(ctx: StoreContext, { from, to }: Period): Promise<GoldenRun[]> {
    return this.database.within(ctx).query<GoldenRun>(
      `(select ${RUN_COLUMNS} from golden_runs where store_id = $1 and at < $2 order by at desc, id desc limit 1)
       union all
       (select ${RUN_COLUMNS} from golden_runs where store_id = $1 and at >= $2 and at < $3)
       order by at, id`,
      [ctx.storeId, from, to],
    );
  }

  async last(ctx: StoreContext): Promise<Date | null> {
    const [row] = await this.database
      .within(ctx)
      .query<{ at: Date | null }>('select max(at) as at from golden_runs where store_id = $1', [ctx.storeId]);
    return row?.at ?? null;
  }
}
