// What a shopper avoids, as looks leave it out: by label and by word. The ranking only puts it back; a look has none of it.
import type { AvoidedTerm } from '../recommend/candidate.js';

/** Probability of a label from which words to avoid mean it, too: "black" is also a little charcoal. */
const MEANT_FROM = 0.2;

/**
 * One thing to be left out: what has a label of each list that is not empty ("black shoes" are both), or has all the words.
 * Where every list is empty and there are no words, nothing is meant.
 */
export interface AvoidedLabels {
  /** Labels of the bundle. */
  colors: string[];
  categories: string[];
  usages: string[];
  /** A tsquery of the words' beginnings, or null. */
  wordsQuery: string | null;
}

/** @param labels of the bundle, in its order */
export function avoidedLabelsOf(
  { roots: asked, wordsQuery }: Pick<AvoidedTerm, 'wordsQuery' | 'roots'>,
  labels: { color: readonly string[]; category: readonly string[]; usage: readonly string[] },
): AvoidedLabels {
  const meant = (names: readonly string[], roots: Float32Array | null): string[] =>
    names.filter((_, i) => roots !== null && roots[i]! ** 2 >= MEANT_FROM);
  return {
    colors: meant(labels.color, asked.color),
    categories: meant(labels.category, asked.category),
    usages: meant(labels.usage, asked.usage),
    wordsQuery,
  };
}
