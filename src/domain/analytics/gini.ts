// Gini coefficient of the impressions over a catalog.

/** Number of garments that were shown a given number of times. */
export interface ImpressionCount {
  times: number;
  garments: number;
}

export interface GiniReport {
  /** 0 if all garments are shown equally often; near 1 if only one is shown. 0 without impressions. */
  gini: number;
  /** Share of all impressions of the most shown tenth of the garments, 0…1; 0 without impressions. */
  topTenth: number;
}

/**
 * Returns the Gini coefficient over n garments with impressions x₁ ≤ … ≤ xₙ: 2·Σ i·xᵢ / (n·Σ xᵢ) − (n + 1)/n (Gini
 * 1912).
 * @param counts each number of impressions once, including 0
 */
export function giniReport(counts: readonly ImpressionCount[]): GiniReport {
  const ascending = [...counts].sort((a, b) => a.times - b.times);
  const garments = ascending.reduce((sum, count) => sum + count.garments, 0);
  const impressions = ascending.reduce((sum, count) => sum + count.garments * count.times, 0);
  if (impressions === 0) return { gini: 0, topTenth: 0 };
  let before = 0;
  let weighted = 0;
  for (const count of ascending) {
    // Σ i over the garments with this number of impressions
    weighted += count.times * count.garments * (before + (count.garments + 1) / 2);
    before += count.garments;
  }
  return {
    gini: (2 * weighted) / (garments * impressions) - (garments + 1) / garments,
    topTenth: impressionsOfTop(ascending, Math.ceil(garments / 10)) / impressions,
  };
}

function impressionsOfTop(ascending: readonly ImpressionCount[], top: number): number {
  let left = top;
  let impressions = 0;
  for (const { times, garments } of [...ascending].reverse()) {
    const taken = Math.min(left, garments);
    impressions += taken * times;
    left -= taken;
  }
  return impressions;
}
