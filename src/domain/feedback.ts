// What shoppers do with an answer, and what it says of their taste.
import type { Features } from './fusion.js';

export const FEEDBACK_KINDS = ['VIEW', 'CLICK', 'TRY_ON', 'CART', 'PURCHASE', 'DISMISS'] as const;
export type FeedbackKind = (typeof FEEDBACK_KINDS)[number];

export const MAX_EVENTS_PER_CALL = 100;

/** One thing that a shopper did, as the storefront tells it. */
export interface FeedbackGiven {
  recommendationId: string;
  sku: string;
  kind: FeedbackKind;
  shopper?: string | null;
}

export interface FeedbackEvent {
  sku: string;
  kind: FeedbackKind;
  at: Date;
}

/** A garment that a shopper dealt with, by the strongest thing that they did with it. */
export interface TasteEvent {
  kind: FeedbackKind;
  ageDays: number;
  features: Features;
}

/**
 * What one event says for a garment; below 0 against it. Chosen so that a purchase counts as four clicks and a dismissal
 * takes two clicks back; to have seen a garment says next to nothing.
 */
const TASTE_WEIGHTS: Record<FeedbackKind, number> = {
  VIEW: 0.05,
  CLICK: 1,
  TRY_ON: 2,
  CART: 3,
  PURCHASE: 4,
  DISMISS: -2,
};
/** After as many days an event counts half: tastes follow seasons. */
const HALF_LIFE_DAYS = 30;
/** Events at which a taste has half of its full say. */
const HALF_SURE_EVENTS = 2;

/**
 * The direction that a shopper's events point to over [F_t ; F_i], each half of `dimensions`: the mean of the garments'
 * features, weighted by what was done and how long ago, and shortened where little is known or events contradict.
 * @returns length 0…√2 over both halves; null where the events say nothing
 */
export function tasteOf(events: readonly TasteEvent[], dimensions: number): Float32Array | null {
  const taste = new Float32Array(2 * dimensions);
  let total = 0;
  for (const { kind, ageDays, features } of events) {
    const weight = TASTE_WEIGHTS[kind] * 0.5 ** (Math.max(0, ageDays) / HALF_LIFE_DAYS);
    total += Math.abs(weight);
    features.text?.forEach((value, i) => (taste[i]! += weight * value));
    features.image?.forEach((value, i) => (taste[dimensions + i]! += weight * value));
  }
  if (!(total > 0) || taste.every((value) => value === 0)) return null;
  const sureness = events.length / (events.length + HALF_SURE_EVENTS);
  return taste.map((value) => (value / total) * sureness);
}
