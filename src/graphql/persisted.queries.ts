// The texts of queries that clients have sent with their hash, so that next time the hash is enough. What comes out of here is
// measured, validated and priced like any text that was sent whole: a hash names a query and vouches for nothing.
import { LRUCache } from 'lru-cache';

/** Storefronts have some ten operations of 1 kB; this holds 4,000 such texts, and no flood of them takes more. */
const MAX_TEXT_CHARACTERS = 4_000_000;
/** A longer text would drive out many; it is answered and not kept. */
const MAX_TEXT = 20_000;

/** In memory, for as long as the process lives: a client whose query is gone is told so and sends it whole. */
export class PersistedQueries {
  private readonly texts = new LRUCache<string, string>({
    maxSize: MAX_TEXT_CHARACTERS,
    maxEntrySize: MAX_TEXT,
    sizeCalculation: (text) => text.length,
  });

  get(hash: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(hash));
  }

  set(hash: string, text: string): Promise<void> {
    this.texts.set(hash, text);
    return Promise.resolve();
  }

  delete(hash: string): Promise<boolean> {
    return Promise.resolve(this.texts.delete(hash));
  }
}
