// What an experiment has shown so far: shares of shoppers, with intervals of 95 %. Pure.
//
// The unit is the shopper and not the answer: shoppers are what chance hands out, and the answers of one are alike, so
// intervals over answers would be too narrow.

/** The normal quantile for 95 %. */
const Z = 1.959963984540054;

export interface Interval {
  low: number;
  high: number;
}

export interface Share extends Interval {
  /** 0…1; 0 where there is nobody. */
  rate: number;
}

/**
 * A share of n with Wilson's score interval (1927): (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n). It stays within
 * 0…1 and holds for few shoppers and rare purchases, where p̂ ± z·s does not. Nobody: 0…1.
 */
export function shareOf(count: number, n: number): Share {
  if (n === 0) return { rate: 0, low: 0, high: 1 };
  const rate = count / n;
  const middle = rate + Z ** 2 / (2 * n);
  const reach = Z * Math.sqrt((rate * (1 - rate)) / n + Z ** 2 / (4 * n ** 2));
  const scale = 1 + Z ** 2 / n;
  // at both ends it is exact, but for rounding
  const low = count === 0 ? 0 : (middle - reach) / scale;
  const high = count === n ? 1 : (middle + reach) / scale;
  return { rate, low, high };
}

/**
 * The difference a − b of two shares of different shoppers, by Newcombe's method 10 (1998): from the Wilson intervals
 * (l, u) of both, [d − √((a − l_a)² + (u_b − b)²), d + √((u_a − a)² + (b − l_b)²)].
 */
export function differenceOf(a: Share, b: Share): Interval & { difference: number } {
  const difference = a.rate - b.rate;
  return {
    difference,
    low: difference - Math.hypot(a.rate - a.low, b.high - b.rate),
    high: difference + Math.hypot(a.high - a.rate, b.rate - b.low),
  };
}
