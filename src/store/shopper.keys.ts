// What a store's shoppers are hashed with: a key of its own, made at its first need and never changed, since hashes under
// another one would be strangers.
import { createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { StoreContext } from '../domain/store.context.js';
import { detached } from '../request.scope.js';
import type { Database } from './database.js';

export class ShopperKeys {
  private readonly known = new LRUCache<string, Buffer>({ max: 10_000 });

  constructor(private readonly database: Database) {}

  /** @returns 32 hexadecimal digits that tell shoppers of a store apart and say nothing else of them */
  async hash(ctx: StoreContext, shopper: string): Promise<string> {
    return createHmac('sha256', await this.keyOf(ctx))
      .update(shopper)
      .digest('hex')
      .slice(0, 32);
  }

  private async keyOf(ctx: StoreContext): Promise<Buffer> {
    const known = this.known.get(ctx.storeId);
    if (known) return known;
    // a key is made once and shared: making it is no storing of the request that needs it first
    const [kept] = await detached(() => this.make(ctx));
    const key = Buffer.from(kept!.key);
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
