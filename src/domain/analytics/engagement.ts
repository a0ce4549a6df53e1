// What shoppers did with what they were shown, counted.

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

/** Garments as they were shown, once for each answer, and of them those that something was done with. */
export interface ShownEngagement extends EngagementCounts {
  shown: number;
}
