// Pinned garments at the top of a ranking. Pure; that they are among the candidates is the search's affair.
import type { Candidate } from './candidate.js';
import { MAX_PINNED, type ScoringRule } from './merchandising.rule.js';
import { sumOf } from './ranking.js';
import type { RankedGarment } from './recommendation.js';

/** How far pinned garments stand apart: scores are shown with four decimals. */
const PIN_STEP = 0.01;

/**
 * The ranking with its pinned garments first: by rule, then by their order within it, and where a filter pins by score; 20 at
 * most. What lifts each over all others is its contribution `pin`.
 * @param candidates of the rows, any order
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

/** Whether one of the rules pins it. */
export function isPinned(candidate: Candidate, rules: readonly ScoringRule[]): boolean {
  return pinPlace(candidate, rules) !== null;
}

interface PinPlace {
  rule: number;
  position: number;
}

function pinPlace({ ruleMatches: ruled }: Candidate, rules: readonly ScoringRule[]): PinPlace | null {
  const rule = rules.findIndex(({ action }, i) => action === 'PIN' && ruled[i] != null);
  return rule < 0 ? null : { rule, position: ruled[rule]! };
}

function comparePlaces(a: PinPlace, b: PinPlace): number {
  return a.rule - b.rule || a.position - b.position;
}

function lift(row: RankedGarment, score: number, { name }: ScoringRule): RankedGarment {
  const contributions = [...row.contributions, { name: 'pin' as const, value: score - row.score, detail: name }];
  return { ...row, contributions, score: sumOf(contributions) };
}
