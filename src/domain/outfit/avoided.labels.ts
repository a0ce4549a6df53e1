// Labels and words of avoided terms, for the selection of outfit items.
// Outfits exclude matching garments; the ranking only demotes them.
import type { AvoidedTerm } from '../recommend/candidate.js';

/** Minimum probability for a label to belong to the avoided term: "black" also has a low probability for charcoal. */
const MEANT_FROM = 0.2;

/**
 * One avoided term. A garment matches if it has a label of each non-empty list ("black shoes" has two lists), or if it
 * has all the words. Nothing matches if every list is empty and there are no words.
 */
export interface AvoidedLabels {
  /** Labels of the bundle, here and below. */
  colors: string[];
  categories: string[];
  usages: string[];
  /** A tsquery of the words' stems, or null. */
  wordsQuery: string | null;
}

/** Returns the labels that an avoided term means, with its tsquery. @param labels of the bundle, in its order */
export function avoidedLabelsOf(
  { roots, wordsQuery }: Pick<AvoidedTerm, 'wordsQuery' | 'roots'>,
  labels: { color: readonly string[]; category: readonly string[]; usage: readonly string[] },
): AvoidedLabels {
  const meantLabels = (names: readonly string[], outputRoots: Float32Array | null): string[] =>
    names.filter((_, i) => outputRoots !== null && outputRoots[i]! ** 2 >= MEANT_FROM);
  return {
    colors: meantLabels(labels.color, roots.color),
    categories: meantLabels(labels.category, roots.category),
    usages: meantLabels(labels.usage, roots.usage),
    wordsQuery,
  };
}
