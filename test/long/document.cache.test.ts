// Memory of cached documents and persisted texts, compared with the bounds of their caches.
import { parse } from 'graphql';
import { CALLER_ROLES } from '../../src/domain/access/caller.js';
import { DocumentCache } from '../../src/graphql/server/document.cache.js';
import { MAX_DOCUMENT_LENGTH, MAX_TOKENS } from '../../src/graphql/server/operation.size.js';
import { PersistedQueries } from '../../src/graphql/server/persisted.queries.js';
import { MEMORY_BOUNDS } from '../../src/memory/bounds.js';
import { heapBytesInUse } from '../support/garbage.js';

/** Bounds of one role, in bytes. */
const MAX_DOCUMENT_CACHE_BYTES = MEMORY_BOUNDS.documents.bytes / CALLER_ROLES.length;
const MAX_PERSISTED_BYTES = MEMORY_BOUNDS.persistedQueries.bytes / CALLER_ROLES.length;

/** Returns a copy that shares no memory with a longer text, like the text of a request body. */
const copyOf = (text: string): string => Buffer.from(text).toString();
const hashOf = (i: number): string => String(i).padStart(64, '0');
const times = (count: number, text: string): string => text.repeat(count);
const TEXT_LENGTH = MAX_DOCUMENT_LENGTH - 100;

const DOCUMENTS: Record<string, { count: number; text: (i: number) => string }> = {
  'with a long comment': { count: 60, text: (i) => `#${i}${times(TEXT_LENGTH, 'x')}\n{ __typename }` },
  'with a long literal of two bytes per character': {
    count: 60,
    text: (i) => `{ garment(sku: "${i}${times(TEXT_LENGTH, '裙')}") { id } }`,
  },
  'with many fields': { count: 60, text: (i) => `{ f${i} ${times(990, 'a ')} }` },
  'with nested fields': { count: 60, text: (i) => `{ f${i} ${times(660, 'a{')}b${times(660, '}')} }` },
  'with many directives': { count: 60, text: (i) => `{ f${i} ${times(600, 'a @b ')} }` },
  'with many variables': { count: 60, text: (i) => `query F${i} (${times(480, '$a:B ')}) { b }` },
  'with nested lists': { count: 60, text: (i) => `{ f${i}(a: ${times(950, '[')}${times(950, ']')}) }` },
  'that are tiny': { count: 20_000, text: (i) => `{a${i}}` },
};

describe('the document cache', () => {
  it.each(Object.entries(DOCUMENTS))(
    'uses no more memory than its bound for documents %s',
    (_kind, { count, text }) => {
      const cache = new DocumentCache();
      const before = heapBytesInUse();
      for (let i = 0; i < count; i++) {
        const source = copyOf(text(i));
        cache.set(hashOf(i), parse(source, { maxTokens: MAX_TOKENS, noLocation: true }), source.length);
      }
      const used = heapBytesInUse() - before;
      expect(cache.size).toBeGreaterThan(MAX_DOCUMENT_CACHE_BYTES * 0.8);
      // Half a megabyte is allowed for garbage of the test itself.
      expect(used).toBeLessThan(MAX_DOCUMENT_CACHE_BYTES + 1_000_000);
      expect(cache.get(hashOf(count - 1))).toBeDefined();
      expect(cache.get(hashOf(0))).toBeUndefined();
    },
  );
});

describe('the cache of persisted queries', () => {
  it.each([
    ['long', 400, (i: number) => `{ garment(sku: "${i}${'裙'.repeat(19_000)}") { id } }`],
    ['tiny', 40_000, (i: number) => `{a${i}}`],
  ])('uses no more memory than its bound for %s texts', async (_kind, count, text) => {
    const cache = new PersistedQueries();
    const before = heapBytesInUse();
    for (let i = 0; i < count; i++) await cache.set(`apq:${hashOf(i)}`, copyOf(text(i)));
    expect(heapBytesInUse() - before).toBeLessThan(MAX_PERSISTED_BYTES + 1_000_000);
    expect(await cache.get(`apq:${hashOf(count - 1)}`)).toBe(text(count - 1));
    expect(await cache.get(`apq:${hashOf(0)}`)).toBeUndefined();
  });
});
