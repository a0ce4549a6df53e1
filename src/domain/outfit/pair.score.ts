// How well two pieces go together: the parts that the rules give, weightedScore. Knows no look.
import type { LocalizedText } from '../text/language.js';
import { assessGenders } from './gender.rule.js';
import { assessColors } from './color.harmony.rule.js';
import type { OutfitItem, PairAssessment } from './slot.js';
import { assessRoles } from './role.rule.js';
import { assessStyle, assessUsage } from './usage.rule.js';
export const PAIR_PARTS = ['roles', 'gender', 'usage', 'colour', 'style'] as const;
export type PairPart = (typeof PAIR_PARTS)[number];

/** What each part weighs; they sum to 1. */
export type PairWeights = Readonly<Record<PairPart, number>>;

/** Chosen; what a store's shoppers teach comes in their place (look.learning.ts). */
export const PAIR_WEIGHTS: PairWeights = {
  roles: 0.15,
  gender: 0.1,
  usage: 0.25,
  colour: 0.3,
  style: 0.2,
};

const JUDGES: Readonly<Record<PairPart, (a: OutfitItem, b: OutfitItem) => PairAssessment>> = {
  roles: assessRoles,
  gender: assessGenders,
  usage: assessUsage,
  colour: assessColors,
  style: assessStyle,
};

/** Parts of which a 0 keeps two pieces out of one look, however well the others fit. */
const DECISIVE: readonly PairPart[] = ['roles', 'gender'];
/** What the score of two pieces comes to whose uses exclude each other: a suit with running shoes, where there are no others. */
const AT_ODDS = 0.5;
const [ROLES, USAGE] = [PAIR_PARTS.indexOf('roles'), PAIR_PARTS.indexOf('usage')];
const DECISIVE_AT = DECISIVE.map((part) => PAIR_PARTS.indexOf(part));
/** Roles under this are at odds, too. */
const LOST_BELOW = 0.2;

export interface PairScore {
  /** 0…1; 0 where the two may not be in one look. */
  score: number;
  parts: Record<PairPart, PairAssessment>;
  weights: PairWeights;
}

export function scorePair(a: OutfitItem, b: OutfitItem, weights: PairWeights = PAIR_WEIGHTS): PairScore {
  const parts: PairScore['parts'] = {
    roles: JUDGES.roles(a, b),
    gender: JUDGES.gender(a, b),
    usage: JUDGES.usage(a, b),
    colour: JUDGES.colour(a, b),
    style: JUDGES.style(a, b),
  };
  const scores = PAIR_PARTS.map((part) => parts[part].score);
  return { score: weightedScore(scores, weights), parts, weights };
}

/** The score of `scorePair` alone, from as few parts as tell it: a look is chosen among some thousand pairs. */
export function scoreAlone(a: OutfitItem, b: OutfitItem, weights: PairWeights): number {
  const scores: number[] = [];
  for (const part of PAIR_PARTS) {
    const { score } = JUDGES[part](a, b);
    if (score === 0 && DECISIVE.includes(part)) return 0;
    scores.push(score);
  }
  return weightedScore(scores, weights);
}

/** Of the parts' scores, in the order of PAIR_PARTS. */
export function weightedScore(scores: readonly number[], weights: PairWeights): number {
  for (const at of DECISIVE_AT) if (scores[at] === 0) return 0;
  let sum = 0;
  for (let i = 0; i < PAIR_PARTS.length; i++) sum += weights[PAIR_PARTS[i]!] * scores[i]!;
  return scores[USAGE] === 0 || scores[ROLES]! < LOST_BELOW ? AT_ODDS * sum : sum;
}

/** What holds two pieces apart most: the reason of the part that costs their score most, or null where no rule has one. */
export function mainReason({ parts, weights }: PairScore): LocalizedText | null {
  const cost = (part: PairPart): number => weights[part] * (1 - parts[part].score);
  const ranked = PAIR_PARTS.filter((part) => parts[part].reason !== null).sort((a, b) => cost(b) - cost(a));
  return ranked.length === 0 ? null : parts[ranked[0]!].reason;
}
