// How alike two rankings of one catalog are. Pure functions over ids.

/** How many of the first are compared. */
export const COMPARED_DEPTH = 10;

/**
 * Share 0…1 of the first ten, or so many, that both rankings show, of those that the longer one has; 1 where both are empty.
 * @param one ids, best first
 */
export function overlapOf(one: readonly string[], other: readonly string[], depth = COMPARED_DEPTH): number {
  const [first, second] = [one.slice(0, depth), other.slice(0, depth)];
  const shown = Math.max(first.length, second.length);
  return shown === 0 ? 1 : first.filter((id) => second.includes(id)).length / shown;
}

/**
 * Kendall's tau-b −1…1 over the ids that either ranking has among its first ten, or so many, each at its place in the whole of the other;
 * what a ranking lacks ties at its end. Over the shared ids alone two rankings that share little would look alike.
 * https://en.wikipedia.org/wiki/Kendall_rank_correlation_coefficient#Tau-b
 * @returns 1 where there is nothing to order, 0 where only one of them orders it
 */
export function rankCorrelationOf(one: readonly string[], other: readonly string[], depth = COMPARED_DEPTH): number {
  const ids = [...new Set([...one.slice(0, depth), ...other.slice(0, depth)])];
  const [first, second] = [placesOf(ids, one), placesOf(ids, other)];
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

function placesOf(ids: readonly string[], ranking: readonly string[]): number[] {
  const places = new Map(ranking.map((id, place) => [id, place]));
  return ids.map((id) => places.get(id) ?? ranking.length);
}
