// What a shopper avoids, as looks leave it out: by label and by word. The ranking only puts it back; a look has none of it.
import type { Avoided } from '../candidate.js';

/** Probability of a label from which words to avoid mean it, too: "black" is also a little charcoal. */
const MEANT_FROM = 0.2;

/** One thing that is avoided: a garment is it that has all of its labels, or all of its words. */
export interface Unwanted {
  /** Labels of the bundle. A kind and a colour, or what it is worn for where the words name neither. */
  colors: string[];
  categories: string[];
  usages: string[];
  /** A tsquery of the words' beginnings, or null. */
  wordsQuery: string | null;
}

/** @param labels of the bundle, in its order */
export function unwantedOf(
  { asked, labels: say, wordsQuery }: Pick<Avoided, 'asked' | 'labels' | 'wordsQuery'>,
  labels: { color: readonly string[]; category: readonly string[]; usage: readonly string[] },
): Unwanted {
  const meant = (names: readonly string[], roots: Float32Array | null): string[] =>
    names.filter((_, i) => roots !== null && roots[i]! ** 2 >= MEANT_FROM);
  return {
    colors: say.color ? meant(labels.color, asked.color) : [],
    categories: say.kind ? meant(labels.category, asked.category) : [],
    usages: say.color || say.kind ? [] : meant(labels.usage, asked.usage),
    wordsQuery,
  };
}
