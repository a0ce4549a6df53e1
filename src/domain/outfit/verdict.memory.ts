// Verdicts on pairs of labels: labels are few and meet again and again, so a rule judges each pair once.
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { heapBytes } from '../../memory/heap.size.js';
import { MemoryBudget } from '../../memory/memory.budget.js';
import type { Verdict } from './piece.js';

/** Shared by all rules. Labels may be a merchant's own words, so there is no end of pairs. */
const room = new MemoryBudget(MEMORY_BOUNDS.labelVerdicts);
/** Places in two maps, and a map for each first label. */
const ENTRY_BYTES = 300;

/** The same judge with a memory, which is emptied at its bound. @param judge of two labels, neither null */
export function remembering(judge: (a: string, b: string) => Verdict): (a: string, b: string) => Verdict {
  const known = new Map<string, Map<string, Verdict>>();
  let [taken, pairs] = [0, 0];
  const forgetAll = (): void => {
    known.clear();
    room.give(taken, pairs);
    [taken, pairs] = [0, 0];
  };
  return (a, b) => {
    const found = known.get(a)?.get(b);
    if (found) return found;
    const verdict = judge(a, b);
    const bytes = ENTRY_BYTES + heapBytes([a, b, verdict]);
    if (!room.take(bytes)) {
      forgetAll();
      if (!room.take(bytes)) return verdict;
    }
    taken += bytes;
    pairs += 1;
    const row = known.get(a) ?? new Map<string, Verdict>();
    known.set(a, row.set(b, verdict));
    return verdict;
  };
}
