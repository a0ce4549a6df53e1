// How evenly answers are spread over a catalog. Pure.

/** How many garments were shown so many times. */
export interface ImpressionCount {
  times: number;
  garments: number;
}

export interface GiniReport {
  /** 0: all are shown alike; towards 1: one is shown and no other. 0 where nothing was shown. */
  gini: number;
  /** Share of all showings that the most shown tenth of the garments has, 0…1; 0 where nothing was shown. */
  topTenth: number;
}

/**
 * Gini's coefficient over n garments in the order of their showings x₁ ≤ … ≤ xₙ: 2·Σ i·xᵢ / (n·Σ xᵢ) − (n + 1)/n (Gini 1912).
 * @param counts each number of times once, 0 too
 */
export function giniReport(counts: readonly ImpressionCount[]): GiniReport {
  const ascending = [...counts].sort((a, b) => a.times - b.times);
  const garments = ascending.reduce((sum, one) => sum + one.garments, 0);
  const showings = ascending.reduce((sum, one) => sum + one.garments * one.times, 0);
  if (showings === 0) return { gini: 0, topTenth: 0 };
  let before = 0;
  let weighted = 0;
  for (const one of ascending) {
    // Σ i over the garments that were shown as often
    weighted += one.times * one.garments * (before + (one.garments + 1) / 2);
    before += one.garments;
  }
  return {
    gini: (2 * weighted) / (garments * showings) - (garments + 1) / garments,
    topTenth: showingsOfMost(ascending, Math.ceil(garments / 10)) / showings,
  };
}

function showingsOfMost(ascending: readonly ImpressionCount[], most: number): number {
  let left = most;
  let showings = 0;
  for (const { times, garments } of [...ascending].reverse()) {
    const taken = Math.min(left, garments);
    showings += taken * times;
    left -= taken;
  }
  return showings;
}
