// Memory budgets for queues and buffers, and the memory in use under every bound.
import { MEMORY_BOUNDS, type MemoryBound } from './bounds.js';

/** Returns the bytes in use, or null once the owner has been garbage-collected. */
type UsageReader = () => number | null;

const usageReaders = new Map<MemoryBound, UsageReader[]>();

/** Counts the bytes of `owner` in `memoryInUse` as long as it lives. The weak reference does not keep it in memory. */
export function countAsHolder<Owner extends object>(
  bound: MemoryBound,
  owner: Owner,
  heldBytes: (owner: Owner) => number,
): void {
  const reference = new WeakRef(owner);
  const read: UsageReader = () => {
    const liveOwner = reference.deref();
    return liveOwner === undefined ? null : heldBytes(liveOwner);
  };
  const others = (usageReaders.get(bound) ?? []).filter((reader) => reader() !== null);
  usageReaders.set(bound, [...others, read]);
}

/** Returns the bytes in use under each bound that has an owner, by its key in MEMORY_BOUNDS. */
export function memoryInUse(): Record<string, number> {
  const used = Object.entries<MemoryBound>(MEMORY_BOUNDS).filter(([, bound]) => usageReaders.has(bound));
  return Object.fromEntries(
    used.map(([key, bound]) => [key, usageReaders.get(bound)!.reduce((sum, read) => sum + (read() ?? 0), 0)]),
  );
}

/** Counts entries and their bytes against a bound. Parts that share the bound share one budget. */
export class MemoryBudget {
  private bytes = 0;
  private entries = 0;

  constructor(private readonly bound: MemoryBound) {
    countAsHolder(bound, this, ({ bytes }) => bytes);
  }

  /** Reserves room for an entry. @returns false if there is not enough; then nothing is reserved */
  take(bytes: number): boolean {
    if (this.entries >= (this.bound.entries ?? Infinity) || !this.grow(bytes)) return false;
    this.entries += 1;
    return true;
  }

  /** Reserves more room for an entry. @returns false if there is not enough; then nothing is reserved */
  grow(bytes: number): boolean {
    if (this.bytes + bytes > this.bound.bytes) return false;
    this.bytes += bytes;
    return true;
  }

  /** Releases the room of entries. @param bytes all bytes reserved for them */
  give(bytes: number, entries = 1): void {
    this.bytes -= bytes;
    this.entries -= entries;
  }
}
