// "A dress, but no stripes": parts what a shopper wants from what they do not, in English and Chinese. Pure; an encoder
// reads "not black" as black, so what is negated has to leave the words before they are encoded.

export interface WantedWords {
  /** What is left; null where all of it was negated. */
  wanted: string | null;
  /** What was negated, or null. */
  unwanted: string | null;
}

/** "not too formal", "no-show socks", "not only": no thing is ruled out. */
const ENGLISH =
  /(?:,\s*)?(?:\b(?:but|and|or)\s+)?\b(?:not|no|without|except|don['’]?t want|do not want)(?![-\w])\s+(?!(?:too|so|very|only|just|sure|really|necessarily|show|problem|idea|need|matter)\b)((?:(?!(?:but|and|for|in|with|please|rather|instead)\b)[\p{L}\p{N}'’-]+\s*){1,4})/giu;
/** Not "有没有" (is there), and not "没有关系" (never mind). */
const CHINESE =
  /[，,]?\s*(?:不想要|不要|别要|不带|不含|去掉|除了|(?<!有)没有(?!关系|问题))(?!太)([^\s，,。；;！!？?要换改的]{1,8})的?/gu;

/** Parts a request's words. Where nothing would be left beside no picture, the words stay whole. */
export function partNegation(words: string | null, hasPicture: boolean): WantedWords {
  if (words === null) return { wanted: null, unwanted: null };
  const negated: string[] = [];
  const takeOut = (_: string, thing: string): string => {
    negated.push(thing.trim());
    return ' ';
  };
  const left = words.replace(ENGLISH, takeOut).replace(CHINESE, takeOut).replace(/\s+/gu, ' ').trim();
  if (negated.length === 0) return { wanted: words, unwanted: null };
  const wanted = /[\p{L}\p{N}]/u.test(left.replace(/^(?:the )?(?:same|this|it|one)(?: one)?(?: but)?$/iu, ''))
    ? left
    : null;
  return { wanted: wanted ?? (hasPicture ? null : words), unwanted: negated.join(', ') };
}
