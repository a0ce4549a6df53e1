// Identification of the caller by API key and store.
import { timingSafeEqual } from 'node:crypto';
import { type Caller, KEY_TEXT } from '../../domain/access/caller.js';
import { DEFAULT_STORE_ID } from '../../domain/access/store.context.js';
import { FitroomError } from '../../errors.js';
import { boundedCache, type BoundedCache } from '../../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { heapBytes } from '../../memory/heap.size.js';
import { detached } from '../../request.scope.js';
import type { KeyRepository, UsableKey } from '../../store/key.repository.js';
import type { StoreRepository } from '../../store/store.repository.js';
import { keyHash } from './api.key.service.js';

/** Time for which a process caches keys and stores. After it, every process refuses a revoked key. */
const CACHED_FOR_MS = 2000;

const WHOLE_KEY = new RegExp(`^${KEY_TEXT.source}$`);

export interface AccessServiceParts {
  keys: KeyRepository;
  stores: StoreRepository;
  /** The key of the deployment. Null if a caller without a key is the deployment. */
  adminKey: string | null;
}

export class AccessService {
  private readonly adminKeyHash: string | null;
  private readonly usableKeys: BoundedCache<UsableKey>;
  private readonly knownStores = boundedCache<'known'>(MEMORY_BOUNDS.stores, {
    sizeOf: heapBytes,
    ttlMs: CACHED_FOR_MS,
  });

  constructor(private readonly parts: AccessServiceParts) {
    this.adminKeyHash = parts.adminKey === null ? null : keyHash(parts.adminKey);
    this.usableKeys = boundedCache<UsableKey>(MEMORY_BOUNDS.keys, {
      sizeOf: heapBytes,
      ttlMs: CACHED_FOR_MS,
      load: async (hash) => (await detached(() => parts.keys.findUsable(hash))) ?? undefined,
    });
  }

  /**
   * Returns the role and store of a caller.
   * @param key text of the key; null for a request without one
   * @param storeId store that the request names; null for the store of the key, or the default store for the deployment
   * @throws FitroomError UNAUTHENTICATED, FORBIDDEN for a key of another store, STORE_UNKNOWN
   */
  async identify(key: string | null, storeId: string | null): Promise<Caller> {
    const hash = key === null ? null : keyHash(key);
    if (this.isDeployment(hash)) return this.deploymentIn(storeId ?? DEFAULT_STORE_ID);
    const usableKey = hash !== null && WHOLE_KEY.test(key!) ? await this.usableKeys.fetch(hash) : undefined;
    if (!usableKey) throw new FitroomError('UNAUTHENTICATED');
    if (storeId !== null && storeId !== usableKey.storeId) {
      throw new FitroomError('FORBIDDEN', 'The request names a store, but the key belongs to another one.');
    }
    return { role: usableKey.role, store: { storeId: usableKey.storeId }, keyId: usableKey.id };
  }

  /** Compares hashes, which have equal length, so that the comparison takes the same time for every wrong key. */
  private isDeployment(hash: string | null): boolean {
    if (this.adminKeyHash === null) return hash === null;
    return hash !== null && timingSafeEqual(Buffer.from(hash), Buffer.from(this.adminKeyHash));
  }

  private async deploymentIn(storeId: string): Promise<Caller> {
    const store = { storeId };
    // the default store always exists
    if (storeId !== DEFAULT_STORE_ID && !this.knownStores.has(storeId)) {
      if (!(await this.parts.stores.exists(store))) throw new FitroomError('STORE_UNKNOWN');
      this.knownStores.set(storeId, 'known');
    }
    return { role: 'DEPLOYMENT', store, keyId: null };
  }
}
