// The texts of queries that clients have sent with their hash, so that next time the hash is enough. What comes out of here is
// measured, validated and priced like any text that was sent whole: a hash names a query and vouches for nothing.
import { CALLER_ROLES } from '../domain/caller.js';
import { boundedCache } from '../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { textBytes } from '../memory/heap.size.js';

/** A longer text would drive out many; it is answered and not kept. */
const MAX_TEXT = 20_000;

/** In memory, for as long as the process lives: a client whose query is gone is told so and sends it whole. */
export class PersistedQueries {
  private readonly texts = boundedCache<string>(MEMORY_BOUNDS.persistedQueries, {
    sizeOf: textBytes,
    parts: CALLER_ROLES.length,
  });

  get(hash: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(hash));
  }

  set(hash: string, text: string): Promise<void> {
    if (text.length <= MAX_TEXT) this.texts.set(hash, text);
    return Promise.resolve();
  }

  delete(hash: string): Promise<boolean> {
    return Promise.resolve(this.texts.delete(hash));
  }
}
