// Simulated shoppers: they ask, click on what is to their hidden taste among the twenty that they scroll past, and ask again.
import { PALETTE, type ColorLabel } from '../../tools/garment-drawing/palette.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import type { TestApp } from './app.js';

/** One colour family and one style. */
export interface HiddenTaste {
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

export function likes({ family, usage }: HiddenTaste, garment: Pick<SeenGarment, 'color' | 'usage'>): boolean {
  return PALETTE[garment.color as ColorLabel]?.family === family && garment.usage === usage;
}

/** The commonest colour families of the drawn sample among the garments of a style, the commonest first. */
export function commonTastes(usage: string, count: number): HiddenTaste[] {
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

  /** Asks each in turn and clicks on whatever is to the taste. @returns how often */
  async browse(shopper: string, taste: HiddenTaste, requests: readonly string[]): Promise<number> {
    let clicks = 0;
    for (const text of requests) {
      const { id, seen } = await this.ask(text, shopper);
      const liked = seen.filter((garment) => likes(taste, garment));
      const events = liked.map(({ sku }) => ({ recommendationId: id, sku, kind: 'CLICK' }));
      if (events.length > 0) await this.server.data(CLICK, { events });
      clicks += events.length;
    }
    return clicks;
  }

  /** Mean share of the first ten that is to the taste. @param shopper absent: as anybody */
  async precision(taste: HiddenTaste, requests: readonly string[], shopper?: string): Promise<number> {
    let found = 0;
    for (const text of requests) {
      const { seen } = await this.ask(text, shopper);
      found += seen.slice(0, 10).filter((garment) => likes(taste, garment)).length;
    }
    return found / (10 * requests.length);
  }
}
