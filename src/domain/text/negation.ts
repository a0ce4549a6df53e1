// "A dress, but no stripes": parts what a shopper wants from what they do not, in English and Chinese. Pure; an encoder
// reads "not black" as black, so what is negated has to leave the words before they are encoded.
import { descriptiveTerms } from './stemming.js';

export interface SplitText {
  /** What is left; null where all of it was negated: what is then sought may stand within what is not. */
  wanted: string | null;
  /** What was negated, or null. */
  unwanted: string | null;
}

const NOT = "not|no|without|except|(?:don['’]?t|do\\s+not)\\s+(?:want|like)";
/** "Not too formal", "no-show socks", "no more than 50", "I do not have": no thing is ruled out. */
const RULES_NOTHING_OUT =
  'too|so|very|only|just|all|sure|really|quite|exactly|necessarily|more|less|over|under|show|iron|nonsense|problem|idea|' +
  'need|matter|thanks?|(?:a\\s+)?doubt|have|has|had|looking|i';
/** Words that are no longer part of what is ruled out. */
const GOES_ON = 'but|and|for|in|with|please|rather|instead|then';
const ENGLISH = new RegExp(
  `(?:,\\s*)?(?:\\b(?:but|and|or|with|i)\\s+)*(?<!\\b(?:why|with\\s+or)\\s+)\\b(?:${NOT})(?![-\\w])\\s+(?:(?:in|with|for)\\s+)?` +
    `(?!(?:${RULES_NOTHING_OUT})\\b)((?:(?!(?:${GOES_ON})\\b)[\\p{L}\\p{N}'’-]+\\s*){1,4})`,
  'giu',
);
/**
 * Not "有没有" and "要不要" (is there, shall I), "我没有" (I have none), "没有关系" and "不要紧" (never mind), "没什么要求" (no
 * wishes), "不要钱" (free), "不要太长" (not too long).
 */
const CHINESE =
  /[，,]?\s*(?:(?<!想)不想要|(?<!要)不要|(?<!特)别要|(?<!带)不带|(?<!含)不含|去掉|除了|(?<![有我])没有(?!关系|问题|什么))(?!太|了|钱|紧(?![的身])|.{0,3}要求)((?:(?!以外|之外)[^\s，,。；;！!？?要换改的都]){1,12})(?:以外|之外)?的?/gu;

/** Parts a request's words. */
export function partNegation(words: string | null): SplitText {
  if (words === null) return { wanted: null, unwanted: null };
  const negated: string[] = [];
  const takeOut = (_: string, thing: string): string => {
    negated.push(thing.trim());
    return ' ';
  };
  const left = words.replace(ENGLISH, takeOut).replace(CHINESE, takeOut).replace(/\s+/gu, ' ').trim();
  if (negated.length === 0) return { wanted: words, unwanted: null };
  const wanted = /[\p{L}\p{N}]/u.test(descriptiveTerms(left) ?? '') ? left : null;
  return { wanted, unwanted: negated.join(', ') };
}

/** Things beyond these are read as one: each is a vector that candidates are compared with. */
const MOST_THINGS = 4;
const BETWEEN_THINGS = /[,，;；、/]+|\b(?:and|or|nor)\b|(?:以及|或者|(?:和(?!服)|[或及与]))/giu;
/** "No stripes" in a field that says what is not wanted is no double negation. */
const SAID_AGAIN = new RegExp(
  `^(?:(?:${NOT}|any|too)\\s+)+|^(?:不想要|不要|别要|不带|不含|没有|除了)|(?:以外|之外)?的?$`,
  'giu',
);

/** What is not wanted, thing by thing: "stripes or black shoes" is two. Nothing where no word is left. */
export function avoidedTerms(unwanted: string | null): string[] {
  const things = (unwanted ?? '')
    .split(BETWEEN_THINGS)
    .map((thing) => thing.trim().replace(SAID_AGAIN, '').trim())
    .filter((thing) => /[\p{L}\p{N}]/u.test(thing));
  const rest = things.slice(MOST_THINGS - 1);
  return rest.length > 1 ? [...things.slice(0, MOST_THINGS - 1), rest.join(' ')] : things;
}
