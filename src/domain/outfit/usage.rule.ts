// Usage and style rules for two garments.
// A usage that is not a label of the head matches only itself.
import { lookUp } from '../shared/table.js';
import type { LocalizedText } from '../text/language.js';
import { AGREED, type OutfitItemFacts, type PairAssessment, memoized, type OutfitItem } from './slot.js';
import { dot } from '../recommend/fusion.js';

/**
 * Scores 0…1 of two usages in one outfit; 0 for pairs that are not listed. Sports, casual, smart casual, formal and
 * party form a scale of formality, and neighbors on it go together. Travel is close to casual. Ethnic reaches at most
 * 0.5, with party.
 */
const USAGE_SCORES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  casual: { 'smart casual': 0.85, travel: 0.9, sports: 0.6, party: 0.5, formal: 0.3, ethnic: 0.3, home: 0.3 },
  'smart casual': { formal: 0.8, party: 0.8, travel: 0.7, sports: 0.2, ethnic: 0.3 },
  formal: { party: 0.7, travel: 0.4, ethnic: 0.2 },
  party: { ethnic: 0.5, travel: 0.3 },
  sports: { travel: 0.7, home: 0.3 },
  ethnic: { travel: 0.3 },
};

const UNKNOWN: PairAssessment = {
  score: 0.6,
  reason: { EN: 'the occasion of one item is unknown', ZH: '不清楚其中一件适合什么场合' },
};

export function assessUsage(a: Pick<OutfitItemFacts, 'usage'>, b: Pick<OutfitItemFacts, 'usage'>): PairAssessment {
  return a.usage === null || b.usage === null ? UNKNOWN : assessLabels(a.usage, b.usage);
}

const assessLabels = memoized((a, b) => {
  const [first, second] = [a.trim().toLowerCase(), b.trim().toLowerCase()];
  if (first === second) return AGREED;
  const score = scoreOf(first, second) ?? scoreOf(second, first) ?? 0;
  const [one, other] = [occasionName(first), occasionName(second)];
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

function occasionName(usage: string): LocalizedText {
  return lookUp(OCCASIONS, usage) ?? { EN: usage, ZH: usage };
}

/** Style score below which the difference is worth mentioning. */
const DIFFERENT_BELOW = 0.35;
const DIFFERENT: LocalizedText = { EN: 'they differ in style', ZH: '风格不一致' };

/** Returns the cosine of both styles as the score, at least 0; 0.5 if one of the items has no picture. */
export function assessStyle(a: Pick<OutfitItem, 'style'>, b: Pick<OutfitItem, 'style'>): PairAssessment {
  if (isUnknown(a.style) || isUnknown(b.style)) return { score: 0.5, reason: null };
  const score = Math.min(1, Math.max(0, dot(a.style, b.style)));
  return { score, reason: score < DIFFERENT_BELOW ? DIFFERENT : null };
}

function isUnknown(style: Float32Array): boolean {
  return style.every((value) => value === 0);
}

function scoreOf(first: string, second: string): number | undefined {
  return lookUp(lookUp(USAGE_SCORES, first) ?? {}, second);
}
