// The text of a memory bound in docs/operations.md.
import type { MemoryBound } from '../../src/memory/bounds.js';

/** Returns the text of a bound, for example "16 MB, 1,000 entries" or "64 MB per request". */
export function boundText({ bytes, entries, per }: MemoryBound): string {
  const size = `${Number((bytes / 1_000_000).toFixed(1))} MB${per ? ` per ${per}` : ''}`;
  return entries === undefined ? size : `${size}, ${entries.toLocaleString('en')} entries`;
}
