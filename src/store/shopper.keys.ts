// What a store's shoppers are hashed with: a key of its own, made at its first need and never changed, since hashes under
// another one would be strangers.
import { createHmac, randomBytes } from 'node:crypto';
import type { StoreContext } from '../domain/store.context.js';
import { boundedCache } from '../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { heapBytes } from '../memory/heap.size.js';
import { detached } from '../request.scope.js';
import type { Database } from './database.js';

export class ShopperKeys {
  private readonly known = boundedCache<Uint8Array>(MEMORY_BOUNDS.shopperKeys, { sizeOf: heapBytes });

  constructor(private readonly database: Database) {}

  /** @returns 32 hexadecimal digits that tell shoppers of a store apart and say nothing else of them */
  async hash(ctx: StoreContext, shopper: string): Promise<string> {
    return createHmac('sha256', await this.keyOf(ctx))
      .update(shopper)
      .digest('hex')
      .slice(0, 32);
  }

  private async keyOf(ctx: StoreContext): Promise<Uint8Array> {
    const known = this.known.get(ctx.storeId);
    if (known) return known;
    // a key is made once and shared: making it is no storing of the request that needs it first
    const [kept] = await detached(() => this.make(ctx));
    // a copy of its own: what the database gives may be a slice of a larger buffer
    const key = Uint8Array.from(kept!.key);
    this.known.set(ctx.storeId, key);
    return key;
  }

  private make(ctx: StoreContext): Promise<{ key: Uint8Array }[]> {
    return this.database.within(ctx).batch<{ key: Uint8Array }>([
      {
        text: 'insert into shopper_keys (store_id, key) values ($1, $2) on conflict (store_id) do nothing',
        values: [ctx.storeId, randomBytes(32)],
      },
      { text: 'select key from shopper_keys where store_id = $1', values: [ctx.storeId] },
    ]);
  }
}
