// Wilson interval of a proportion.

/** The normal quantile for 95 %. */
const Z = 1.959963984540054;

/** All values are between 0 and 1. */
export interface ProportionEstimate {
  value: number;
  low: number;
  high: number;
}

/**
 * Returns hits / total with its 95 % score interval (Wilson 1927): (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) / (1 +
 * z²/n). It stays within 0…1 and holds for few cases and for rare ones, where p̂ ± z·s does not.
 * @returns null if total is 0
 */
export function wilsonInterval(hits: number, total: number): ProportionEstimate | null {
  if (total === 0) return null;
  const value = hits / total;
  const middle = value + Z ** 2 / (2 * total);
  const reach = Z * Math.sqrt((value * (1 - value)) / total + Z ** 2 / (4 * total ** 2));
  const scale = 1 + Z ** 2 / total;
  // The bounds are exact at both ends; the formula is exact only up to rounding.
  const low = hits === 0 ? 0 : (middle - reach) / scale;
  const high = hits === total ? 1 : (middle + reach) / scale;
  return { value, low, high };
}
