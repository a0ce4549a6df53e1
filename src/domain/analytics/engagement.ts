// Counts of shopper events on recommendations.

export interface EngagementCounts {
  views: number;
  clicks: number;
  tryOns: number;
  carts: number;
  purchases: number;
  dismissals: number;
}

export interface EngagementDay extends EngagementCounts {
  /** YYYY-MM-DD, in UTC. */
  day: string;
  recommendations: number;
}

/** Shown garments, counted once per recommendation, and the events on them. */
export interface ShownEngagement extends EngagementCounts {
  shown: number;
}
