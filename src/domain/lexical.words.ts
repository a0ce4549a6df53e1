// Which of a request's words are looked for as words. Full text here has no language and so knows no stop words.

/** Words that join others and describe no garment; a garment does not fit better for having them in its description. */
const JOINING_WORDS = new Set(
  'a an and any are as at be but by can do for from have i in into is it like look looking make me my need no not of on one or other please same show some something so than that the them these they this those to want wear wearing with without would you your'.split(
    ' ',
  ),
);

/** The words that describe, or null where there are none. */
export function describingWords(words: string): string | null {
  const describing = words
    .split(/\s+/u)
    .filter((word) => !JOINING_WORDS.has(word.toLowerCase().replace(/[^\p{L}]/gu, '')));
  return describing.length > 0 ? describing.join(' ') : null;
}
