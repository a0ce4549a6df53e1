// Shopper feedback on a recommendation.

export const FEEDBACK_KINDS = ['VIEW', 'CLICK', 'TRY_ON', 'CART', 'PURCHASE', 'DISMISS'] as const;
export type FeedbackKind = (typeof FEEDBACK_KINDS)[number];

export const MAX_EVENTS_PER_CALL = 100;

/** One shopper event as the storefront reports it. */
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
