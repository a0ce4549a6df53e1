// MMR re-ranking: maximal marginal relevance (Carbonell and Goldstein, 1998).
// Each next garment has the best score after a deduction for its similarity to the garments above it.
import { dot, type Features } from './fusion.js';
import { compareIds, sumOf } from './ranking.js';
import type { RankedGarment } from './recommendation.js';

/**
 * Number of top rows that are reordered: 120² similarities of 512 numbers take about 8 ms. The rest follows by
 * relevance.
 */
export const MMR_DEPTH = 120;

/**
 * The cost of similarity 1, in units of score: .85 of the standard deviation of the scores, divided by that of the
 * similarities, both among the first 24 rows. The scores of pictures vary more than those of text, and the similarities
 * of their neighbors vary less; the quotient gives the same d the same effect on both (docs/adr/0019). Fewer than 24
 * rows give no reliable deviation of the similarities, so the usual deviation replaces it. Half the usual deviation is
 * the minimum, for rows that are all alike. `least` is the value for text about one kind of garment, whose scores
 * hardly differ.
 */
export const SIMILARITY_COST = { ofDeviations: 0.85, depth: 24, usualDeviation: 0.04, least: 0.6 };

/**
 * Reorders the top of a ranking.
 *
 * Row chosen next = argmax (1 − d)·score − d·c·max_{above} similarity. The similarity is the mean cosine over the
 * modalities that both garments have; c converts it to units of score. The change is stored as the contribution
 * `diversity`, so scores remain sums of contributions and never rise down the list.
 *
 * @param diversity d, 0…1; 0 returns the ranking unchanged
 * @param features of the rows by garment id
 */
export function rerankByMmr(
  ranked: RankedGarment[],
  diversity: number,
  features: ReadonlyMap<string, Features>,
): RankedGarment[] {
  if (diversity === 0 || ranked.length === 0) return ranked;
  const remaining = ranked.slice(0, MMR_DEPTH).map((row) => ({ row, maxSimilarity: 0 }));
  const chosen: RankedGarment[] = [];
  const cost = similarityCost(ranked.slice(0, SIMILARITY_COST.depth), features);
  while (remaining.length > 0) {
    const marginal = ({ row, maxSimilarity }: { row: RankedGarment; maxSimilarity: number }): number =>
      (1 - diversity) * row.score - diversity * cost * maxSimilarity;
    remaining.sort((a, b) => marginal(b) - marginal(a) || compareIds(a.row.garmentId, b.row.garmentId));
    const next = remaining.shift()!;
    chosen.push(withDiversity(next.row, marginal(next) - next.row.score));
    const nextFeatures = features.get(next.row.garmentId);
    for (const other of remaining) {
      other.maxSimilarity = Math.max(other.maxSimilarity, similarity(nextFeatures, features.get(other.row.garmentId)));
    }
  }
  return [...chosen, ...loweredRest(ranked.slice(MMR_DEPTH), chosen)].map((row, i) => ({ ...row, rank: i + 1 }));
}

function similarityCost(rows: readonly RankedGarment[], features: ReadonlyMap<string, Features>): number {
  const { ofDeviations, depth, usualDeviation, least } = SIMILARITY_COST;
  const rowFeatures = rows.map(({ garmentId }) => features.get(garmentId));
  const similarities = rowFeatures.flatMap((a, i) => rowFeatures.slice(i + 1).map((b) => similarity(a, b)));
  const spread = rows.length < depth ? usualDeviation : Math.max(usualDeviation / 2, deviationOf(similarities));
  return Math.max(least, (ofDeviations * deviationOf(rows.map(({ score }) => score))) / spread);
}

/** Returns the standard deviation of the population, not of a sample. @param values at least one */
function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Lowers the rows that were not reordered below the last reordered row. */
function loweredRest(rest: RankedGarment[], chosen: RankedGarment[]): RankedGarment[] {
  const floor = chosen.at(-1)?.score ?? 0;
  const best = rest[0]?.score ?? 0;
  return rest.map((row) => withDiversity(row, Math.min(0, floor - best)));
}

function withDiversity(row: RankedGarment, value: number): RankedGarment {
  const contributions = [...row.contributions, { name: 'diversity' as const, value }];
  return { ...row, contributions, score: sumOf(contributions) };
}

function similarity(a: Features | undefined, b: Features | undefined): number {
  const cosines = [
    a?.text && b?.text ? dot(a.text, b.text) : null,
    a?.image && b?.image ? dot(a.image, b.image) : null,
  ].filter((value) => value !== null);
  return cosines.length === 0 ? 0 : Math.max(0, cosines.reduce((sum, value) => sum + value, 0) / cosines.length);
}
