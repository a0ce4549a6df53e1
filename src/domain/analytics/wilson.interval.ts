// A share of what was counted, with how far it can be believed. Pure.

/** The normal quantile for 95 %. */
const Z = 1.959963984540054;

/** All between 0 and 1. */
export interface ProportionEstimate {
  value: number;
  low: number;
  high: number;
}

/**
 * hits / of with its 95 % score interval (Wilson 1927): (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n). It stays within
 * 0…1 and holds for few and for rare ones, where p̂ ± z·s does not.
 * @returns null of nothing
 */
export function wilsonInterval(hits: number, of: number): ProportionEstimate | null {
  if (of === 0) return null;
  const value = hits / of;
  const middle = value + Z ** 2 / (2 * of);
  const reach = Z * Math.sqrt((value * (1 - value)) / of + Z ** 2 / (4 * of ** 2));
  const scale = 1 + Z ** 2 / of;
  // at both ends it is exact, but for rounding
  const low = hits === 0 ? 0 : (middle - reach) / scale;
  const high = hits === of ? 1 : (middle + reach) / scale;
  return { value, low, high };
}
