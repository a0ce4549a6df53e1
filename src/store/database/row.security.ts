// Row-level security of a transaction: its role, and the store or key for the policies.
// All settings end with the transaction, so a pooled connection passes none to its next user.
import type pg from 'pg';
import type { StoreContext } from '../../domain/access/store.context.js';
import { StartupError } from '../../errors.js';
import type { Statement } from './database.types.js';

/**
 * The role of all stores. It owns no table and does not bypass row-level security. Roles belong to the server, so all
 * its databases share this one.
 */
export const STORE_ROLE = 'fitroom_store';

/** Returns the first statement of a transaction that may see only the rows of this store. */
export function storeScope({ storeId }: StoreContext): Statement {
  return scope('app.store', storeId);
}

/** Returns the first statement of a transaction that may see only the key with this hash, in any store. */
export function keyScope(hash: string): Statement {
  return scope('app.key_hash', hash);
}

function scope(setting: 'app.store' | 'app.key_hash', value: string): Statement {
  return {
    text: `select set_config('role', '${STORE_ROLE}', true), set_config('${setting}', $1, true)`,
    values: [value],
  };
}

/** Switches back to the database owner until the transaction ends: for data that belongs to no store. */
export const LEAVE_SCOPE = "select set_config('role', 'none', true)";

/**
 * Creates the role and grants it to this user, if either is missing.
 * @throws StartupError with the statements for a superuser, if this user may do neither
 */
export async function requireStoreRole(client: pg.PoolClient): Promise<void> {
  try {
    // Two databases of one server may be migrated at once: the second one finds that the role exists.
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
      `This user may not create the role ${STORE_ROLE}, which separates the stores. Let a superuser run:\n` +
        `create role ${STORE_ROLE} nologin; grant ${STORE_ROLE} to <this user>;`,
      { cause: error },
    );
  }
}
