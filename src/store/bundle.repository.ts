// The bundles of a store, by name: the active bundle and the standby bundle.
import type { StoreContext } from '../domain/access/store.context.js';
import type { Query, Database } from './database/database.types.js';

/**
 * Folder names of bundles. `serving` is null for a store that uses the deployment's bundle; `beside` is null for a
 * store without a standby bundle.
 */
export interface StoreBundles {
  serving: string | null;
  beside: string | null;
}

/**
 * Thrown when a batch was embedded with bundles that the store no longer uses. The caller embeds the batch with the
 * missing bundle as well.
 */
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

  /** Returns every store with its bundles. Runs as the database owner, across all stores. */
  async all(): Promise<(StoreBundles & { storeId: string })[]> {
    return this.database.query(`select store_id as "storeId", ${COLUMNS} from stores order by store_id`);
  }
}

/**
 * Locks the store's bundles until the transaction ends and returns them. Writers of garments lock 'shared'; a change of
 * the bundles locks 'alone'. The lock is an advisory lock: with a row lock, a steady stream of sharers could make the
 * changer wait forever.
 */
export async function holdBundles(query: Query, ctx: StoreContext, how: 'shared' | 'alone'): Promise<StoreBundles> {
  const lock = how === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  // A separate statement, so that the snapshot of the next one is taken after the lock is granted.
  await query(`select ${lock}(hashtextextended('bundles of ' || $1, 0))`, [ctx.storeId]);
  return bundlesWithin(query, ctx);
}

/** Stores both bundles. Call it only while `holdBundles` holds the lock 'alone'. */
export async function setBundles(query: Query, ctx: StoreContext, { serving, beside }: StoreBundles): Promise<void> {
  await query('update stores set bundle = $2, beside_bundle = $3 where store_id = $1', [ctx.storeId, serving, beside]);
}

/**
 * Locks the store's bundles 'shared' within the transaction that saves, and checks them.
 * @param bundles bundles that the garments were embedded with; any will do for a store without a bundle of its own
 * @throws BundlesChanged if the store has a bundle that is not among them
 */
export async function requireBundles(query: Query, ctx: StoreContext, bundles: readonly string[]): Promise<void> {
  const { serving, beside } = await holdBundles(query, ctx, 'shared');
  const missing = [serving, beside].find((name) => name !== null && !bundles.includes(name));
  if (missing) throw new BundlesChanged(`the store now has the bundle ${missing}`);
}

async function bundlesWithin(query: Query, { storeId }: StoreContext): Promise<StoreBundles> {
  const [bundles] = await query<StoreBundles>(`select ${COLUMNS} from stores where store_id = $1`, [storeId]);
  return bundles ?? NONE;
}
