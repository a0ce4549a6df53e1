// Wanted and negated parts of an English or Chinese text: "a dress, but no stripes".
// An encoder places "not black" near black, so negated words must be removed before encoding.
import { descriptiveTerms } from './stemming.js';

export interface SplitText {
  /** The remaining text; null if the whole text is negated. The caller then searches within the negated part. */
  wanted: string | null;
  /** The negated text, or null. */
  unwanted: string | null;
}

const NOT = "not|no|without|except|(?:don['’]?t|do\\s+not)\\s+(?:want|like)";
/**
 * Words after a negation that exclude nothing: "not too formal", "no-show socks", "no more than 50", "I do not have".
 */
const EXCLUDES_NOTHING =
  'too|so|very|only|just|all|sure|really|quite|exactly|necessarily|more|less|over|under|show|iron|nonsense|problem|idea|' +
  'need|matter|thanks?|(?:a\\s+)?doubt|have|has|had|looking|i';
/** Words that end the negated part. */
const NEGATION_ENDS = 'but|and|for|in|with|please|rather|instead|then';
const ENGLISH = new RegExp(
  `(?:,\\s*)?(?:\\b(?:but|and|or|with|i)\\s+)*(?<!\\b(?:why|with\\s+or)\\s+)\\b(?:${NOT})(?![-\\w])\\s+(?:(?:in|with|for)\\s+)?` +
    `(?!(?:${EXCLUDES_NOTHING})\\b)((?:(?!(?:${NEGATION_ENDS})\\b)[\\p{L}\\p{N}'’-]+\\s*){1,4})`,
  'giu',
);
/**
 * Exceptions: "有没有" and "要不要" (is there, shall I), "我没有" (I have none), "没有关系" and "不要紧" (never mind), "没什么要求"
 * (no wishes), "不要钱" (free), "不要太长" (not too long).
 */
const CHINESE =
  /[，,]?\s*(?:(?<!想)不想要|(?<!要)不要|(?<!特)别要|(?<!带)不带|(?<!含)不含|去掉|除了|(?<![有我])没有(?!关系|问题|什么))(?!太|了|钱|紧(?![的身])|.{0,3}要求)((?:(?!以外|之外)[^\s，,。；;！!？?要换改的都]){1,12})(?:以外|之外)?的?/gu;

/** Splits a request's text into its wanted and its negated part. */
export function splitNegation(words: string | null): SplitText {
  if (words === null) return { wanted: null, unwanted: null };
  const negated: string[] = [];
  const remove = (_: string, term: string): string => {
    negated.push(term.trim());
    return ' ';
  };
  const remaining = words.replace(ENGLISH, remove).replace(CHINESE, remove).replace(/\s+/gu, ' ').trim();
  if (negated.length === 0) return { wanted: words, unwanted: null };
  const wanted = /[\p{L}\p{N}]/u.test(descriptiveTerms(remaining) ?? '') ? remaining : null;
  return { wanted, unwanted: negated.join(', ') };
}

/**
 * Maximum number of avoided terms; the rest is joined into one. Each term is a vector that is compared with every
 * candidate.
 */
const MAX_TERMS = 4;
const TERM_SEPARATOR = /[,，;；、/]+|\b(?:and|or|nor)\b|(?:以及|或者|(?:和(?!服)|[或及与]))/giu;
/**
 * A negation inside the `avoid` field, as in "no stripes". It repeats the field's meaning and is not a double negation.
 */
const REPEATED_NEGATION = new RegExp(
  `^(?:(?:${NOT}|any|too)\\s+)+|^(?:不想要|不要|别要|不带|不含|没有|除了)|(?:以外|之外)?的?$`,
  'giu',
);

/** Returns the separate terms to avoid: "stripes or black shoes" is two. The list is empty if no word is left. */
export function avoidedTerms(unwanted: string | null): string[] {
  const terms = (unwanted ?? '')
    .split(TERM_SEPARATOR)
    .map((term) => term.trim().replace(REPEATED_NEGATION, '').trim())
    .filter((term) => /[\p{L}\p{N}]/u.test(term));
  const rest = terms.slice(MAX_TERMS - 1);
  return rest.length > 1 ? [...terms.slice(0, MAX_TERMS - 1), rest.join(' ')] : terms;
}
