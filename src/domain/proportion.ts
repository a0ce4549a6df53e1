// A share of what was counted, with how far it can be believed. Pure.

/** 95 % of a normal distribution lie within as many standard deviations. */
const Z = 1.959964;

/** All between 0 and 1. */
export interface Proportion {
  value: number;
  low: number;
  high: number;
}

/**
 * hits / of with its 95 % score interval (Wilson 1927), which holds for few and for rare ones too.
 * @returns null of nothing
 */
export function proportion(hits: number, of: number): Proportion | null {
  if (of === 0) return null;
  const value = hits / of;
  const center = (value + (Z * Z) / (2 * of)) / (1 + (Z * Z) / of);
  const margin = (Z / (1 + (Z * Z) / of)) * Math.sqrt((value * (1 - value)) / of + (Z * Z) / (4 * of * of));
  return { value, low: Math.max(0, center - margin), high: Math.min(1, center + margin) };
}
