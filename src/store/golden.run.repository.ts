// Runs of golden queries as rows: kept for a year and some, read by time.
import type { GoldenRun } from '../domain/golden.run.js';
import type { Period } from '../domain/period.js';
import type { StoreContext } from '../domain/store.context.js';
import type { Database } from './database.js';

/** As far back as a period may reach. */
const KEPT_DAYS = 400;

const COLUMNS = 'id, at, model, occasion, ranks';

export class GoldenRunRepository {
  constructor(private readonly database: Database) {}

  async save(ctx: StoreContext, { id, at, model, occasion, ranks }: GoldenRun): Promise<void> {
    await this.database.within(ctx).batch([
      {
        text: `insert into golden_runs (store_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6::jsonb)`,
        values: [ctx.storeId, id, at, model, occasion, JSON.stringify(ranks)],
      },
      {
        text: `delete from golden_runs where store_id = $1 and at < $2::timestamptz - interval '${KEPT_DAYS} days'`,
        values: [ctx.storeId, at],
      },
    ]);
  }

  /** The earliest first, with the last one before the period ahead of them, which the first is compared with. */
  list(ctx: StoreContext, { from, to }: Period): Promise<GoldenRun[]> {
    return this.database.within(ctx).query<GoldenRun>(
      `(select ${COLUMNS} from golden_runs where store_id = $1 and at < $2 order by at desc, id desc limit 1)
       union all
       (select ${COLUMNS} from golden_runs where store_id = $1 and at >= $2 and at < $3)
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
