// Stored results of idempotent calls, written in the same transaction as the effect of the call.
import { KEPT_FOR_HOURS, type StoredResult, type IdempotentCall } from '../domain/catalog/idempotency.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { requireBundles } from './bundle.repository.js';
import { saveWithin, type GarmentToSave, type SavedGarment } from './garment.writes.js';
import type { Query, Database } from './database/database.types.js';
/**
 * Expired rows that one call deletes at most. It is more than the one row that a call adds, so the number of expired
 * rows shrinks.
 */
const DELETED_AT_ONCE = 100;

const IS_KEPT = `created_at > now() - interval '${KEPT_FOR_HOURS} hours'`;

const FIND = `
  select parameters_hash as "parametersHash", answer from idempotency_keys
  where store_id = $1 and key = $2 and ${IS_KEPT}`;

// Skips rows that another transaction is about to delete: waiting for each other could be a deadlock.
const DELETE_EXPIRED = `
  delete from idempotency_keys k using (
    select key from idempotency_keys where store_id = $1 and not (${IS_KEPT})
    order by created_at, key limit ${DELETED_AT_ONCE} for update skip locked
  ) old where k.store_id = $1 and k.key = old.key`;

export class IdempotencyRepository {
  constructor(private readonly database: Database) {}

  /** Returns the result stored under a key within the last 24 hours, or null. */
  async find<Answer>(ctx: StoreContext, key: string): Promise<StoredResult<Answer> | null> {
    const [stored] = await this.database.within(ctx).query<StoredResult<Answer>>(FIND, [ctx.storeId, key]);
    return stored ?? null;
  }

  /**
   * Writes garments and the result once for a key, in one transaction. If several callers, in any process, use one key,
   * the first one writes and the others wait for it.
   * @param bundles bundles that the rows were embedded with
   * @param answerOf returns the result to store, given the saved garments
   * @returns the result now stored under the key: the result of this call or of an earlier one
   * @throws BundlesChanged if the store has a bundle that is not among `bundles`
   */
  async saveGarments<Answer>(
    ctx: StoreContext,
    { rows, bundles }: { rows: GarmentToSave[]; bundles: readonly string[] },
    call: IdempotentCall,
    answerOf: (saved: SavedGarment[]) => Answer,
  ): Promise<StoredResult<Answer>> {
    const stored = await this.database.within(ctx).transaction(async (query) => {
      await waitForKey(query, ctx, call.key);
      const [earlier] = await query<StoredResult<Answer>>(FIND, [ctx.storeId, call.key]);
      if (earlier) return earlier;
      await requireBundles(query, ctx, bundles);
      const answer = answerOf(await saveWithin(query, ctx.storeId, rows));
      await query(DELETE_EXPIRED, [ctx.storeId]);
      await storeResult(query, ctx, call, answer);
      return { parametersHash: call.parametersHash, answer };
    });
    await this.database.tidy(rows.length);
    return stored;
  }
}

/**
 * Locks the key until the transaction ends. It runs before any row is locked, so a caller that waits here blocks no
 * other.
 */
async function waitForKey(query: Query, ctx: StoreContext, key: string): Promise<void> {
  await query("select pg_advisory_xact_lock(hashtextextended($1::text || ' ' || $2::text, 0))", [ctx.storeId, key]);
}

async function storeResult(query: Query, ctx: StoreContext, call: IdempotentCall, answer: unknown): Promise<void> {
  await query(
    `insert into idempotency_keys (store_id, key, parameters_hash, answer) values ($1, $2, $3, $4)
     on conflict (store_id, key) do update set
       parameters_hash = excluded.parameters_hash, answer = excluded.answer, created_at = excluded.created_at`,
    [ctx.storeId, call.key, call.parametersHash, JSON.stringify(answer)],
  );
}
