// Answers under idempotency keys: found, and kept in the transaction that has the effect. Knows no answer's form.
import { KEPT_FOR_HOURS, type StoredResult, type IdempotentCall } from '../domain/catalog/idempotency.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { requireBundles } from './bundle.repository.js';
import { saveWithin, type GarmentToSave, type SavedGarment } from './garment.writes.js';
import type { Query, Database } from './database/database.types.js';
/** Rows that one call sweeps away at most: more than one is made by a call, so that what is old gets less. */
const SWEPT_AT_ONCE = 100;

const IS_KEPT = `created_at > now() - interval '${KEPT_FOR_HOURS} hours'`;

const FIND = `
  select parameters_hash as "parametersHash", answer from idempotency_keys
  where store_id = $1 and key = $2 and ${IS_KEPT}`;

// rows that another transaction is about to sweep are left to it: waiting for each other could be a deadlock
const SWEEP = `
  delete from idempotency_keys k using (
    select key from idempotency_keys where store_id = $1 and not (${IS_KEPT})
    order by created_at, key limit ${SWEPT_AT_ONCE} for update skip locked
  ) old where k.store_id = $1 and k.key = old.key`;

export class IdempotencyRepository {
  constructor(private readonly database: Database) {}

  /** What is kept under a key, for 24 hours; null where nothing is. */
  async find<Answer>(ctx: StoreContext, key: string): Promise<StoredResult<Answer> | null> {
    const [kept] = await this.database.within(ctx).query<StoredResult<Answer>>(FIND, [ctx.storeId, key]);
    return kept ?? null;
  }

  /**
   * Writes garments once for a key, with the answer, all of it or nothing. Of several callers with one key, in whatever
   * process, the first writes and the others wait for it.
   * @param bundles what the rows were embedded with
   * @param answerOf what to keep, from what was saved
   * @returns what is kept under the key now: this caller's answer, or that of the one who came first
   * @throws BundlesChanged where the store has a bundle that is not among `bundles`
   */
  async saveGarments<Answer>(
    ctx: StoreContext,
    { rows, bundles }: { rows: GarmentToSave[]; bundles: readonly string[] },
    call: IdempotentCall,
    answerOf: (saved: SavedGarment[]) => Answer,
  ): Promise<StoredResult<Answer>> {
    const kept = await this.database.within(ctx).transaction(async (query) => {
      await waitForKey(query, ctx, call.key);
      const [earlier] = await query<StoredResult<Answer>>(FIND, [ctx.storeId, call.key]);
      if (earlier) return earlier;
      await requireBundles(query, ctx, bundles);
      const answer = answerOf(await saveWithin(query, ctx.storeId, rows));
      await query(SWEEP, [ctx.storeId]);
      await keep(query, ctx, call, answer);
      return { parametersHash: call.parametersHash, answer };
    });
    await this.database.tidy(rows.length);
    return kept;
  }
}

/** First in its transaction, before any row is locked: who waits here holds nothing that another could wait for. */
async function waitForKey(query: Query, ctx: StoreContext, key: string): Promise<void> {
  await query("select pg_advisory_xact_lock(hashtextextended($1::text || ' ' || $2::text, 0))", [ctx.storeId, key]);
}

async function keep(query: Query, ctx: StoreContext, call: IdempotentCall, answer: unknown): Promise<void> {
  await query(
    `insert into idempotency_keys (store_id, key, parameters_hash, answer) values ($1, $2, $3, $4)
     on conflict (store_id, key) do update set
       parameters_hash = excluded.parameters_hash, answer = excluded.answer, created_at = excluded.created_at`,
    [ctx.storeId, call.key, call.parametersHash, JSON.stringify(answer)],
  );
}
