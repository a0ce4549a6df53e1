// Callers with different roles, for tests below HTTP.
import type { ApiKeyRole, Caller } from '../../src/domain/access/caller.js';

const store = { storeId: 'default' };

/** The deployment, which may do everything. */
export const DEPLOYMENT: Caller = { role: 'DEPLOYMENT', store, keyId: null };

export function callerWith(role: ApiKeyRole): Caller {
  return { role, store, keyId: 'key-1' };
}
