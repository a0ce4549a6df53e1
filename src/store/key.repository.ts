// API keys of stores: found by hash, created, listed, revoked.
import type { ApiKey, ApiKeyRole } from '../domain/access/caller.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { isUuid } from './database/storable.text.js';
import type { Database } from './database/database.types.js';

/** The fields of an API key that a request needs. */
export interface UsableKey {
  storeId: string;
  id: string;
  role: ApiKeyRole;
}

export class KeyRepository {
  constructor(private readonly database: Database) {}

  /**
   * Returns the key with this hash, of any store, unless it is revoked. Records the time of its use, at most once a
   * minute.
   */
  async findUsable(hash: string): Promise<UsableKey | null> {
    const [row] = await this.database.withKey(hash).query<UsableKey & { isNoted: boolean | null }>(
      `select store_id as "storeId", id, role, last_used_at > now() - interval '1 minute' as "isNoted"
       from api_keys where key_hash = $1 and revoked_at is null`,
      [hash],
    );
    if (!row) return null;
    const { isNoted, ...key } = row;
    if (!isNoted) await this.noteUse(key);
    return key;
  }

  async insert(
    ctx: StoreContext,
    { id, name, role, hash }: Pick<ApiKey, 'id' | 'name' | 'role'> & { hash: string },
  ): Promise<void> {
    await this.database
      .within(ctx)
      .query('insert into api_keys (store_id, id, name, role, key_hash) values ($1, $2, $3, $4, $5)', [
        ctx.storeId,
        id,
        name,
        role,
        hash,
      ]);
  }

  /** Returns all keys, the newest first, revoked ones included. */
  async list(ctx: StoreContext): Promise<ApiKey[]> {
    return this.database.within(ctx).query<ApiKey>(
      `select id, name, role, created_at as "createdAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"
       from api_keys where store_id = $1 order by created_at desc, id desc`,
      [ctx.storeId],
    );
  }

  /** Revokes a key. @returns true if the store has a key with this id */
  async revoke(ctx: StoreContext, id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    const rows = await this.database
      .within(ctx)
      .query(
        'update api_keys set revoked_at = coalesce(revoked_at, now()) where store_id = $1 and id = $2 returning id',
        [ctx.storeId, id],
      );
    return rows.length > 0;
  }

  private async noteUse({ storeId, id }: UsableKey): Promise<void> {
    await this.database
      .within({ storeId })
      .query('update api_keys set last_used_at = now() where store_id = $1 and id = $2', [storeId, id]);
  }
}
