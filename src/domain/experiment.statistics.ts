// What an experiment has shown so far: shares of shoppers, with intervals of 95 %. Pure.
//
// The unit is the shopper and not the answer: shoppers are what chance hands out, and the answers of one are alike, so
// intervals over answers would be too narrow.

import { proportion } from './proportion.js';

export interface Interval {
  low: number;
  high: number;
}

export interface Share extends Interval {
  /** 0…1; 0 where there is nobody. */
  rate: number;
}

/** A share of n with Wilson's interval. Nobody: 0…1. */
export function shareOf(count: number, n: number): Share {
  const { value: rate, low, high } = proportion(count, n) ?? { value: 0, low: 0, high: 1 };
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
