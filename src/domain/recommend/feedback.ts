// What shoppers do with an answer.

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
