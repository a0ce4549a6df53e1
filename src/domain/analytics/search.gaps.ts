// What shoppers ask for and hardly find, in their words: requests of one meaning are one gap. Pure.
import { dot } from '../recommend/fusion.js';

/** Requests of the same words that found little. */
export interface PoorSearch {
  /** As it was asked last. */
  text: string;
  count: number;
  /** Highest cosine of any of these requests to a garment that it was shown; null where none was shown any. */
  bestSimilarity: number | null;
  /** The latest of these answers. */
  recommendationId: string;
  model: string;
  /** What the latest searched with, of any length but 0. */
  vector: Float32Array;
}

export interface SearchGap {
  text: string;
  count: number;
  bestSimilarity: number;
  /** Every wording, the commonest first. */
  texts: string[];
  recommendationId: string;
}

/**
 * From here on two requests want the same. Chosen by eye on the released model: "green tuxedo" and "tuxedo in green" are at
 * .93, "green tuxedo" and "green suit" at .78.
 */
const SAME_WISH = 0.88;

/**
 * Every wording joins the first commoner one that it is near enough to, else begins a gap of its own: what a gap is called
 * is what most called it.
 * @param searches the commonest first
 * @returns the commonest first, the worst found first among equals
 */
export function searchGaps(searches: readonly PoorSearch[], first: number): SearchGap[] {
  const leaders: { leader: PoorSearch; members: PoorSearch[] }[] = [];
  for (const search of searches) {
    const near = leaders.find(({ leader }) => leader.model === search.model && isNear(leader.vector, search.vector));
    if (near) near.members.push(search);
    else leaders.push({ leader: search, members: [search] });
  }
  return leaders
    .map(({ leader, members }) => ({
      text: leader.text,
      count: members.reduce((sum, { count }) => sum + count, 0),
      // nothing shown is as far as two texts can be that have nothing in common
      bestSimilarity: Math.max(...members.map(({ bestSimilarity }) => bestSimilarity ?? 0)),
      texts: members.map(({ text }) => text),
      recommendationId: leader.recommendationId,
    }))
    .sort((a, b) => b.count - a.count || a.bestSimilarity - b.bestSimilarity || (a.text < b.text ? -1 : 1))
    .slice(0, first);
}

function isNear(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && dot(a, b) >= SAME_WISH * Math.sqrt(dot(a, a) * dot(b, b));
}
