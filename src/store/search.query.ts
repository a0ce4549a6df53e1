// Conversion of typed search text to the syntax of websearch_to_tsquery.

/** A quoted phrase, or a run of characters without separators. Hyphens before it exclude it. */
const TERM = /-*"[^"]*"|[^\s"!&|()]+/gu;

/**
 * Returns the text for `websearch_to_tsquery`: phrases, words and "or", each after at most one hyphen. PostgreSQL nests
 * one negation for each hyphen, even before nothing, and fails at 32 of them with "tsquery stack too small". A hyphen
 * that stands alone, as in "Dress - red", is punctuation and excludes nothing.
 */
export function webSearchWords(words: string): string {
  return (words.match(TERM) ?? []).flatMap(searchTerm).join(' ');
}

/**
 * Returns the term with at most one hyphen. Returns none for a term without letters and digits, which full-text search
 * ignores.
 */
function searchTerm(term: string): string[] {
  const word = term.replace(/^-+/, '');
  if (!/[\p{L}\p{N}]/u.test(word)) return [];
  return [word === term ? word : `-${word}`];
}
