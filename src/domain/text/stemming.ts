// Describing words of a text, and their stems.
// Full text search is configured without a language, so it has no stop words of its own.
import type { Concept } from './synonyms.js';

/** Words that describe no garment. Their presence in a description does not make a garment a better match. */
const STOP_WORDS = new Set(
  'a an and any anything are as at be but by can do dont for from have i in into is it like look looking make me my need no not of on one or other please same show some something so than that the them these they this those to want wear wearing with without would you your'.split(
    ' ',
  ),
);

/**
 * Word endings: without them, "stripes" and "striped" are both "strip". At least four letters remain. With fewer,
 * "shoes" matches "shorts", and "string" matches "stripes".
 */
const ENDING = /(?<=.{4})(?:ing|ed|es|s|y)$/u;

/**
 * Returns a tsquery that matches all concepts, each by the stem of any of its spellings, or null if no stem is long
 * enough. Used for terms to avoid, so that "stripes" also matches "striped".
 */
export function prefixQuery(concepts: readonly Concept[]): string | null {
  const conceptQueries = concepts.flatMap(({ titles }) => {
    const spellings = new Set(titles.flatMap((title) => stemsOf(title) ?? []));
    return spellings.size > 0 ? [`(${[...spellings].join(' | ')})`] : [];
  });
  return conceptQueries.length > 0 ? conceptQueries.join(' & ') : null;
}

/** Returns a word without its ending, for comparison only. */
export function stemOf(word: string): string {
  return word.toLowerCase().replace(ENDING, '');
}

/** Converts "Polka dot" to "polka:* & dot:*". Returns null if no stem is long enough. */
function stemsOf(title: string): string | null {
  const stems = (title.match(/[\p{L}\p{N}]+/gu) ?? [])
    .map(stemOf)
    // One or two letters begin too many words; a single Chinese character is usually a particle.
    .filter((stem) => stem.length >= (/\p{Script=Han}/u.test(stem) ? 2 : 3));
  return stems.length > 0 ? stems.map((stem) => `${stem}:*`).join(' & ') : null;
}

/** Returns the describing words, or null if there are none. */
export function descriptiveTerms(words: string): string | null {
  const describingWords = words
    .split(/\s+/u)
    .filter((word) => !STOP_WORDS.has(word.toLowerCase().replace(/[^\p{L}]/gu, '')));
  return describingWords.length > 0 ? describingWords.join(' ') : null;
}
