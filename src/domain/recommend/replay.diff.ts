// Whether an answer that is given again is the same, and what changed where it is not. Pure: what is known of then and of now
// in, sentences for analysts out.
import { isDeepStrictEqual } from 'node:util';
import { RUNNERS_UP, type RankedScore, type ReplayableRecommendation } from './recommendation.log.js';
import type { Garment } from '../catalog/garment.js';
import { scoreWithoutMmr } from './ranking.js';
import type { RankedGarment, ScoreContribution, AppliedSettings } from './recommendation.js';

/** The ranking as far as it was kept, best first. */
export interface LoggedRanking {
  at: Date;
  /** As many as were to be shown come first; what follows is known, but nobody saw it. */
  ranking: readonly RankedScore[];
  /** Of these the parts of the score are known as well, by rank. */
  shown: readonly (RankedGarment & { sku: string })[];
  /** How many of the ranking are compared. */
  depth: number;
  /** No garment stood behind those of `ranking`. */
  isWhole: boolean;
}

type Contribution = ScoreContribution['name'];

/** What is not as it was about the garments of an answer. */
export interface GarmentChanges {
  added: string[];
  edited: string[];
  soldOut: string[];
  removed: string[];
  /** Parts of scores that differ for garments that have not changed. */
  parts: Contribution[];
}

/** Of a ranking as much as a replay compares. @param wanted how many are to be shown */
export function rankingToLog(ranked: readonly RankedGarment[], wanted: number): RankedScore[] {
  return ranked.slice(0, wanted + RUNNERS_UP).map(rankedScore);
}

/** Of an answer that was kept; those from before rankings were kept have what was shown. */
export function loggedRanking({ at, ranking, shown, settings }: ReplayableRecommendation): LoggedRanking {
  const known = ranking.length > 0 ? ranking : shownFromTheTop(shown).map(rankedScore);
  const wanted = settings.wanted ?? 0;
  const isKept = ranking.length > 0 || shown.length === 0;
  const depth = Math.max(wanted, ...shown.map(({ rank }) => rank));
  return { at, ranking: known, shown, depth, isWhole: isKept && ranking.length < wanted + RUNNERS_UP };
}

/**
 * Whether nothing came out otherwise: the same garments at the same places, with the same scores to the bit, and of those
 * that were shown every part of them.
 * @param now the whole ranking
 */
export function isIdentical(then: LoggedRanking, now: readonly RankedGarment[]): boolean {
  const before = then.ranking.slice(0, then.depth);
  const after = now.slice(0, then.isWhole ? then.depth : before.length);
  const sameOrder = isDeepStrictEqual(before, after.map(rankedScore));
  return sameOrder && then.shown.every((row) => isSameRow(row, now[row.rank - 1]));
}

/** The same of two rankings that are there whole. */
export function hasSameTop(one: readonly RankedGarment[], other: readonly RankedGarment[], depth: number): boolean {
  return isDeepStrictEqual(one.slice(0, depth).map(rankedScore), other.slice(0, depth).map(rankedScore));
}

/**
 * Which garments moved a place by a change of their own. One that others pushed down or let up, with the score that it had, is
 * not among them, whatever else about it was edited.
 * @param garments of the catalog as it is, by id: all that either ranking has to its depth
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

/** Every id that either ranking has to the depth of the answer. */
export function comparedIds(then: LoggedRanking, now: readonly RankedGarment[]): string[] {
  const before = [...then.ranking.slice(0, then.depth), ...then.shown];
  return [...new Set([...before, ...now.slice(0, then.depth)].map(({ garmentId }) => garmentId))];
}

/** Rules that held then and not now, and the other way round; those that were saved since are among both. */
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

/** Changes of garments as sentences. */
export function garmentSentences({ added, edited, soldOut, removed }: GarmentChanges): string[] {
  return [
    ...added.map((sku) => `garment added: ${sku}`),
    ...edited.map((sku) => `garment edited: ${sku}`),
    ...soldOut.map((sku) => `garment sold out: ${sku}`),
    ...removed.map((sku) => `garment removed: ${sku}`),
  ];
}

/** Why the score of a garment that has not changed is another, as far as that is no rule and no learned weight. */
export function partSentences(parts: readonly Contribution[]): string[] {
  const of = (...names: Contribution[]): boolean => parts.some((name) => names.includes(name));
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
    ...(of('shopper')
      ? ['taste: garments that the shopper’s taste was read from have changed, or it was forgotten']
      : []),
    ...(of('lexical') ? ['words: how much a word tells has changed with the catalog'] : []),
    ...(of(...measured)
      ? [
          'model: the same garments are measured otherwise; they were embedded again, or this machine computes otherwise',
        ]
      : []),
  ];
}

/** Why the order is another although no garment of the answer has changed, nor a score. @param diversity that was asked for */
export function orderSentence(diversity: number): string {
  return diversity > 0
    ? 'diversity: garments further down have changed, and with them what is unlike enough to come up'
    : 'order: garments came up or went without a change of their own';
}

function rankedScore(row: RankedGarment): RankedScore {
  return { garmentId: row.garmentId, score: scoreWithoutMmr(row) };
}

/** As far as the ranks follow one another from 1. */
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

/** Diversity is of the garments above, and no part of a garment's own. */
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
