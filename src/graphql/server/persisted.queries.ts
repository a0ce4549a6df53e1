// The texts of queries that clients have sent with their hash, so that the hash is enough the next time. A text is measured,
// validated and priced each time, like one that was sent whole.
import type { GraphQLRequest } from '@apollo/server';
import { CALLER_ROLES, type CallerRole } from '../../domain/access/caller.js';
import { boundedCache } from '../../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { textBytes } from '../../memory/heap.size.js';

/** Longer texts are answered and not kept: each would drive out many. */
const MAX_TEXT = 20_000;

/** The GraphQL server puts it before each hash. */
const APOLLO_PREFIX = 'apq:';

/** In memory, for as long as the process lives: a client whose query is gone is told so and sends it whole. */
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

/** Makes a hash that is no text one that nothing has: an object without a usable `toString` fails when it becomes a key. */
export function requireTextualHash({ extensions }: GraphQLRequest): void {
  const named = extensions?.['persistedQuery'] as { sha256Hash?: unknown } | null | undefined;
  if (typeof named === 'object' && named !== null && typeof named.sha256Hash !== 'string') named.sha256Hash = '';
}
