/**
 * Owns the seeded source of chance: the same seed always gives the same garment, and the same map.
 * Knows nothing of what is drawn from it.
 *
 * mulberry32 by Tommy Ettinger (public domain): 32 bits of state, passes gjrand, enough for choosing cuts and colours.
 */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One of a non-empty list, evenly. Throws RangeError on an empty one. */
  pick<T>(from: readonly T[]): T;
}

/** A stream of chance; `seed` is any integer, taken modulo 2³². */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    chance: (probability) => next() < probability,
    pick: (from) => pickAt(from, next()),
  };
}

function pickAt<T>(from: readonly T[], at: number): T {
  const picked = from[Math.floor(at * from.length)];
  if (picked === undefined) throw new RangeError('nothing to pick from');
  return picked;
}
