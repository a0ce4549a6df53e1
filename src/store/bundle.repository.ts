// Which bundles a store has: the one that answers, and the one that is kept up beside it. Knows bundles by name only.
import type { StoreContext } from '../domain/access/store.context.js';
import type { Query, Database } from './database/database.types.js';

/** Folders of bundles. `serving` null: the deployment's own; `beside` null: none. */
export interface StoreBundles {
  serving: string | null;
  beside: string | null;
}

/** A batch was embedded with other bundles than its store has by now: what is missing has to be embedded as well. */
export class BundlesChanged extends Error {
  override readonly name = 'BundlesChanged';
}

const COLUMNS = 'bundle as serving, beside_bundle as beside';
const NONE: StoreBundles = { serving: null, beside: null };

export class BundleRepository {
  constructor(private readonly database: Database) {}

  async ofStore(ctx: StoreContext): Promise<StoreBundles> {
    return bundlesWithin(
      <Row>(text: string, values?: unknown[]) => this.database.within(ctx).query<Row>(text, values),
      ctx,
    );
  }

  /** Every store with its bundles, in no store's name. */
  async all(): Promise<(StoreBundles & { storeId: string })[]> {
    return this.database.query(`select store_id as "storeId", ${COLUMNS} from stores order by store_id`);
  }
}

/**
 * The store's bundles, held to the end of the transaction: 'shared' by those who write garments, 'alone' by who changes the
 * bundles. An advisory lock, since sharers of a row's lock may keep coming and leave a changer waiting for ever.
 */
export async function holdBundles(query: Query, ctx: StoreContext, how: 'shared' | 'alone'): Promise<StoreBundles> {
  const lock = how === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  // a statement of its own: the next one's snapshot is taken once the lock is held
  await query(`select ${lock}(hashtextextended('bundles of ' || $1, 0))`, [ctx.storeId]);
  return bundlesWithin(query, ctx);
}

/** Within `holdBundles` of the whole. */
export async function setBundles(query: Query, ctx: StoreContext, { serving, beside }: StoreBundles): Promise<void> {
  await query('update stores set bundle = $2, beside_bundle = $3 where store_id = $1', [ctx.storeId, serving, beside]);
}

/**
 * Within the transaction that saves: holds the store's bundles as they are.
 * @param bundles what the garments were embedded with; without a bundle of the store's own, any will do
 * @throws BundlesChanged where the store has one that is not among them
 */
export async function requireBundles(query: Query, ctx: StoreContext, bundles: readonly string[]): Promise<void> {
  const { serving, beside } = await holdBundles(query, ctx, 'shared');
  const missing = [serving, beside].find((name) => name !== null && !bundles.includes(name));
  if (missing) throw new BundlesChanged(`the store has ${missing} by now`);
}

async function bundlesWithin(query: Query, { storeId }: StoreContext): Promise<StoreBundles> {
  const [found] = await query<StoreBundles>(`select ${COLUMNS} from stores where store_id = $1`, [storeId]);
  return found ?? NONE;
}
