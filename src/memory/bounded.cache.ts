// Caches bounded in bytes: the only use of lru-cache.
import { LRUCache } from 'lru-cache';
import type { MemoryBound } from './bounds.js';
import { textBytes } from './heap.size.js';
import { countAsHolder } from './memory.budget.js';

/** Bytes of an entry in addition to its key and value: its places in a map and in six lists. */
const ENTRY_BYTES = 200;

export type BoundedCache<Value extends object | string> = LRUCache<string, Value>;

export interface BoundedCacheOptions<Value extends object | string> {
  /** Returns the bytes of a value, without its key. */
  sizeOf: (value: Value) => number;
  /** Number of caches that share the bound in equal parts. */
  parts?: number;
  /** Lifetime of an entry in milliseconds. Absent for entries that stay until they are evicted. */
  ttlMs?: number;
  /** Loads a value that `fetch` does not find. Concurrent callers share one call. */
  load?: (key: string) => Promise<Value | undefined>;
}

/**
 * Creates a cache of at most the bound's bytes. It evicts the least recently used entries and does not store an entry
 * larger than the whole bound.
 */
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
