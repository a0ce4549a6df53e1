// What two garments are worn for. The labels are those of the head; other words of a merchant agree only with themselves.
import type { LocalizedText } from '../text/language.js';
import { AGREED, type OutfitItemFacts, type PairAssessment, memoized, type OutfitItem } from './slot.js';
import { dot } from '../recommend/fusion.js';
/**
 * How well two uses meet in one look, 0…1; what is not listed is 0. A scale of formality (sports, casual, smart casual, formal,
 * party) on which neighbours go together, with travel beside casual and ethnic wear apart from all but festive clothes.
 */
const TOGETHER: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  casual: { 'smart casual': 0.85, travel: 0.9, sports: 0.6, party: 0.5, formal: 0.3, ethnic: 0.3, home: 0.3 },
  'smart casual': { formal: 0.8, party: 0.8, travel: 0.7, sports: 0.2, ethnic: 0.3 },
  formal: { party: 0.7, travel: 0.4, ethnic: 0.2 },
  party: { ethnic: 0.5, travel: 0.3 },
  sports: { travel: 0.7, home: 0.3 },
  ethnic: { travel: 0.3 },
};

const UNKNOWN: PairAssessment = {
  score: 0.6,
  reason: { EN: 'it is not known what one of them is for', ZH: '不清楚其中一件适合什么场合' },
};

export function assessUsage(a: Pick<OutfitItemFacts, 'usage'>, b: Pick<OutfitItemFacts, 'usage'>): PairAssessment {
  return a.usage === null || b.usage === null ? UNKNOWN : judgeLabels(a.usage, b.usage);
}

const judgeLabels = memoized((a, b) => {
  const [first, second] = [a.trim().toLowerCase(), b.trim().toLowerCase()];
  if (first === second) return AGREED;
  const score = TOGETHER[first]?.[second] ?? TOGETHER[second]?.[first] ?? 0;
  const [one, other] = [wear(first), wear(second)];
  return {
    score,
    reason: { EN: `one is for ${one.EN}, the other for ${other.EN}`, ZH: `一件适合${one.ZH}，另一件适合${other.ZH}` },
  };
});

const OCCASIONS: Readonly<Record<string, LocalizedText>> = {
  casual: { EN: 'casual wear', ZH: '休闲' },
  'smart casual': { EN: 'smart casual wear', ZH: '商务休闲' },
  formal: { EN: 'formal wear', ZH: '正装场合' },
  party: { EN: 'party', ZH: '派对' },
  sports: { EN: 'sports', ZH: '运动' },
  ethnic: { EN: 'ethnic wear', ZH: '民族风穿着' },
  travel: { EN: 'travel', ZH: '旅行' },
  home: { EN: 'home', ZH: '居家' },
};

function wear(usage: string): LocalizedText {
  return OCCASIONS[usage] ?? { EN: usage, ZH: usage };
}

/** Under this a difference is worth a word. */
const UNLIKE_BELOW = 0.35;
const UNLIKE: LocalizedText = { EN: 'they differ in style', ZH: '风格不一致' };

/** The cosine of both, 0 where they point apart; ½ where one of them has no picture to tell. */
export function assessStyle(a: Pick<OutfitItem, 'style'>, b: Pick<OutfitItem, 'style'>): PairAssessment {
  if (isUnknown(a.style) || isUnknown(b.style)) return { score: 0.5, reason: null };
  const score = Math.min(1, Math.max(0, dot(a.style, b.style)));
  return { score, reason: score < UNLIKE_BELOW ? UNLIKE : null };
}

function isUnknown(style: Float32Array): boolean {
  return style.every((value) => value === 0);
}
