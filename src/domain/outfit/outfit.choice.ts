// Attribution of shopper events to one outfit of a recommendation.
import type { FeedbackKind } from '../recommend/feedback.js';

/** The outfits and garments of one recommendation, and one shopper's events on it. */
export interface RecommendationWithOutfits {
  /** SKUs of each outfit's items, in display order. */
  looks: readonly (readonly string[])[];
  /** SKUs that the recommendation also lists outside the outfits. */
  listed: readonly string[];
  events: readonly { sku: string; kind: FeedbackKind }[];
}

/** Strength of an event as evidence for a choice. Viewing or dismissing an item says nothing about its outfit. */
const STRENGTHS: Readonly<Record<FeedbackKind, number>> = {
  VIEW: 0,
  DISMISS: 0,
  CLICK: 1,
  TRY_ON: 2,
  CART: 3,
  PURCHASE: 4,
};

/**
 * Returns the position of the outfit with the strongest event, or null without such an event or with a tie. Only events
 * on items of exactly one outfit count, and only if the list does not contain them: other clicks can be about the item
 * itself.
 */
export function chosenOutfit({ looks, listed, events }: RecommendationWithOutfits): number | null {
  const strengths = looks.map(() => 0);
  for (const { sku, kind } of events) {
    const withSku = looks.flatMap((look, i) => (look.includes(sku) ? [i] : []));
    if (withSku.length !== 1 || listed.includes(sku)) continue;
    strengths[withSku[0]!] = Math.max(strengths[withSku[0]!]!, STRENGTHS[kind]);
  }
  const strongest = Math.max(0, ...strengths);
  const positions = strengths.flatMap((value, i) => (value === strongest ? [i] : []));
  return strongest > 0 && positions.length === 1 ? positions[0]! : null;
}
