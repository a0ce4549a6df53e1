// Persisted queries: texts that clients sent with a hash, so that the hash is enough the next time.
// Each use of a text is measured, validated and priced like a text that is sent in full.
import type { GraphQLRequest } from '@apollo/server';
import { CALLER_ROLES, type CallerRole } from '../../domain/access/caller.js';
import { boundedCache } from '../../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { textBytes } from '../../memory/heap.size.js';

/**
 * The longest stored text, in characters. Longer texts are executed but not stored, because each would evict many
 * others.
 */
const MAX_TEXT = 20_000;

/** Prefix that Apollo Server puts before each hash. */
const APOLLO_PREFIX = 'apq:';

/**
 * Persisted queries in memory, for the life of the process. A client whose query is evicted gets an error and sends the
 * text again.
 */
export class PersistedQueries {
  private readonly texts = boundedCache<string>(MEMORY_BOUNDS.persistedQueries, {
    sizeOf: textBytes,
    parts: CALLER_ROLES.length,
  });

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(key));
  }

  set(key: string, text: string): Promise<void> {
    if (text.length <= MAX_TEXT) this.texts.set(key, text);
    return Promise.resolve();
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.texts.delete(key));
  }

  /** Returns the text that a client sent with this hash, or undefined if it is not stored. */
  textOf(hash: string): string | undefined {
    return this.texts.peek(APOLLO_PREFIX + hash);
  }
}

/**
 * Persisted queries for each role. They are separate so that holders of the public storefront key cannot evict the
 * queries of others.
 */
export type PersistedQueriesByRole = Readonly<Record<CallerRole, PersistedQueries>>;

export function createPersistedQueries(): PersistedQueriesByRole {
  const queries = CALLER_ROLES.map((role) => [role, new PersistedQueries()] as const);
  return Object.fromEntries(queries) as Record<CallerRole, PersistedQueries>;
}

/**
 * Replaces a hash that is not a string by an empty string, which matches no query. An object without a usable
 * `toString` would fail as a map key.
 */
export function requireTextualHash({ extensions }: GraphQLRequest): void {
  const persistedQuery = extensions?.['persistedQuery'] as { sha256Hash?: unknown } | null | undefined;
  if (typeof persistedQuery === 'object' && persistedQuery !== null && typeof persistedQuery.sha256Hash !== 'string')
    persistedQuery.sha256Hash = '';
}
