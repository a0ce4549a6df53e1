// Caches that are bounded in bytes: the only use of lru-cache.
import { LRUCache } from 'lru-cache';
import type { MemoryBound } from './bounds.js';
import { textBytes } from './heap.size.js';
import { countAsHolder } from './memory.budget.js';

/** What an entry takes beside its key and value: its places in a map and in six lists. */
const ENTRY_BYTES = 200;

export type BoundedCache<Value extends object | string> = LRUCache<string, Value>;

export interface BoundedCacheOptions<Value extends object | string> {
  /** Bytes of a value, without its key. */
  sizeOf: (value: Value) => number;
  /** How many caches share the bound, in equal parts. */
  parts?: number;
  /** How long an entry is good for, in milliseconds; absent: for as long as there is room. */
  ttlMs?: number;
  /** Makes what `fetch` does not find; callers that come at once share one call. */
  load?: (key: string) => Promise<Value | undefined>;
}

/** A cache of at most the bound's bytes: the least recently used entries go. An entry that is larger than all of it is not kept. */
export function boundedCache<Value extends object | string>(
  bound: MemoryBound,
  { sizeOf, parts = 1, ttlMs, load }: BoundedCacheOptions<Value>,
): BoundedCache<Value> {
  const cache = new LRUCache<string, Value>({
    maxSize: Math.floor(bound.bytes / parts),
    max: bound.entries && Math.floor(bound.entries / parts),
    sizeCalculation: (value, key) => ENTRY_BYTES + textBytes(key) + Math.ceil(sizeOf(value)),
    ttl: ttlMs,
    fetchMethod: load,
  });
  countAsHolder(bound, cache, ({ calculatedSize }) => calculatedSize);
  return cache;
}
