// Which look of an answer a shopper chose, as far as what they did with single garments tells.
import type { FeedbackKind } from '../recommend/feedback.js';

/** What was shown with one answer, and what one shopper did with it. */
export interface RecommendationWithOutfits {
  /** Skus of each look's pieces, in the order in which they were shown. */
  looks: readonly (readonly string[])[];
  /** Skus that the answer's list showed beside the looks. */
  listed: readonly string[];
  events: readonly { sku: string; kind: FeedbackKind }[];
}

/** What counts as choosing; the higher the surer. To see a piece, or to dismiss one, says nothing of its look. */
const SURENESS: Readonly<Record<FeedbackKind, number>> = {
  VIEW: 0,
  DISMISS: 0,
  CLICK: 1,
  TRY_ON: 2,
  CART: 3,
  PURCHASE: 4,
};

/**
 * The position of the look that the surest event is about; null where no event is, or equally sure ones are about several.
 * Only pieces count that one look alone has and the list has not: whatever else is clicked may be meant for itself.
 */
export function chosenOutfit({ looks, listed, events }: RecommendationWithOutfits): number | null {
  const sureness = looks.map(() => 0);
  for (const { sku, kind } of events) {
    const having = looks.flatMap((look, i) => (look.includes(sku) ? [i] : []));
    if (having.length !== 1 || listed.includes(sku)) continue;
    sureness[having[0]!] = Math.max(sureness[having[0]!]!, SURENESS[kind]);
  }
  const most = Math.max(0, ...sureness);
  const surest = sureness.flatMap((value, i) => (value === most ? [i] : []));
  return most > 0 && surest.length === 1 ? surest[0]! : null;
}
