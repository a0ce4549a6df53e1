// The stores of a deployment. Making and listing them belongs to none of them: those statements run under the
// deployment's own name.
import type { Store } from '../domain/store.js';
import type { StoreContext } from '../domain/store.context.js';
import type { Database } from './database.js';

const COLUMNS = 'store_id as id, name, created_at as "createdAt"';

export class StoreRepository {
  constructor(private readonly database: Database) {}

  async exists(ctx: StoreContext): Promise<boolean> {
    const rows = await this.database
      .within(ctx)
      .query('select store_id from stores where store_id = $1', [ctx.storeId]);
    return rows.length > 0;
  }

  /** @returns null where there is one of this id */
  async insert(id: string, name: string): Promise<Store | null> {
    const [store] = await this.database.query<Store>(
      `insert into stores (store_id, name) values ($1, $2) on conflict (store_id) do nothing returning ${COLUMNS}`,
      [id, name],
    );
    return store ?? null;
  }

  async list(): Promise<Store[]> {
    return this.database.query<Store>(`select ${COLUMNS} from stores order by store_id`);
  }
}
