// How well two pieces go together: the parts that the rules give, weighed. Knows no look.
import { judgeGender } from './gender.rule.js';
import { judgeColours } from './harmony.rule.js';
import type { Piece, Verdict } from './piece.js';
import { judgeRoles } from './role.rule.js';
import { judgeStyle } from './style.rule.js';
import { judgeUsage } from './usage.rule.js';

export const PAIR_PARTS = ['roles', 'gender', 'usage', 'colour', 'style'] as const;
export type PairPart = (typeof PAIR_PARTS)[number];

/** What each part weighs; they sum to 1. Chosen, not fitted: one record, so that feedback can teach it. */
export const PAIR_WEIGHTS: Readonly<Record<PairPart, number>> = {
  roles: 0.15,
  gender: 0.1,
  usage: 0.25,
  colour: 0.3,
  style: 0.2,
};

/** Parts of which a 0 keeps two pieces out of one look, however well the others fit. */
const DECISIVE: readonly PairPart[] = ['roles', 'gender'];
/** What the score of two pieces comes to whose uses exclude each other: a suit with running shoes, where there are no others. */
const AT_ODDS = 0.5;

export interface PairScore {
  /** 0…1; 0 where the two may not be in one look. */
  score: number;
  parts: Record<PairPart, Verdict>;
}

export function scorePair(a: Piece, b: Piece): PairScore {
  const parts: PairScore['parts'] = {
    roles: judgeRoles(a, b),
    gender: judgeGender(a, b),
    usage: judgeUsage(a, b),
    colour: judgeColours(a, b),
    style: judgeStyle(a, b),
  };
  if (DECISIVE.some((part) => parts[part].score === 0)) return { score: 0, parts };
  let sum = 0;
  for (const part of PAIR_PARTS) sum += PAIR_WEIGHTS[part] * parts[part].score;
  return { score: parts.usage.score === 0 ? AT_ODDS * sum : sum, parts };
}

/** What holds two pieces apart most: the reason of the part that costs their score most, or null where no rule has one. */
export function mainReason({ parts }: PairScore): string | null {
  const cost = (part: PairPart): number => PAIR_WEIGHTS[part] * (1 - parts[part].score);
  const ranked = PAIR_PARTS.filter((part) => parts[part].reason !== null).sort((a, b) => cost(b) - cost(a));
  return ranked.length === 0 ? null : parts[ranked[0]!].reason;
}
