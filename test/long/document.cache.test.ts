// The memory that cached documents and persisted texts take, against the bounds of their caches.
import { parse } from 'graphql';
import { CALLER_ROLES } from '../../src/domain/access/caller.js';
import { DocumentCache } from '../../src/graphql/server/document.cache.js';
import { MAX_DOCUMENT_LENGTH, MAX_TOKENS } from '../../src/graphql/server/operation.size.js';
import { PersistedQueries } from '../../src/graphql/server/persisted.queries.js';
import { MEMORY_BOUNDS } from '../../src/memory/bounds.js';
import { keptBytes } from '../support/garbage.js';

/** Shares of one role, in bytes. */
const MAX_DOCUMENT_CACHE_BYTES = MEMORY_BOUNDS.documents.bytes / CALLER_ROLES.length;
const MAX_PERSISTED_BYTES = MEMORY_BOUNDS.persistedQueries.bytes / CALLER_ROLES.length;

/** A text that is no part of a longer one, as a body has it. */
const own = (text: string): string => Buffer.from(text).toString();
const hashOf = (i: number): string => String(i).padStart(64, '0');
const times = (count: number, text: string): string => text.repeat(count);
const ROOM = MAX_DOCUMENT_LENGTH - 100;

const DOCUMENTS: Record<string, { count: number; text: (i: number) => string }> = {
  'of a long comment': { count: 60, text: (i) => `#${i}${times(ROOM, 'x')}\n{ __typename }` },
  'of a long literal in two bytes a character': {
    count: 60,
    text: (i) => `{ garment(sku: "${i}${times(ROOM, '裙')}") { id } }`,
  },
  'of many fields': { count: 60, text: (i) => `{ f${i} ${times(990, 'a ')} }` },
  'of fields in fields': { count: 60, text: (i) => `{ f${i} ${times(660, 'a{')}b${times(660, '}')} }` },
  'of directives': { count: 60, text: (i) => `{ f${i} ${times(600, 'a @b ')} }` },
  'of variables': { count: 60, text: (i) => `query F${i} (${times(480, '$a:B ')}) { b }` },
  'of lists in lists': { count: 60, text: (i) => `{ f${i}(a: ${times(950, '[')}${times(950, ']')}) }` },
  'that are tiny': { count: 20_000, text: (i) => `{a${i}}` },
};

describe('the cache of documents', () => {
  it.each(Object.entries(DOCUMENTS))('takes no more than its bound for documents %s', (_kind, { count, text }) => {
    const cache = new DocumentCache();
    const before = keptBytes();
    for (let i = 0; i < count; i++) {
      const source = own(text(i));
      cache.set(hashOf(i), parse(source, { maxTokens: MAX_TOKENS, noLocation: true }), source.length);
    }
    const taken = keptBytes() - before;
    expect(cache.size).toBeGreaterThan(MAX_DOCUMENT_CACHE_BYTES * 0.8);
    // half a megabyte for what the test itself leaves behind
    expect(taken).toBeLessThan(MAX_DOCUMENT_CACHE_BYTES + 500_000);
    expect(cache.get(hashOf(count - 1))).toBeDefined();
    expect(cache.get(hashOf(0))).toBeUndefined();
  });
});

describe('the cache of persisted queries', () => {
  it.each([
    ['long', 400, (i: number) => `{ garment(sku: "${i}${'裙'.repeat(19_000)}") { id } }`],
    ['tiny', 40_000, (i: number) => `{a${i}}`],
  ])('takes no more than its bound for texts that are %s', async (_kind, count, text) => {
    const cache = new PersistedQueries();
    const before = keptBytes();
    for (let i = 0; i < count; i++) await cache.set(`apq:${hashOf(i)}`, own(text(i)));
    expect(keptBytes() - before).toBeLessThan(MAX_PERSISTED_BYTES + 500_000);
    expect(await cache.get(`apq:${hashOf(count - 1)}`)).toBe(text(count - 1));
    expect(await cache.get(`apq:${hashOf(0)}`)).toBeUndefined();
  });
});
