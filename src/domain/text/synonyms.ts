// Synonyms in garment titles: 条纹 is "striped", "stripes" or "stripe"; 亚麻 is "linen".

/**
 * Spellings in titles for each term, most common first, in lower case. Terms are lower-case English words or Chinese.
 */
export type Synonyms = ReadonlyMap<string, readonly string[]>;

/** One concept of a text: its original wording and its spellings in titles. */
export interface Concept {
  said: string;
  /** At least one spelling, in lower case; `said` itself if it has no synonyms. */
  titles: readonly string[];
}

/** Length of the longest Chinese term in the lists: 徒步旅行者款. */
const LONGEST_TERM = 6;

/**
 * Returns the concepts of a text in their order. English is split at spaces. Chinese has no spaces and is split by the
 * longest known terms; unknown text between two terms stays in one piece.
 * @param words text without stop words
 */
export function conceptsOf(words: string, synonyms: Synonyms): Concept[] {
  return words
    .toLowerCase()
    .split(/\s+/u)
    .filter((token) => /[\p{L}\p{N}]/u.test(token))
    .flatMap((token) => (/\p{Script=Han}/u.test(token) ? hanConcepts(token, synonyms) : [conceptOf(token, synonyms)]));
}

/** The particles 的 and 款, and punctuation: they separate terms. */
const SEPARATORS = /[的款\p{P}]/u;

function hanConcepts(token: string, synonyms: Synonyms): Concept[] {
  const concepts: Concept[] = [];
  let unknown = '';
  const endUnknown = (): void => {
    if (unknown) concepts.push({ said: unknown, titles: [unknown] });
    unknown = '';
  };
  for (let at = 0; at < token.length;) {
    const term = longestTerm(token.slice(at, at + LONGEST_TERM), synonyms);
    if (term !== null || SEPARATORS.test(token[at]!)) endUnknown();
    else unknown += token[at]!;
    if (term !== null) concepts.push(conceptOf(term, synonyms));
    at += term?.length ?? 1;
  }
  endUnknown();
  return concepts;
}

function longestTerm(text: string, synonyms: Synonyms): string | null {
  for (let length = text.length; length > 0; length--) {
    const term = text.slice(0, length);
    if (synonyms.has(term)) return term;
  }
  return null;
}

function conceptOf(said: string, synonyms: Synonyms): Concept {
  const word = said.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '') || said;
  return { said: word, titles: synonyms.get(word) ?? [word] };
}
