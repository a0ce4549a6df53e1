// Labels are few and meet again and again: what a rule says of two of them is said once.
import type { Verdict } from './piece.js';

/** Pairs that are remembered; labels may be a merchant's own words, and so without end. */
const MOST = 5_000;

/** The same judge with a memory. @param judge of two labels, neither null */
export function remembering(judge: (a: string, b: string) => Verdict): (a: string, b: string) => Verdict {
  const known = new Map<string, Map<string, Verdict>>();
  let count = 0;
  return (a, b) => {
    const found = known.get(a)?.get(b);
    if (found) return found;
    if (++count > MOST) {
      known.clear();
      count = 1;
    }
    const verdict = judge(a, b);
    const row = known.get(a) ?? new Map<string, Verdict>();
    known.set(a, row.set(b, verdict));
    return verdict;
  };
}
