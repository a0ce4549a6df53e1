// Room for what a queue or a buffer holds, and how much of every bound is in use.
import { MEMORY_BOUNDS, type MemoryBound } from './bounds.js';

/** @returns bytes that are held now, or null once the owner is gone */
type Reading = () => number | null;

const readings = new Map<MemoryBound, Reading[]>();

/** Counts what `owner` holds in `memoryInUse` for as long as it lives: being counted keeps nothing in memory. */
export function countAsHolder<Owner extends object>(
  bound: MemoryBound,
  owner: Owner,
  heldBytes: (owner: Owner) => number,
): void {
  const reference = new WeakRef(owner);
  const read: Reading = () => {
    const living = reference.deref();
    return living === undefined ? null : heldBytes(living);
  };
  const others = (readings.get(bound) ?? []).filter((reading) => reading() !== null);
  readings.set(bound, [...others, read]);
}

/** Bytes that are held under each bound that code holds something under, by its key in MEMORY_BOUNDS. */
export function memoryInUse(): Record<string, number> {
  const used = Object.entries<MemoryBound>(MEMORY_BOUNDS).filter(([, bound]) => readings.has(bound));
  return Object.fromEntries(
    used.map(([key, bound]) => [key, readings.get(bound)!.reduce((sum, read) => sum + (read() ?? 0), 0)]),
  );
}

/** Counts entries and their bytes against a bound. Who shares the bound shares the budget. */
export class MemoryBudget {
  private bytes = 0;
  private entries = 0;

  constructor(private readonly bound: MemoryBound) {
    countAsHolder(bound, this, ({ bytes }) => bytes);
  }

  /** Takes room for an entry. @returns false if there is not enough; nothing is taken then */
  take(bytes: number): boolean {
    if (this.entries >= (this.bound.entries ?? Infinity) || !this.grow(bytes)) return false;
    this.entries += 1;
    return true;
  }

  /** Takes more room for an entry. @returns false if there is not enough; nothing is taken then */
  grow(bytes: number): boolean {
    if (this.bytes + bytes > this.bound.bytes) return false;
    this.bytes += bytes;
    return true;
  }

  /** Gives the room of entries back. @param bytes all that was taken for them */
  give(bytes: number, entries = 1): void {
    this.bytes -= bytes;
    this.entries -= entries;
  }
}
