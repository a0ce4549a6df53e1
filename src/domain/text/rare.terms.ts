// Words that matter as they are spelled: brands, materials, cuts, numbers of garments. How much one says of a garment hangs on
// how few garments have it. Pure.
import { descriptiveTerms, stemOf } from './stemming.js';
import { conceptsOf, type Synonyms } from './synonyms.js';

/** From so many garments on a word says nothing of one of them: labels and vectors know it better. */
export const COMMON_FROM = 1_000;
/** A word's garments come up as candidates of their own where they are no more than these. */
export const RARE_UP_TO = 200;
/** Words of one request that are held against candidates, the rarest first: each costs a look into 400 rows. */
export const MOST_WORDS = 8;

/** What of a request is looked for as it is spelled. */
export interface RareTermQuery {
  /** As titles would say it; full text splits it further. */
  text: string;
  /** What may be a garment's number, in the spellings that are tried. */
  skus: readonly string[];
}

/** A word of the catalog, and how much having it says, 0…1. */
export interface RareTerm {
  word: string;
  weight: number;
}

/** What exact words brought up beside the vectors. */
export interface RareTermHits {
  words: readonly RareTerm[];
  /** Garments that have rare ones, or whose sku is named; those with the most weight first. */
  garmentIds: readonly string[];
  /** Of these the one whose number the request says, if any. */
  named: readonly string[];
}

export const NO_RARE_TERM_HITS: RareTermHits = { words: [], garmentIds: [], named: [] };

/**
 * Stems of the words of labels: what the head reads, and guesses where a merchant says nothing. Such a guess, found again as a
 * word, would count twice: descriptions found .77 of what they find without (nP@10 .84, test split, pictures only).
 */
export function labelStems(labels: readonly (readonly string[])[]): ReadonlySet<string> {
  return new Set(labels.flat().flatMap((label) => label.split(/\s+/u).map(rootOf)));
}

/**
 * Null where the words hold nothing to look for. English as it stands, Chinese as titles say it in English beside it.
 * @param known stems that are no exact words
 */
export function rareTermQuery(
  words: string | null,
  senses: Synonyms,
  known: ReadonlySet<string> = new Set(),
): RareTermQuery | null {
  const describing = words && descriptiveTerms(words);
  if (!describing) return null;
  const translated = conceptsOf(describing, senses)
    .filter(({ said, titles }) => /\p{Script=Han}/u.test(said) && titles[0] !== said)
    .map(({ titles }) => titles[0]!);
  const numbers = describing.split(/\s+/u).filter((word) => /^(?=.*\d)[\p{L}\p{N}._/-]{3,200}$/u.test(word));
  const skus = numbers.flatMap((word) => [word, word.toUpperCase(), word.toLowerCase()]);
  const text = [...describing.split(/\s+/u), ...translated].filter((word) => !known.has(rootOf(word))).join(' ');
  return { text, skus: [...new Set(skus)] };
}

/** "Dresses" and "dress" are both "dres": an ending may stand on another. */
function rootOf(word: string): string {
  return stemOf(stemOf(word));
}

/**
 * ln(n / df) / ln n: 1 for a word that one garment has, 0 for one that all have.
 * @param garments n, of the store; counted to COMMON_FROM
 * @param having df, 1…n
 */
export function inverseDocumentWeight(garments: number, having: number): number {
  return garments <= 1 ? 0 : Math.max(0, Math.log(garments / having) / Math.log(garments));
}
