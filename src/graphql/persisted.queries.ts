// The texts of queries that clients have sent with their hash, so that next time the hash is enough. What comes out of here is
// measured, validated and priced like any text that was sent whole: a hash names a query and vouches for nothing.
import { LRUCache } from 'lru-cache';
import { CALLER_ROLES, type CallerRole } from '../domain/caller.js';

/** Storefronts have some ten operations of 1 kB; this holds 4,000 such texts, and no flood of them takes more. */
const MAX_TEXT_CHARACTERS = 4_000_000;
/** A longer text would drive out many; it is answered and not kept. */
const MAX_TEXT = 20_000;

/** The GraphQL server puts it before each hash. */
const APOLLO_PREFIX = 'apq:';

/** In memory, for as long as the process lives: a client whose query is gone is told so and sends it whole. */
export class PersistedQueries {
  private readonly texts = new LRUCache<string, string>({
    maxSize: MAX_TEXT_CHARACTERS,
    maxEntrySize: MAX_TEXT,
    sizeCalculation: (text) => text.length,
  });

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(key));
  }

  set(key: string, text: string): Promise<void> {
    this.texts.set(key, text);
    return Promise.resolve();
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.texts.delete(key));
  }

  /** The text that a client sent with this hash before; undefined if none is kept. */
  textOf(hash: string): string | undefined {
    return this.texts.peek(APOLLO_PREFIX + hash);
  }
}

/** Each role has its own: holders of a storefront's public key must not drive out the queries of others. */
export type PersistedQueriesByRole = Readonly<Record<CallerRole, PersistedQueries>>;

export function createPersistedQueries(): PersistedQueriesByRole {
  const queries = CALLER_ROLES.map((role) => [role, new PersistedQueries()] as const);
  return Object.fromEntries(queries) as Record<CallerRole, PersistedQueries>;
}
