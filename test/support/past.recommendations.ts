// Requests of every kind on the drawn sample, and their answers as the log has them.
import { PALETTE } from '../../tools/garment-drawing/palette.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import type { TestApp } from './app.js';
import { drawnImage } from './drawn.garments.js';

const KINDS = ['dress', 'shirt', 'shoes', 'jacket', 'trousers', 'bag', 'skirt', '连衣裙', '衬衫', '鞋', 'cap', 'scarf'];
const MORE = ['', ' for women', ' for men', ' for a party', ' with stripes', ' linen', ' not black', ' v-neck'];
const ASK = `query ($input: RecommendOutfitInput!, $first: Int!) {
  recommendOutfit(input: $input) { id garments(first: $first) { nodes { sku } } }
}`;

const UPSERT = `mutation ($garments: [GarmentInput!]!) {
  upsertGarments(garments: $garments) { userErrors { field code message } }
}`;

/** The request of this number, one in seven with a picture; no two up to some thousands are alike. */
export async function variedRequest(i: number): Promise<object> {
  const colors = Object.keys(PALETTE);
  const of = <T>(list: readonly T[], step: number): T => list[Math.floor(i / step) % list.length]!;
  const words = `${colors[i % colors.length]} ${of(KINDS, 3)}${of(MORE, 5)}`;
  const shown = sampleCatalog().filter(({ inStock }) => inStock);
  const garment = shown[(i * 7) % shown.length]!;
  return {
    ...(i % 7 !== 3 && { text: words }),
    ...(i % 7 === 3 || i % 7 === 5 ? { image: i % 2 ? await drawnImage(garment) : { sku: garment.sku } } : {}),
    ...(i % 5 === 1 && { avoid: 'stripes' }),
    ...(i % 4 === 2 && { diversity: 0.5 }),
    ...(i % 6 === 4 && { filter: { genders: ['WOMEN'] } }),
    ...(i % 3 === 0 && { shopper: `shopper ${i % 10}` }),
  };
}

/** Asks with it. @returns the answer's id and what it showed */
export async function answered(server: TestApp, input: object, first = 12): Promise<{ id: string; skus: string[] }> {
  const { recommendOutfit } = await server.data<{
    recommendOutfit: { id: string; garments: { nodes: { sku: string }[] } };
  }>(ASK, { input, first });
  return { id: recommendOutfit.id, skus: recommendOutfit.garments.nodes.map(({ sku }) => sku) };
}

export interface ReplayedAnswer {
  identical: boolean;
  changes: string[];
  edges: { rank: number; score: number; node: { sku: string } }[];
}

export async function replayOf(server: TestApp, id: string): Promise<ReplayedAnswer> {
  const query = `query ($id: ID!) { insights { recommendation(id: $id) {
    replay { identical changes edges { rank score node { sku } } } } } }`;
  const { insights } = await server.data<{ insights: { recommendation: { replay: ReplayedAnswer } } }>(query, { id });
  return insights.recommendation.replay;
}

/** Stores garments, none of which may be refused. */
export async function upsert(server: TestApp, garments: object[]): Promise<void> {
  const { upsertGarments } = await server.data<{ upsertGarments: { userErrors: object[] } }>(UPSERT, { garments });
  expect(upsertGarments.userErrors).toEqual([]);
}
