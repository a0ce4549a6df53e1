// Pair score: how well two items go together, as a weighted sum of the rules' scores.
import type { LocalizedText } from '../text/language.js';
import { assessGenders } from './gender.rule.js';
import { assessColors } from './color.harmony.rule.js';
import type { OutfitItem, PairAssessment } from './slot.js';
import { assessRoles } from './role.rule.js';
import { assessStyle, assessUsage } from './usage.rule.js';

export const PAIR_PARTS = ['roles', 'gender', 'usage', 'colour', 'style'] as const;
export type PairPart = (typeof PAIR_PARTS)[number];

/** The weight of each rule; they sum to 1. */
export type PairWeights = Readonly<Record<PairPart, number>>;

/** Default weights, chosen by hand. Weights learned from a store's shoppers replace them (outfit.weight.fit.ts). */
export const PAIR_WEIGHTS: PairWeights = {
  roles: 0.15,
  gender: 0.1,
  usage: 0.25,
  colour: 0.3,
  style: 0.2,
};

const RULES: Readonly<Record<PairPart, (a: OutfitItem, b: OutfitItem) => PairAssessment>> = {
  roles: assessRoles,
  gender: assessGenders,
  usage: assessUsage,
  colour: assessColors,
  style: assessStyle,
};

/** Rules whose score 0 excludes a pair, however well the other rules rate it. */
const EXCLUDING: readonly PairPart[] = ['roles', 'gender'];
/**
 * Factor for a pair with incompatible usages, such as a suit with running shoes. The pair remains possible in case
 * there are no alternatives.
 */
const MISMATCH_FACTOR = 0.5;
const [ROLES, USAGE] = [PAIR_PARTS.indexOf('roles'), PAIR_PARTS.indexOf('usage')];
const EXCLUDING_POSITIONS = EXCLUDING.map((part) => PAIR_PARTS.indexOf(part));
/** A roles score below this value applies MISMATCH_FACTOR, too. */
const MISMATCHED_ROLES_BELOW = 0.2;

export interface PairScore {
  /** 0…1; 0 for a pair that must not be combined. */
  score: number;
  parts: Record<PairPart, PairAssessment>;
  weights: PairWeights;
}

export function scorePair(a: OutfitItem, b: OutfitItem, weights: PairWeights = PAIR_WEIGHTS): PairScore {
  const parts: PairScore['parts'] = {
    roles: RULES.roles(a, b),
    gender: RULES.gender(a, b),
    usage: RULES.usage(a, b),
    colour: RULES.colour(a, b),
    style: RULES.style(a, b),
  };
  const scores = PAIR_PARTS.map((part) => parts[part].score);
  return { score: weightedScore(scores, weights), parts, weights };
}

/**
 * Returns the score of `scorePair` without the reasons. It stops at the first excluding rule: a search rates thousands
 * of pairs.
 */
export function scoreAlone(a: OutfitItem, b: OutfitItem, weights: PairWeights): number {
  const scores: number[] = [];
  for (const part of PAIR_PARTS) {
    const { score } = RULES[part](a, b);
    if (score === 0 && EXCLUDING.includes(part)) return 0;
    scores.push(score);
  }
  return weightedScore(scores, weights);
}

/** Returns the weighted sum of the rules' scores, 0…1. @param scores in the order of PAIR_PARTS */
export function weightedScore(scores: readonly number[], weights: PairWeights): number {
  for (const at of EXCLUDING_POSITIONS) if (scores[at] === 0) return 0;
  let sum = 0;
  for (let i = 0; i < PAIR_PARTS.length; i++) sum += weights[PAIR_PARTS[i]!] * scores[i]!;
  return scores[USAGE] === 0 || scores[ROLES]! < MISMATCHED_ROLES_BELOW ? MISMATCH_FACTOR * sum : sum;
}

/** Returns the reason of the rule that costs the pair the most score, or null if no rule has a reason. */
export function mainReason({ parts, weights }: PairScore): LocalizedText | null {
  const cost = (part: PairPart): number => weights[part] * (1 - parts[part].score);
  const ranked = PAIR_PARTS.filter((part) => parts[part].reason !== null).sort((a, b) => cost(b) - cost(a));
  return ranked.length === 0 ? null : parts[ranked[0]!].reason;
}
