// Search gaps: requests without good results, grouped by meaning.
import { dot } from '../recommend/fusion.js';

/** Requests with the same text and poor results. */
export interface PoorSearch {
  /** The text of the latest request. */
  text: string;
  count: number;
  /** Highest cosine of any of these requests to a shown garment; null if no garment was shown. */
  bestSimilarity: number | null;
  /** Id of the latest recommendation. */
  recommendationId: string;
  model: string;
  /** Request vector of the latest request, of any length except 0. */
  vector: Float32Array;
}

export interface SearchGap {
  text: string;
  count: number;
  bestSimilarity: number;
  /** Every wording, most common first. */
  texts: string[];
  recommendationId: string;
}

/**
 * Minimum cosine of two requests with the same meaning. Chosen by eye on the released model: "green tuxedo" and "tuxedo
 * in green" are at .93, "green tuxedo" and "green suit" at .78.
 */
const SAME_MEANING = 0.88;

/**
 * Groups requests by meaning. Each wording joins the first more common one that is similar enough, or starts a new gap,
 * so a gap has the name of its most common wording.
 * @param searches most common first
 * @returns most common first; among equals, the worst result first
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
      // Without a shown garment the similarity is 0, as for two unrelated texts.
      bestSimilarity: Math.max(...members.map(({ bestSimilarity }) => bestSimilarity ?? 0)),
      texts: members.map(({ text }) => text),
      recommendationId: leader.recommendationId,
    }))
    .sort((a, b) => b.count - a.count || a.bestSimilarity - b.bestSimilarity || (a.text < b.text ? -1 : 1))
    .slice(0, first);
}

function isNear(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && dot(a, b) >= SAME_MEANING * Math.sqrt(dot(a, a) * dot(b, b));
}
