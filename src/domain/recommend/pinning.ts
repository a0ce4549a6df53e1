// Pinned garments at the top of a ranking.
import type { Candidate } from './candidate.js';
import { MAX_PINNED, type ScoringRule } from './merchandising.rule.js';
import { sumOf } from './ranking.js';
import type { RankedGarment } from './recommendation.js';

/** Score difference between pinned garments; scores are shown with four decimals. */
const PIN_STEP = 0.01;

/**
 * Returns the ranking with its pinned garments first, 20 at most: by rule, then by their order within the rule, or by
 * score for a rule with a filter. The contribution `pin` lifts each of them above all other garments.
 * @param candidates of the rows, in any order
 */
export function withPins(
  ranked: RankedGarment[],
  candidates: readonly Candidate[],
  rules: readonly ScoringRule[],
): RankedGarment[] {
  const places = new Map(candidates.map((candidate) => [candidate.garmentId, pinPlace(candidate, rules)]));
  const placeOf = ({ garmentId }: RankedGarment): PinPlace | null => places.get(garmentId) ?? null;
  const pinned = ranked
    .filter(placeOf)
    .sort((a, b) => comparePlaces(placeOf(a)!, placeOf(b)!) || a.rank - b.rank)
    .slice(0, MAX_PINNED);
  if (pinned.length === 0) return ranked;
  const top = ranked[0]!.score;
  const lifted = pinned.map((row, i) => lift(row, top + (pinned.length - i) * PIN_STEP, rules[placeOf(row)!.rule]!));
  const isPinned = new Set(pinned);
  return [...lifted, ...ranked.filter((row) => !isPinned.has(row))].map((row, i) => ({ ...row, rank: i + 1 }));
}

/** Returns true if one of the rules pins the candidate. */
export function isPinned(candidate: Candidate, rules: readonly ScoringRule[]): boolean {
  return pinPlace(candidate, rules) !== null;
}

interface PinPlace {
  rule: number;
  position: number;
}

function pinPlace({ ruleMatches }: Candidate, rules: readonly ScoringRule[]): PinPlace | null {
  const rule = rules.findIndex(({ action }, i) => action === 'PIN' && ruleMatches[i] != null);
  return rule < 0 ? null : { rule, position: ruleMatches[rule]! };
}

function comparePlaces(a: PinPlace, b: PinPlace): number {
  return a.rule - b.rule || a.position - b.position;
}

function lift(row: RankedGarment, score: number, { name }: ScoringRule): RankedGarment {
  const contributions = [...row.contributions, { name: 'pin' as const, value: score - row.score, detail: name }];
  return { ...row, contributions, score: sumOf(contributions) };
}
