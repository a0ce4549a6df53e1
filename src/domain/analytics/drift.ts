// How far what is asked for, and what comes into the catalog, moves from week to week. Pure.

/** How much there is of each kind; the amounts need not add up to 1. */
export type Amounts = Readonly<Record<string, number>>;

/**
 * Divergence of two distributions in bits, 0 (equal) … 1 (nothing in common), symmetric, and defined where one of them lacks
 * what the other has (Lin 1991).
 * @returns null where one of them is empty
 */
export function jensenShannon(a: Amounts, b: Amounts): number | null {
  const [sumA, sumB] = [total(a), total(b)];
  if (sumA === 0 || sumB === 0) return null;
  let divergence = 0;
  for (const kind of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [p, q] = [(a[kind] ?? 0) / sumA, (b[kind] ?? 0) / sumB];
    divergence += (surprise(p, (p + q) / 2) + surprise(q, (p + q) / 2)) / 2;
  }
  return Math.max(0, Math.min(1, divergence));
}

/** One kind's part in a week, and in all the weeks before that are looked at; each 0…1. */
export interface Shift {
  kind: string;
  share: number;
  earlier: number;
}

/** Kinds that gained or lost, the largest change first. @returns none where one of the two is empty */
export function shiftsOf(now: Amounts, earlier: Amounts): Shift[] {
  const [sum, sumEarlier] = [total(now), total(earlier)];
  if (sum === 0 || sumEarlier === 0) return [];
  return [...new Set([...Object.keys(now), ...Object.keys(earlier)])]
    .map((kind) => ({ kind, share: (now[kind] ?? 0) / sum, earlier: (earlier[kind] ?? 0) / sumEarlier }))
    .sort((a, b) => Math.abs(b.share - b.earlier) - Math.abs(a.share - a.earlier) || (a.kind < b.kind ? -1 : 1));
}

export function added(a: Amounts, b: Amounts): Amounts {
  const sum: Record<string, number> = { ...a };
  for (const [kind, amount] of Object.entries(b)) sum[kind] = (sum[kind] ?? 0) + amount;
  return sum;
}

function total(amounts: Amounts): number {
  return Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
}

function surprise(p: number, mean: number): number {
  return p === 0 ? 0 : p * Math.log2(p / mean);
}
