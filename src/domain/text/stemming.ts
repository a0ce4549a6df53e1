// Which of a request's words are looked for as words. Full text here has no language and so knows no stop words.
import type { Concept } from './synonyms.js';

/** Words that join others and describe no garment; a garment does not fit better for having them in its description. */
const JOINING_WORDS = new Set(
  'a an and any anything are as at be but by can do dont for from have i in into is it like look looking make me my need no not of on one or other please same show some something so than that the them these they this those to want wear wearing with without would you your'.split(
    ' ',
  ),
);

/** "Stripes" and "striped" are both "strip…"; four letters stay, or "shoes" would find shorts and "string" stripes. */
const ENDING = /(?<=.{4})(?:ing|ed|es|s|y)$/u;

/**
 * A tsquery that finds all of the concepts by the beginnings of any of their spellings, or null where there is none to look
 * for. For what is to be avoided, where "stripes" is to find "striped".
 */
export function prefixQuery(concepts: readonly Concept[]): string | null {
  const each = concepts.flatMap(({ titles }) => {
    const spellings = new Set(titles.flatMap((title) => stemsOf(title) ?? []));
    return spellings.size > 0 ? [`(${[...spellings].join(' | ')})`] : [];
  });
  return each.length > 0 ? each.join(' & ') : null;
}

/** A word without its ending, to compare words by: not for showing. */
export function stemOf(word: string): string {
  return word.toLowerCase().replace(ENDING, '');
}

/** "Polka dot" → "polka:* & dot:*"; null where nothing is long enough to be looked for. */
function stemsOf(title: string): string | null {
  const stems = (title.match(/[\p{L}\p{N}]+/gu) ?? [])
    .map(stemOf)
    // a letter or two begin too many words, one of Chinese joins others
    .filter((stem) => stem.length >= (/\p{Script=Han}/u.test(stem) ? 2 : 3));
  return stems.length > 0 ? stems.map((stem) => `${stem}:*`).join(' & ') : null;
}

/** The words that describe, or null where there are none. */
export function descriptiveTerms(words: string): string | null {
  const describing = words
    .split(/\s+/u)
    .filter((word) => !JOINING_WORDS.has(word.toLowerCase().replace(/[^\p{L}]/gu, '')));
  return describing.length > 0 ? describing.join(' ') : null;
}
