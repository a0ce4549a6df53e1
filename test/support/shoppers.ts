// Simulated shoppers who send requests and click on garments they prefer among the first 20.
import { PALETTE, type ColorLabel } from '../../tools/garment-drawing/palette.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import type { TestApp } from './app.js';

/** One color family and one style. */
export interface Preference {
  family: string;
  usage: string;
}

export interface SeenGarment {
  sku: string;
  color: string | null;
  usage: string | null;
  garmentType: string | null;
}

const SCROLLED = 20;
const ASK = `query ($input: RecommendOutfitInput!) { recommendOutfit(input: $input) { id
  garments(first: ${SCROLLED}) { nodes { sku color usage garmentType } } } }`;
const CLICK = 'mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { recorded } }';

export function likes({ family, usage }: Preference, garment: Pick<SeenGarment, 'color' | 'usage'>): boolean {
  return PALETTE[garment.color as ColorLabel]?.family === family && garment.usage === usage;
}

/** Returns the most common color families of the drawn sample among the garments of a style, the most common first. */
export function commonPreferences(usage: string, count: number): Preference[] {
  const garments = new Map<string, number>();
  for (const { color } of sampleCatalog().filter((garment) => garment.usage === usage)) {
    const { family } = PALETTE[color];
    garments.set(family, (garments.get(family) ?? 0) + 1);
  }
  return [...garments]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, count)
    .map(([family]) => ({ family, usage }));
}

export class SimulatedShoppers {
  constructor(private readonly server: Pick<TestApp, 'data'>) {}

  async ask(text: string, shopper?: string): Promise<{ id: string; seen: SeenGarment[] }> {
    const { recommendOutfit } = await this.server.data<{
      recommendOutfit: { id: string; garments: { nodes: SeenGarment[] } };
    }>(ASK, { input: { text, shopper } });
    return { id: recommendOutfit.id, seen: recommendOutfit.garments.nodes };
  }

  /** Sends the requests in turn and clicks on every garment that the shopper prefers. @returns the number of clicks */
  async browse(shopper: string, preference: Preference, requests: readonly string[]): Promise<number> {
    let clicks = 0;
    for (const text of requests) {
      const { id, seen } = await this.ask(text, shopper);
      const liked = seen.filter((garment) => likes(preference, garment));
      const events = liked.map(({ sku }) => ({ recommendationId: id, sku, kind: 'CLICK' }));
      if (events.length > 0) await this.server.data(CLICK, { events });
      clicks += events.length;
    }
    return clicks;
  }

  /**
   * Returns the mean share of preferred garments among the first ten. @param shopper absent for an anonymous request
   */
  async precision(preference: Preference, requests: readonly string[], shopper?: string): Promise<number> {
    let liked = 0;
    for (const text of requests) {
      const { seen } = await this.ask(text, shopper);
      liked += seen.slice(0, 10).filter((garment) => likes(preference, garment)).length;
    }
    return liked / (10 * requests.length);
  }
}
