// Whose rows a transaction sees: the role that row-level security binds, and the store or key that its policies compare
// with. All of it ends with the transaction, so a pooled connection carries none to its next user. Knows no table.
import type pg from 'pg';
import type { StoreContext } from '../../domain/access/store.context.js';
import { StartupError } from '../../errors.js';
import type { Statement } from './database.types.js';

/** Neither owns a table nor bypasses row-level security. Roles belong to the server, so all its databases share this one. */
export const STORE_ROLE = 'fitroom_store';

/** First in a transaction: from here to its end only this store's rows are there. */
export function storeScope({ storeId }: StoreContext): Statement {
  return scope('app.store', storeId);
}

/** First in a transaction: from here to its end there is only the key of this hash, whatever store it is of. */
export function keyScope(hash: string): Statement {
  return scope('app.key_hash', hash);
}

function scope(setting: 'app.store' | 'app.key_hash', value: string): Statement {
  return {
    text: `select set_config('role', '${STORE_ROLE}', true), set_config('${setting}', $1, true)`,
    values: [value],
  };
}

/** The database's owner again, to the end of the transaction: for what belongs to no store. */
export const LEAVE_SCOPE = "select set_config('role', 'none', true)";

/**
 * Makes the role and lets this user take it, where either is missing.
 * @throws StartupError naming the statements for a superuser, where this user may do neither
 */
export async function requireStoreRole(client: pg.PoolClient): Promise<void> {
  try {
    // two databases of one server may be migrated at once: whoever comes second finds the role there
    await client.query(`
      do $$ begin
        if not exists (select from pg_roles where rolname = '${STORE_ROLE}') then create role ${STORE_ROLE} nologin; end if;
      exception when duplicate_object or unique_violation then null;
      end $$`);
    const { rows } = await client.query<{ member: boolean }>(
      `select pg_has_role(current_user, '${STORE_ROLE}', 'member') as member`,
    );
    if (!rows[0]!.member) await client.query(`grant ${STORE_ROLE} to current_user`);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new StartupError(
      `This user may not make the role ${STORE_ROLE}, which keeps stores apart. Let a superuser run:\n` +
        `create role ${STORE_ROLE} nologin; grant ${STORE_ROLE} to <this user>;`,
      { cause: error },
    );
  }
}
