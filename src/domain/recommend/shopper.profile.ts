// Shopper profile: the difference between chosen, dismissed and passed-over garments.
import type { FeedbackKind } from './feedback.js';
import { COMPARED_OUTPUTS, type ComparedOutput, type SquareRootProbabilities } from './label.similarity.js';

/** The shopper's reaction to a garment. PASSED is a garment shown next to a chosen one, without any event. */
export type ProfileFeedbackKind = FeedbackKind | 'PASSED';

/** Garments with the same reaction at about the same time, as their mean. */
export interface FeedbackGroup {
  kind: ProfileFeedbackKind;
  /** Number of garments. */
  garments: number;
  /** Mean age of the events, in days. */
  ageDays: number;
  /** Mean of [F_t ; F_i]. */
  features: Float32Array;
  /** Mean √p by label of each output. */
  roots: SquareRootProbabilities;
}

/** The vectors that candidates are compared with. They are centered on the garments that the shopper passed over. */
export interface ShopperProfile {
  /** Over [F_t ; F_i]. */
  features: Float32Array;
  /** Over √p of the labels of each output, in the bundle's order; null for an output that is not compared. */
  roots: Record<ComparedOutput, Float32Array | null>;
}

/** Weight of one event. A purchase counts as four clicks; a view counts almost nothing. Chosen by hand. */
const EVENT_WEIGHTS: Record<Exclude<ProfileFeedbackKind, 'DISMISS' | 'PASSED'>, number> = {
  VIEW: 0.05,
  CLICK: 1,
  TRY_ON: 2,
  CART: 3,
  PURCHASE: 4,
};
/** Days after which an event has half its weight: preferences follow the seasons. */
const HALF_LIFE_DAYS = 30;
/** Number of clicks, or dismissals, at which a profile reaches half of its full strength. */
const HALF_STRENGTH_WEIGHT = 2;
/** Factor of a dismissal against a choice: a dismissal can be about that one garment only. */
const DISMISSAL_FACTOR = 0.5;

/**
 * Returns a profile by relevance feedback in Rocchio's form (1971): a·(liked − passed) − b·(dismissed − passed). Each
 * term is the mean of its garments' features and labels, weighted by event and age. Subtracting the passed garments
 * removes the subject of the request. a = W / (W + 2) with the total weight W of liked garments; b is half of the same
 * for dismissals.
 * @returns null if the events carry no information
 */
export function shopperProfileOf(groups: readonly FeedbackGroup[]): ShopperProfile | null {
  const liked = meanOf(groups, ({ kind }) => (kind === 'PASSED' || kind === 'DISMISS' ? 0 : EVENT_WEIGHTS[kind]));
  const dismissed = meanOf(groups, ({ kind }) => (kind === 'DISMISS' ? 1 : 0));
  if (!liked && !dismissed) return null;
  const passed = meanOf(groups, ({ kind }) => (kind === 'PASSED' ? 1 : 0));
  const parts: Part[] = [];
  if (liked) parts.push(...contrast(liked, passed, strengthOf(liked)));
  if (dismissed) parts.push(...contrast(dismissed, passed, -DISMISSAL_FACTOR * strengthOf(dismissed)));
  const features = weightedSum(parts.map(({ mean, factor }) => ({ vector: mean.features, factor })));
  const roots = Object.fromEntries(
    COMPARED_OUTPUTS.map((output) => [
      output,
      weightedSum(parts.map(({ mean, factor }) => ({ vector: mean.roots[output], factor }))),
    ]),
  ) as Record<ComparedOutput, Float32Array>;
  return features.every((value) => value === 0) ? null : { features, roots };
}

/**
 * Returns the part of a profile that a request leaves open: a request for red ignores the preferred blue. Features
 * cover all outputs at once, so they are scaled by the share of open outputs.
 */
export function openProfile(
  profile: ShopperProfile,
  requestRoots: Record<ComparedOutput, Float32Array | null>,
): ShopperProfile {
  const open = COMPARED_OUTPUTS.filter((output) => !requestRoots[output]);
  const roots = Object.fromEntries(
    COMPARED_OUTPUTS.map((output) => [output, requestRoots[output] ? null : profile.roots[output]]),
  ) as ShopperProfile['roots'];
  const share = open.length / COMPARED_OUTPUTS.length;
  return { features: profile.features.map((value) => share * value), roots };
}

interface Mean {
  weight: number;
  features: Float32Array;
  roots: SquareRootProbabilities;
}

interface Part {
  mean: Mean;
  factor: number;
}

function contrast(mean: Mean, against: Mean | null, factor: number): Part[] {
  return against
    ? [
        { mean, factor },
        { mean: against, factor: -factor },
      ]
    : [{ mean, factor }];
}

function strengthOf({ weight }: Mean): number {
  return weight / (weight + HALF_STRENGTH_WEIGHT);
}

/** Returns the weighted mean, or null if the total weight is 0. */
function meanOf(groups: readonly FeedbackGroup[], weightOf: (group: FeedbackGroup) => number): Mean | null {
  const weighed = groups
    .map((group) => ({ group, weight: weightOf(group) * group.garments * decay(group.ageDays) }))
    .filter(({ weight }) => weight > 0);
  const weight = weighed.reduce((sum, entry) => sum + entry.weight, 0);
  if (weight === 0) return null;
  const mean = (vectorOf: (group: FeedbackGroup) => Float32Array): Float32Array =>
    weightedSum(weighed.map((entry) => ({ vector: vectorOf(entry.group), factor: entry.weight / weight })));
  const roots = Object.fromEntries(
    COMPARED_OUTPUTS.map((output) => [output, mean((group) => group.roots[output])]),
  ) as SquareRootProbabilities;
  return { weight, features: mean((group) => group.features), roots };
}

function decay(ageDays: number): number {
  return 0.5 ** (Math.max(0, ageDays) / HALF_LIFE_DAYS);
}

function weightedSum(summands: readonly { vector: Float32Array; factor: number }[]): Float32Array {
  const sum = new Float64Array(summands[0]!.vector.length);
  for (const { vector, factor } of summands) vector.forEach((value, i) => (sum[i]! += factor * value));
  return Float32Array.from(sum);
}
