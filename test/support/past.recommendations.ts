// Varied requests on the drawn sample, and their logged recommendations.
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

/** Returns request number `i`; one in seven has a picture. No two of the first few thousand are alike. */
export async function variedRequest(i: number): Promise<object> {
  const colors = Object.keys(PALETTE);
  const of = <T>(list: readonly T[], step: number): T => list[Math.floor(i / step) % list.length]!;
  const text = `${colors[i % colors.length]} ${of(KINDS, 3)}${of(MORE, 5)}`;
  const shown = sampleCatalog().filter(({ inStock }) => inStock);
  const garment = shown[(i * 7) % shown.length]!;
  return {
    ...(i % 7 !== 3 && { text }),
    ...(i % 7 === 3 || i % 7 === 5 ? { image: i % 2 ? await drawnImage(garment) : { sku: garment.sku } } : {}),
    ...(i % 5 === 1 && { avoid: 'stripes' }),
    ...(i % 4 === 2 && { diversity: 0.5 }),
    ...(i % 6 === 4 && { filter: { genders: ['WOMEN'] } }),
    ...(i % 3 === 0 && { shopper: `shopper ${i % 10}` }),
  };
}

/** Requests a recommendation. @returns its id and the SKUs of its garments */
export async function recommendationFor(
  server: TestApp,
  input: object,
  first = 12,
): Promise<{ id: string; skus: string[] }> {
  const { recommendOutfit } = await server.data<{
    recommendOutfit: { id: string; garments: { nodes: { sku: string }[] } };
  }>(ASK, { input, first });
  return { id: recommendOutfit.id, skus: recommendOutfit.garments.nodes.map(({ sku }) => sku) };
}

export interface ReplayedRecommendation {
  identical: boolean;
  changes: string[];
  edges: { rank: number; score: number; node: { sku: string } }[];
}

export async function replayOf(server: TestApp, id: string): Promise<ReplayedRecommendation> {
  const query = `query ($id: ID!) { insights { recommendation(id: $id) {
    replay { identical changes edges { rank score node { sku } } } } } }`;
  const { insights } = await server.data<{ insights: { recommendation: { replay: ReplayedRecommendation } } }>(query, {
    id,
  });
  return insights.recommendation.replay;
}

/** Stores garments and expects that none is refused. */
export async function upsert(server: TestApp, garments: object[]): Promise<void> {
  const { upsertGarments } = await server.data<{ upsertGarments: { userErrors: object[] } }>(UPSERT, { garments });
  expect(upsertGarments.userErrors).toEqual([]);
}
