// The texts of queries that clients have sent with their hash, so that the hash is enough the next time. A text is measured,
// validated and priced each time, like one that was sent whole.
import type { GraphQLRequest } from '@apollo/server';
import { LRUCache } from 'lru-cache';

/** Of one role: 4,000 of a storefront's texts of 1 kB in two bytes a character, with room. */
export const MAX_PERSISTED_BYTES = 8_000_000;
/** Longer texts are answered and not kept: each would drive out many. */
const MAX_TEXT_BYTES = 40_000;

/** Of an entry beside its text: the key of 68 characters, and what the map takes. */
const ENTRY_BYTES = 500;
/** At most. */
const CHARACTER_BYTES = 2;

/** In memory, for as long as the process lives: a client whose query is gone is told so and sends it whole. */
export class PersistedQueries {
  private readonly texts = new LRUCache<string, string>({
    maxSize: MAX_PERSISTED_BYTES,
    maxEntrySize: ENTRY_BYTES + MAX_TEXT_BYTES,
    sizeCalculation: (text) => ENTRY_BYTES + CHARACTER_BYTES * text.length,
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

/** Makes a hash that is no text one that nothing has: an object without a usable `toString` fails when it becomes a key. */
export function requireTextualHash({ extensions }: GraphQLRequest): void {
  const named = extensions?.['persistedQuery'] as { sha256Hash?: unknown } | null | undefined;
  if (typeof named === 'object' && named !== null && typeof named.sha256Hash !== 'string') named.sha256Hash = '';
}
