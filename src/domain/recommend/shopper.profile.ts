// A shopper's taste: what sets the garments that they chose apart from those beside them, and what they waved away. Pure.
import type { FeedbackKind } from './feedback.js';
import { COMPARED_OUTPUTS, type ComparedOutput, type SquareRootProbabilities } from './label.similarity.js';

/** What a garment is to a taste: what was done with it, or that it stood beside one and nothing was. */
export type ProfileFeedbackKind = FeedbackKind | 'PASSED';

/** Garments that a shopper dealt with in the same way and at about the same time, as their mean. */
export interface FeedbackGroup {
  kind: ProfileFeedbackKind;
  /** How many. */
  garments: number;
  /** Mean age of what was done, in days. */
  ageDays: number;
  /** Mean of [F_t ; F_i]. */
  features: Float32Array;
  /** Mean √p by label of each output. */
  roots: SquareRootProbabilities;
}

/** What a candidate is measured against. Everything is 0 on average over what the shopper passed over. */
export interface ShopperProfile {
  /** Over [F_t ; F_i]. */
  features: Float32Array;
  /** Over √p of the labels of each output, in the bundle's order; null: of no account. */
  roots: Record<ComparedOutput, Float32Array | null>;
}

/**
 * What one event says for a garment. Chosen so that a purchase counts as four clicks; to have seen a garment says next to
 * nothing.
 */
const LIKING: Record<Exclude<ProfileFeedbackKind, 'DISMISS' | 'PASSED'>, number> = {
  VIEW: 0.05,
  CLICK: 1,
  TRY_ON: 2,
  CART: 3,
  PURCHASE: 4,
};
/** After as many days an event counts half: tastes follow seasons. */
const HALF_LIFE_DAYS = 30;
/** Clicks, or dismissals, at which a taste has half of its full say. */
const HALF_SURE = 2;
/** A dismissal pushes away by half of what a choice draws near: it may be about the one garment. */
const PUSH = 0.5;

/**
 * Relevance feedback in Rocchio's form (1971): a·(liked − passed) − b·(dismissed − passed), each the mean of its garments'
 * features and labels, weighed by what was done and how long ago. Taking off what stood beside leaves out what the request
 * was about. a = W / (W + 2) with the weight W of what was liked, b half of the same of dismissals.
 * @returns null where the events say nothing
 */
export function shopperProfileOf(groups: readonly FeedbackGroup[]): ShopperProfile | null {
  const liked = meanOf(groups, ({ kind }) => (kind === 'PASSED' || kind === 'DISMISS' ? 0 : LIKING[kind]));
  const dismissed = meanOf(groups, ({ kind }) => (kind === 'DISMISS' ? 1 : 0));
  if (!liked && !dismissed) return null;
  const passed = meanOf(groups, ({ kind }) => (kind === 'PASSED' ? 1 : 0));
  const parts: Part[] = [];
  if (liked) parts.push(...contrast(liked, passed, sureness(liked)));
  if (dismissed) parts.push(...contrast(dismissed, passed, -PUSH * sureness(dismissed)));
  const features = total(parts.map(({ mean, factor }) => ({ vector: mean.features, factor })));
  const roots = Object.fromEntries(
    COMPARED_OUTPUTS.map((output) => [
      output,
      total(parts.map(({ mean, factor }) => ({ vector: mean.roots[output], factor }))),
    ]),
  ) as Record<ComparedOutput, Float32Array>;
  return features.every((value) => value === 0) ? null : { features, roots };
}

/**
 * The taste as far as a request leaves it open: who asks for red is not to be given the blue that they like. Features speak of
 * everything at once, so they count by the share of the outputs that are open.
 */
export function openProfile(taste: ShopperProfile, asked: Record<ComparedOutput, Float32Array | null>): ShopperProfile {
  const open = COMPARED_OUTPUTS.filter((output) => !asked[output]);
  const roots = Object.fromEntries(
    COMPARED_OUTPUTS.map((output) => [output, asked[output] ? null : taste.roots[output]]),
  ) as ShopperProfile['roots'];
  const share = open.length / COMPARED_OUTPUTS.length;
  return { features: taste.features.map((value) => share * value), roots };
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

function sureness({ weight }: Mean): number {
  return weight / (weight + HALF_SURE);
}

/** Null where nothing weighs. */
function meanOf(groups: readonly FeedbackGroup[], weightOf: (group: FeedbackGroup) => number): Mean | null {
  const weighed = groups
    .map((group) => ({ group, weight: weightOf(group) * group.garments * fading(group.ageDays) }))
    .filter(({ weight }) => weight > 0);
  const weight = weighed.reduce((sum, one) => sum + one.weight, 0);
  if (weight === 0) return null;
  const mean = (read: (group: FeedbackGroup) => Float32Array): Float32Array =>
    total(weighed.map((one) => ({ vector: read(one.group), factor: one.weight / weight })));
  const roots = Object.fromEntries(
    COMPARED_OUTPUTS.map((output) => [output, mean((group) => group.roots[output])]),
  ) as SquareRootProbabilities;
  return { weight, features: mean((group) => group.features), roots };
}

function fading(ageDays: number): number {
  return 0.5 ** (Math.max(0, ageDays) / HALF_LIFE_DAYS);
}

function total(summands: readonly { vector: Float32Array; factor: number }[]): Float32Array {
  const sum = new Float64Array(summands[0]!.vector.length);
  for (const { vector, factor } of summands) vector.forEach((value, i) => (sum[i]! += factor * value));
  return Float32Array.from(sum);
}
