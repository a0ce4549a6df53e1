// A seeded random generator: the same seed always gives the same drawn garment and the same map.

/**
 * mulberry32 by Tommy Ettinger (public domain): 32 bits of state, passes gjrand, good enough to choose cuts and colors.
 */
export interface Random {
  /** Returns a uniform number in [0, 1). */
  next(): number;
  /** Returns a uniform number in [low, high). */
  between(low: number, high: number): number;
  /** Returns true with the given probability. */
  chance(probability: number): boolean;
  /** Returns one item of a non-empty list, all equally likely. @throws RangeError for an empty list */
  pick<T>(from: readonly T[]): T;
}

/** Returns a random generator. `seed` is any integer, taken modulo 2³². */
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
