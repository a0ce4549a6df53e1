// Who a request comes from, by the key that it brings and the store that it names. Knows neither headers nor fields.
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

/** How long a process goes on believing that a key is good, or a store there: what has gone is refused everywhere after that. */
const BELIEVED_MS = 2000;

const WHOLE_KEY = new RegExp(`^${KEY_TEXT.source}$`);

export interface AccessServiceParts {
  keys: KeyRepository;
  stores: StoreRepository;
  /** The deployment's own; null: whoever brings no key is the deployment. */
  adminKey: string | null;
}

export class AccessService {
  private readonly adminKeyHash: string | null;
  private readonly believed: BoundedCache<UsableKey>;
  private readonly knownStores = boundedCache<'known'>(MEMORY_BOUNDS.stores, {
    sizeOf: heapBytes,
    ttlMs: BELIEVED_MS,
  });

  constructor(private readonly parts: AccessServiceParts) {
    this.adminKeyHash = parts.adminKey === null ? null : keyHash(parts.adminKey);
    this.believed = boundedCache<UsableKey>(MEMORY_BOUNDS.keys, {
      sizeOf: heapBytes,
      ttlMs: BELIEVED_MS,
      load: async (hash) => (await detached(() => parts.keys.findUsable(hash))) ?? undefined,
    });
  }

  /**
   * @param key its text; null where the request brings none
   * @param storeId the store that the request names; null: the key's own, or for the deployment the default one
   * @throws FitroomError UNAUTHENTICATED; FORBIDDEN where a key is of another store; STORE_UNKNOWN
   */
  async identify(key: string | null, storeId: string | null): Promise<Caller> {
    const hash = key === null ? null : keyHash(key);
    if (this.isDeployment(hash)) return this.deploymentIn(storeId ?? DEFAULT_STORE_ID);
    const found = hash !== null && WHOLE_KEY.test(key!) ? await this.believed.fetch(hash) : undefined;
    if (!found) throw new FitroomError('UNAUTHENTICATED');
    if (storeId !== null && storeId !== found.storeId) {
      throw new FitroomError('FORBIDDEN', 'This key is of another store than the one that the request names.');
    }
    return { role: found.role, store: { storeId: found.storeId }, keyId: found.id };
  }

  /** Hashes have one length, so that comparing takes the same time for every wrong key. */
  private isDeployment(hash: string | null): boolean {
    if (this.adminKeyHash === null) return hash === null;
    return hash !== null && timingSafeEqual(Buffer.from(hash), Buffer.from(this.adminKeyHash));
  }

  private async deploymentIn(storeId: string): Promise<Caller> {
    const store = { storeId };
    // the default one is never deleted
    if (storeId !== DEFAULT_STORE_ID && !this.knownStores.has(storeId)) {
      if (!(await this.parts.stores.exists(store))) throw new FitroomError('STORE_UNKNOWN');
      this.knownStores.set(storeId, 'known');
    }
    return { role: 'DEPLOYMENT', store, keyId: null };
  }
}
