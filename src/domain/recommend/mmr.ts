// Maximal marginal relevance (Carbonell and Goldstein, 1998): each next garment is the best of what is left, less its
// likeness to what already stands above it.
import { dot, type Features } from './fusion.js';
import { compareIds, sumOf } from './ranking.js';
import type { RankedGarment } from './recommendation.js';

/** Rows from the top that are reordered: 120² likenesses of 512 numbers take some 8 ms. The rest follows by relevance. */
export const MMR_DEPTH = 120;

/**
 * What likeness 1 costs, in units of score: .85 of the standard deviation of the scores ÷ that of the likenesses, both among the
 * first 24. Pictures' scores lie further apart than those of words and their neighbours closer together, and the same d is to
 * mean the same for both (docs/adr/0019). Fewer rows tell little of how likenesses lie: the usual deviation stands for theirs, and
 * half of it is the least for rows that are all alike. `least` is what words of one kind come to, whose scores hardly differ.
 */
export const LIKENESS_COST = { ofDeviations: 0.85, depth: 24, usualDeviation: 0.04, least: 0.6 };

/**
 * Reorders the top of a ranking.
 *
 * Row chosen next = argmax (1 − d)·score − d·c·max_{above} likeness, where likeness is the mean cosine over the halves that
 * both have and c puts it in units of score. The change is kept as the contribution `diversity`, so scores still add up and never rise down the list.
 *
 * @param diversity d, 0…1; 0 returns the ranking as it is
 * @param features of the rows by garment id
 */
export function rerankByMmr(
  ranked: RankedGarment[],
  diversity: number,
  features: ReadonlyMap<string, Features>,
): RankedGarment[] {
  if (diversity === 0 || ranked.length === 0) return ranked;
  const left = ranked.slice(0, MMR_DEPTH).map((row) => ({ row, nearest: 0 }));
  const chosen: RankedGarment[] = [];
  const cost = likenessCost(ranked.slice(0, LIKENESS_COST.depth), features);
  while (left.length > 0) {
    const marginal = ({ row, nearest }: { row: RankedGarment; nearest: number }): number =>
      (1 - diversity) * row.score - diversity * cost * nearest;
    left.sort((a, b) => marginal(b) - marginal(a) || compareIds(a.row.garmentId, b.row.garmentId));
    const next = left.shift()!;
    chosen.push(withDiversity(next.row, marginal(next) - next.row.score));
    const features1 = features.get(next.row.garmentId);
    for (const other of left) {
      other.nearest = Math.max(other.nearest, likeness(features1, features.get(other.row.garmentId)));
    }
  }
  return [...chosen, ...belowThem(ranked.slice(MMR_DEPTH), chosen)].map((row, i) => ({ ...row, rank: i + 1 }));
}

function likenessCost(rows: readonly RankedGarment[], features: ReadonlyMap<string, Features>): number {
  const { ofDeviations, depth, usualDeviation, least } = LIKENESS_COST;
  const known = rows.map(({ garmentId }) => features.get(garmentId));
  const likenesses = known.flatMap((a, i) => known.slice(i + 1).map((b) => likeness(a, b)));
  const apart = rows.length < depth ? usualDeviation : Math.max(usualDeviation / 2, deviationOf(likenesses));
  return Math.max(least, (ofDeviations * deviationOf(rows.map(({ score }) => score))) / apart);
}

/** Of all values, not of a sample. @param values at least one */
function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** What was not reordered stays below: it carries at least the last penalty. */
function belowThem(rest: RankedGarment[], chosen: RankedGarment[]): RankedGarment[] {
  const floor = chosen.at(-1)?.score ?? 0;
  const best = rest[0]?.score ?? 0;
  return rest.map((row) => withDiversity(row, Math.min(0, floor - best)));
}

function withDiversity(row: RankedGarment, value: number): RankedGarment {
  const contributions = [...row.contributions, { name: 'diversity' as const, value }];
  return { ...row, contributions, score: sumOf(contributions) };
}

function likeness(a: Features | undefined, b: Features | undefined): number {
  const cosines = [
    a?.text && b?.text ? dot(a.text, b.text) : null,
    a?.image && b?.image ? dot(a.image, b.image) : null,
  ].filter((value) => value !== null);
  return cosines.length === 0 ? 0 : Math.max(0, cosines.reduce((sum, value) => sum + value, 0) / cosines.length);
}
