// Similarity of two rankings of one catalog: overlap and rank correlation.

/** Default number of top ranks that are compared. */
export const COMPARED_DEPTH = 10;

/**
 * Returns the share 0…1 of top garments that both rankings show, relative to the longer ranking; 1 if both are empty.
 * @param rankingA ids, best first
 */
export function overlapOf(rankingA: readonly string[], rankingB: readonly string[], depth = COMPARED_DEPTH): number {
  const [first, second] = [rankingA.slice(0, depth), rankingB.slice(0, depth)];
  const shown = Math.max(first.length, second.length);
  return shown === 0 ? 1 : first.filter((id) => second.includes(id)).length / shown;
}

/**
 * Returns Kendall's tau-b −1…1 over the ids among the top ranks of either ranking. Each id has its rank in the whole
 * ranking; missing ids tie at the end. Over the shared ids alone, rankings with little in common would appear similar.
 * https://en.wikipedia.org/wiki/Kendall_rank_correlation_coefficient#Tau-b
 * @returns 1 if neither ranking orders any pair, 0 if only one does
 */
export function rankCorrelationOf(
  rankingA: readonly string[],
  rankingB: readonly string[],
  depth = COMPARED_DEPTH,
): number {
  const ids = [...new Set([...rankingA.slice(0, depth), ...rankingB.slice(0, depth)])];
  const [first, second] = [ranksOf(ids, rankingA), ranksOf(ids, rankingB)];
  let agreement = 0;
  let orderedByFirst = 0;
  let orderedBySecond = 0;
  for (let i = 0; i < ids.length; i++) {
    for (let j = i + 1; j < ids.length; j++) {
      const a = Math.sign(first[i]! - first[j]!);
      const b = Math.sign(second[i]! - second[j]!);
      agreement += a * b;
      orderedByFirst += a * a;
      orderedBySecond += b * b;
    }
  }
  if (orderedByFirst === 0 && orderedBySecond === 0) return 1;
  return orderedByFirst === 0 || orderedBySecond === 0 ? 0 : agreement / Math.sqrt(orderedByFirst * orderedBySecond);
}

function ranksOf(ids: readonly string[], ranking: readonly string[]): number[] {
  const ranks = new Map(ranking.map((id, rank) => [id, rank]));
  return ids.map((id) => ranks.get(id) ?? ranking.length);
}
