// Which of a request's words are looked for as words. Full text here has no language and so knows no stop words.

/** Words that join others and describe no garment; a garment does not fit better for having them in its description. */
const JOINING_WORDS = new Set(
  'a an and any anything are as at be but by can do dont for from have i in into is it like look looking make me my need no not of on one or other please same show some something so than that the them these they this those to want wear wearing with without would you your'.split(
    ' ',
  ),
);

/** "Stripes" and "striped" are both "strip…"; four letters stay, or "shoes" would find shorts and "string" stripes. */
const ENDING = /(?<=.{4})(?:ing|ed|es|s|y)$/u;

/**
 * A tsquery that finds any of the words by their beginnings, or null where there are none to look for. For what is to be
 * avoided, where a miss costs more than a wrong hit.
 */
export function beginningsQuery(words: string): string | null {
  const describing =
    describingWords(words)
      ?.toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const stems = describing
    .map((word) => word.replace(ENDING, ''))
    // a letter or two begin too many words
    .filter((stem) => stem.length >= 3 || /\p{Script=Han}/u.test(stem));
  return stems.length > 0 ? stems.map((stem) => `${stem}:*`).join(' | ') : null;
}

/** The words that describe, or null where there are none. */
export function describingWords(words: string): string | null {
  const describing = words
    .split(/\s+/u)
    .filter((word) => !JOINING_WORDS.has(word.toLowerCase().replace(/[^\p{L}]/gu, '')));
  return describing.length > 0 ? describing.join(' ') : null;
}
