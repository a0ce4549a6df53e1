// The stores of a deployment: created, listed, deleted. These statements run as the database owner.
import type { Store, StoreContext } from '../domain/access/store.context.js';
import { holdBundles } from './bundle.repository.js';
import { inBackground } from '../request.scope.js';
import type { JobQueue } from './database/job.queue.js';
import { LEAVE_SCOPE } from './database/row.security.js';
import type { Database } from './database/database.types.js';

const COLUMNS = 'store_id as id, name, created_at as "createdAt"';

export class StoreRepository {
  constructor(
    private readonly database: Database,
    private readonly queue: Pick<JobQueue, 'forgetStore'>,
  ) {}

  async exists(ctx: StoreContext): Promise<boolean> {
    const rows = await this.database
      .within(ctx)
      .query('select store_id from stores where store_id = $1', [ctx.storeId]);
    return rows.length > 0;
  }

  /** Creates a store. @returns null if the id is taken */
  async insert(id: string, name: string): Promise<Store | null> {
    const [store] = await this.database.query<Store>(
      `insert into stores (store_id, name) values ($1, $2) on conflict (store_id) do nothing returning ${COLUMNS}`,
      [id, name],
    );
    return store ?? null;
  }

  /**
   * Deletes a store with all its data in one transaction. Waits for running writes of its garments; later writes for it
   * are refused.
   * @returns true if it existed
   */
  async delete(ctx: StoreContext): Promise<boolean> {
    // deleting a large catalog takes longer than the time limit of a request's statements
    const deleted = await inBackground(() => this.deleteAll(ctx));
    await this.database.tidy(deleted ?? 0);
    return deleted !== null;
  }

  /**
   * Deletes all rows. @returns number of deleted garments, pictures and embeddings; null if the store does not exist
   */
  private deleteAll(ctx: StoreContext): Promise<number | null> {
    return this.database.within(ctx).transaction(async (query) => {
      await holdBundles(query, ctx, 'alone');
      await query('set local statement_timeout = 0');
      let rows = 0;
      // one statement per table, since the foreign keys would take two statements for each garment
      for (const table of ['garment_embeddings', 'garment_images', 'garments']) {
        const deleted = await query<{ count: number }>(
          `with gone as (delete from ${table} where store_id = $1 returning 1) select count(*)::int as count from gone`,
          [ctx.storeId],
        );
        rows += deleted[0]!.count;
      }
      await query(LEAVE_SCOPE);
      const stores = await query('delete from stores where store_id = $1 returning store_id', [ctx.storeId]);
      await this.queue.forgetStore(ctx, query);
      return stores.length === 0 ? null : rows;
    });
  }

  async list(): Promise<Store[]> {
    return this.database.query<Store>(`select ${COLUMNS} from stores order by store_id`);
  }
}
