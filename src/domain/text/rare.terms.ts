// Rare terms that are matched literally: brands, materials, cuts and SKUs.
// A term's weight depends on the number of garments that have it.
import { descriptiveTerms, stemOf } from './stemming.js';
import { conceptsOf, type Synonyms } from './synonyms.js';

/** A term in this many garments or more is common and not matched literally: labels and vectors describe it better. */
export const COMMON_FROM = 1_000;
/** Maximum number of garments with a term for them to become candidates through that term. */
export const RARE_UP_TO = 200;
/** Maximum number of terms of a request, rarest first. Each costs a check of 400 rows. */
export const MOST_WORDS = 8;

/** The literal part of a request. */
export interface RareTermQuery {
  /** The terms as titles spell them; full text search splits them further. */
  text: string;
  /** Possible SKUs, each in several spellings. */
  skus: readonly string[];
}

/** A word of the catalog with its weight, 0…1. */
export interface RareTerm {
  word: string;
  weight: number;
}

/** The garments that rare terms retrieve in addition to the vectors. */
export interface RareTermHits {
  words: readonly RareTerm[];
  /** Ids of garments that have a rare term, or whose SKU the request contains; highest total weight first. */
  garmentIds: readonly string[];
  /** The subset of `garmentIds` whose SKU the request contains. */
  named: readonly string[];
}

export const NO_RARE_TERM_HITS: RareTermHits = { words: [], garmentIds: [], named: [] };

/**
 * Returns the stems of all label words, to exclude them from rare terms. The head infers missing labels, and an
 * inferred label that matches again as a word counts twice: descriptions then find only .77 of what they find without
 * it (nP@10 .84, test split, pictures only).
 */
export function labelStems(labels: readonly (readonly string[])[]): ReadonlySet<string> {
  return new Set(labels.flat().flatMap((label) => label.split(/\s+/u).map(doubleStem)));
}

/**
 * Returns the literal part of a text, or null if it has no describing words. English words stay as they are; Chinese
 * terms are followed by their English spelling in titles.
 * @param excludedStems stems to leave out
 */
export function rareTermQuery(
  words: string | null,
  synonyms: Synonyms,
  excludedStems: ReadonlySet<string> = new Set(),
): RareTermQuery | null {
  const describingWords = words && descriptiveTerms(words);
  if (!describingWords) return null;
  const translated = conceptsOf(describingWords, synonyms)
    .filter(({ said, titles }) => /\p{Script=Han}/u.test(said) && titles[0] !== said)
    .map(({ titles }) => titles[0]!);
  const skuWords = describingWords.split(/\s+/u).filter((word) => /^(?=.*\d)[\p{L}\p{N}._/-]{3,200}$/u.test(word));
  const skus = skuWords.flatMap((word) => [word, word.toUpperCase(), word.toLowerCase()]);
  const text = [...describingWords.split(/\s+/u), ...translated]
    .filter((word) => !excludedStems.has(doubleStem(word)))
    .join(' ');
  return { text, skus: [...new Set(skus)] };
}

/** Returns the stem after two rounds, because one ending can follow another: "dresses" and "dress" both give "dres". */
function doubleStem(word: string): string {
  return stemOf(stemOf(word));
}

/**
 * Returns ln(n / df) / ln n: 1 for a word of one garment, 0 for a word of all garments.
 * @param garments n of the store; counted up to COMMON_FROM
 * @param withTerm df, 1…n
 */
export function inverseDocumentWeight(garments: number, withTerm: number): number {
  return garments <= 1 ? 0 : Math.max(0, Math.log(garments / withTerm) / Math.log(garments));
}
