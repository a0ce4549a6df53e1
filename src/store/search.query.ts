// Search words as PostgreSQL's web search takes them, whatever a person types.

/** A phrase in quotes, or a run of characters that separate nothing; hyphens before either leave it out. */
const TERM = /-*"[^"]*"|[^\s"!&|()]+/gu;

/**
 * The words for `websearch_to_tsquery`: phrases, words and "or", each after at most one hyphen. PostgreSQL nests one negation
 * for each hyphen, also where nothing follows it, and at 32 of them fails with "tsquery stack too small". A hyphen that stands
 * alone, as in "Dress - red", is punctuation and leaves nothing out.
 */
export function webSearchWords(words: string): string {
  return (words.match(TERM) ?? []).flatMap(searchTerm).join(' ');
}

/** None where the term has neither letters nor figures: full text finds nothing by it. */
function searchTerm(term: string): string[] {
  const wanted = term.replace(/^-+/, '');
  if (!/[\p{L}\p{N}]/u.test(wanted)) return [];
  return [wanted === term ? wanted : `-${wanted}`];
}
