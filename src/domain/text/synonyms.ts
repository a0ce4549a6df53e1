// What words are called in titles: 条纹 is "striped", "stripes" or "stripe", 亚麻 is "linen". Pure; the lists come in.

/** How titles say a term, the commonest first, in lower case. Terms are lower-case English words or Chinese. */
export type Synonyms = ReadonlyMap<string, readonly string[]>;

/** One thing that words name: as it was said, and how titles may say it. */
export interface Concept {
  said: string;
  /** At least one, in lower case; `said` itself where the lists do not know it. */
  titles: readonly string[];
}

/** Longest Chinese term of the lists: 徒步旅行者款. */
const LONGEST_TERM = 6;

/**
 * Words as the things that they name, in their order. English is parted at spaces; Chinese, which has none, by the longest
 * terms that the lists know, and what lies between them stays whole.
 * @param words without words that only join others
 */
export function conceptsOf(words: string, senses: Synonyms): Concept[] {
  return words
    .toLowerCase()
    .split(/\s+/u)
    .filter((run) => /[\p{L}\p{N}]/u.test(run))
    .flatMap((run) => (/\p{Script=Han}/u.test(run) ? hanConcepts(run, senses) : [conceptOf(run, senses)]));
}

/** 的 and 款 join; marks part. */
const JOINS = /[的款\p{P}]/u;

function hanConcepts(run: string, senses: Synonyms): Concept[] {
  const concepts: Concept[] = [];
  let unknown = '';
  const endUnknown = (): void => {
    if (unknown) concepts.push({ said: unknown, titles: [unknown] });
    unknown = '';
  };
  for (let at = 0; at < run.length;) {
    const term = longestTerm(run.slice(at, at + LONGEST_TERM), senses);
    if (term !== null || JOINS.test(run[at]!)) endUnknown();
    else unknown += run[at]!;
    if (term !== null) concepts.push(conceptOf(term, senses));
    at += term?.length ?? 1;
  }
  endUnknown();
  return concepts;
}

function longestTerm(text: string, senses: Synonyms): string | null {
  for (let length = text.length; length > 0; length--) {
    const term = text.slice(0, length);
    if (senses.has(term)) return term;
  }
  return null;
}

function conceptOf(said: string, senses: Synonyms): Concept {
  const word = said.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '') || said;
  return { said: word, titles: senses.get(word) ?? [word] };
}
