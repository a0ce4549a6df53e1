// Comparison of a logged recommendation with its replay, with sentences about the changes.
import { isDeepStrictEqual } from 'node:util';
import { RUNNERS_UP, type RankedScore, type ReplayableRecommendation } from './recommendation.log.js';
import type { Garment } from '../catalog/garment.js';
import { scoreWithoutMmr } from './ranking.js';
import type { RankedGarment, ScoreContribution, AppliedSettings } from './recommendation.js';

/** The logged part of a ranking, best first. */
export interface LoggedRanking {
  at: Date;
  /** The garments to show come first. The garments after them are logged, but nobody saw them. */
  ranking: readonly RankedScore[];
  /** The shown part of `ranking`, by rank, with its score contributions. */
  shown: readonly (RankedGarment & { sku: string })[];
  /** Number of ranks that are compared. */
  depth: number;
  /** True if the original ranking had no garments after those in `ranking`. */
  isWhole: boolean;
}

type Contribution = ScoreContribution['name'];

/** Changes to the garments of a recommendation, as SKUs. */
export interface GarmentChanges {
  added: string[];
  edited: string[];
  soldOut: string[];
  removed: string[];
  /** Contributions that differ for garments that have not changed. */
  parts: Contribution[];
}

/** Returns the part of a ranking that is logged for a replay. @param wanted number of garments to show */
export function rankingToLog(ranked: readonly RankedGarment[], wanted: number): RankedScore[] {
  return ranked.slice(0, wanted + RUNNERS_UP).map(rankedScore);
}

/**
 * Returns the ranking of a logged recommendation. Logs from before rankings were stored have only the shown garments.
 */
export function loggedRanking({ at, ranking, shown, settings }: ReplayableRecommendation): LoggedRanking {
  const known = ranking.length > 0 ? ranking : shownFromTheTop(shown).map(rankedScore);
  const wanted = settings.wanted ?? 0;
  const hasRanking = ranking.length > 0 || shown.length === 0;
  const depth = Math.max(wanted, ...shown.map(({ rank }) => rank));
  return { at, ranking: known, shown, depth, isWhole: hasRanking && ranking.length < wanted + RUNNERS_UP };
}

/**
 * Returns true if both rankings are identical: the same garments at the same ranks, with the same scores to the bit,
 * and the same contributions for the shown garments.
 * @param now the whole ranking
 */
export function isIdentical(then: LoggedRanking, now: readonly RankedGarment[]): boolean {
  const before = then.ranking.slice(0, then.depth);
  const after = now.slice(0, then.isWhole ? then.depth : before.length);
  const sameOrder = isDeepStrictEqual(before, after.map(rankedScore));
  return sameOrder && then.shown.every((row) => isSameRow(row, now[row.rank - 1]));
}

/** Returns true if two whole rankings are identical to a depth. */
export function hasSameTop(one: readonly RankedGarment[], other: readonly RankedGarment[], depth: number): boolean {
  return isDeepStrictEqual(one.slice(0, depth).map(rankedScore), other.slice(0, depth).map(rankedScore));
}

/**
 * Returns the garments whose rank changed because the garments themselves changed. A garment with an unchanged score is
 * not included, even if it was edited: other garments moved it.
 * @param garments current catalog rows by id, for all garments that either ranking has to its depth
 */
export function garmentChanges(
  then: LoggedRanking,
  now: readonly RankedGarment[],
  garments: ReadonlyMap<string, Garment>,
): GarmentChanges {
  const changes: GarmentChanges = { added: [], edited: [], soldOut: [], removed: [], parts: [] };
  const parts = new Set<Contribution>();
  for (const id of comparedIds(then, now)) {
    const before = scoreBefore(then, id);
    const after = now.find(({ garmentId }) => garmentId === id);
    if (after && before.score === scoreWithoutMmr(after)) continue;
    const garment = garments.get(id);
    if (!garment) changes.removed.push(before.sku ?? `garment ${id}`);
    else if (garment.createdAt > then.at) changes.added.push(garment.sku);
    else if (garment.updatedAt > then.at) changes[after || garment.inStock ? 'edited' : 'soldOut'].push(garment.sku);
    else for (const name of differingParts(before.contributions, after?.contributions)) parts.add(name);
  }
  return { ...changes, parts: [...parts] };
}

/** Returns every id that either ranking has to the depth of the recommendation. */
export function comparedIds(then: LoggedRanking, now: readonly RankedGarment[]): string[] {
  const before = [...then.ranking.slice(0, then.depth), ...then.shown];
  return [...new Set([...before, ...now.slice(0, then.depth)].map(({ garmentId }) => garmentId))];
}

/** Returns the rules that newly apply, that changed, and that no longer apply. @param saved ids of rules saved since */
export function changedRules(
  then: AppliedSettings,
  now: AppliedSettings,
  saved: ReadonlySet<string>,
): { begun: string[]; changed: string[]; ended: string[] } {
  const [before, after] = [then.rules ?? [], now.rules];
  return {
    begun: after.filter((id) => !before.includes(id)),
    changed: after.filter((id) => before.includes(id) && saved.has(id)),
    ended: before.filter((id) => !after.includes(id)),
  };
}

/** Returns one sentence for each changed garment. */
export function garmentSentences({ added, edited, soldOut, removed }: GarmentChanges): string[] {
  return [
    ...added.map((sku) => `garment added: ${sku}`),
    ...edited.map((sku) => `garment edited: ${sku}`),
    ...soldOut.map((sku) => `garment sold out: ${sku}`),
    ...removed.map((sku) => `garment removed: ${sku}`),
  ];
}

/** Returns the reasons for changed scores of unchanged garments, apart from rules and learned weights. */
export function partSentences(parts: readonly Contribution[]): string[] {
  const differs = (...names: Contribution[]): boolean => parts.some((name) => names.includes(name));
  const measured: Contribution[] = [
    'textSimilarity',
    'imageSimilarity',
    'garmentType',
    'category',
    'color',
    'gender',
    'usage',
    'avoid',
  ];
  return [
    ...(differs('shopper')
      ? ['taste: garments behind the shopper profile have changed, or the profile was deleted']
      : []),
    ...(differs('lexical') ? ['words: the weight of a rare term has changed with the catalog'] : []),
    ...(differs(...measured)
      ? [
          'model: unchanged garments have different similarities; they were re-embedded, or this machine computes differently',
        ]
      : []),
  ];
}

/**
 * Returns the reason for a changed order without a changed garment or score.
 * @param diversity the requested diversity
 */
export function orderSentence(diversity: number): string {
  return diversity > 0
    ? 'diversity: lower-ranked garments have changed, and with them the garments that are different enough to rank higher'
    : 'order: garments entered or left the ranking without a change of their own';
}

function rankedScore(row: RankedGarment): RankedScore {
  return { garmentId: row.garmentId, score: scoreWithoutMmr(row) };
}

/** Returns the rows with consecutive ranks from 1. */
function shownFromTheTop<Row extends RankedGarment>(shown: readonly Row[]): Row[] {
  return [...shown].sort((a, b) => a.rank - b.rank).filter(({ rank }, i) => rank === i + 1);
}

function isSameRow(before: RankedGarment, after: RankedGarment | undefined): boolean {
  if (!after) return false;
  const { garmentId, contributions, textSimilarity, imageSimilarity } = before;
  return (
    garmentId === after.garmentId &&
    textSimilarity === after.textSimilarity &&
    imageSimilarity === after.imageSimilarity &&
    isDeepStrictEqual(contributions, after.contributions)
  );
}

function scoreBefore(
  { ranking, shown }: LoggedRanking,
  id: string,
): { score?: number; sku?: string; contributions?: ScoreContribution[] } {
  const row = shown.find(({ garmentId }) => garmentId === id);
  if (row) return { score: scoreWithoutMmr(row), sku: row.sku, contributions: row.contributions };
  return { score: ranking.find(({ garmentId }) => garmentId === id)?.score };
}

/** Returns the contributions that differ. `diversity` is ignored: it depends on the garments above. */
function differingParts(
  before: readonly ScoreContribution[] = [],
  after: readonly ScoreContribution[] = [],
): Contribution[] {
  if (before.length === 0 || after.length === 0) return [];
  const names = new Set([...before, ...after].map(({ name }) => name));
  names.delete('diversity');
  return [...names].filter(
    (wanted) =>
      !isDeepStrictEqual(
        before.find(({ name }) => name === wanted),
        after.find(({ name }) => name === wanted),
      ),
  );
}
