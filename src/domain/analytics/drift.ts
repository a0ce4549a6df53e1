// Drift of the requests and the catalog from week to week.

/** Amount of each kind. The amounts need not add up to 1. */
export type Amounts = Readonly<Record<string, number>>;

/**
 * Returns the Jensen–Shannon divergence in bits, 0 (equal) … 1 (nothing in common). It is symmetric, and defined if a
 * kind occurs in only one distribution (Lin 1991).
 * @returns null if one of the distributions is empty
 */
export function jensenShannon(a: Amounts, b: Amounts): number | null {
  const [sumA, sumB] = [total(a), total(b)];
  if (sumA === 0 || sumB === 0) return null;
  let divergence = 0;
  for (const kind of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [p, q] = [(a[kind] ?? 0) / sumA, (b[kind] ?? 0) / sumB];
    divergence += (klTerm(p, (p + q) / 2) + klTerm(q, (p + q) / 2)) / 2;
  }
  return Math.max(0, Math.min(1, divergence));
}

/** One kind's share in a week and in all compared earlier weeks, each 0…1. */
export interface Shift {
  kind: string;
  share: number;
  earlier: number;
}

/** Returns the kinds by change of share, largest change first; an empty list if one of the two is empty. */
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

function klTerm(p: number, mean: number): number {
  return p === 0 ? 0 : p * Math.log2(p / mean);
}
