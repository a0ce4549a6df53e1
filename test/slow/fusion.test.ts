// Every fusion method through GraphQL, on a bundle that offers all three.
// The weights of the bundle are random, so only mechanics are tested.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startApp } from '../../src/bootstrap/server.js';
import { readConfig } from '../../src/config.js';
import { FUSION_METHODS } from '../../src/domain/recommend/fusion.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { createLogger } from '../../src/observability/logger.js';
import { withApp } from '../support/app.js';
import { openTestDatabase } from '../support/database.js';
import { drawnImage } from '../support/drawn.garments.js';
import { changeManifest, TINY_BUNDLE, withTinyCopy } from '../support/tiny.bundle.js';

interface Edge {
  score: number;
  node: { sku: string };
  explanation: { contributions: { name: string; value: number }[] };
}
interface Recommendation {
  query: { fusion: string; textWeight: number; imageWeight: number };
  garments: { edges: Edge[] };
}

const RECOMMEND = `
  query ($input: RecommendOutfitInput!) {
    recommendOutfit(input: $input) {
      query { fusion textWeight imageWeight }
      garments(first: 100) { edges { score node { sku } explanation { contributions { name value } } } }
    }
  }`;

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE } });
/** Every eighth sample garment, a few of each type. Tests of mechanics need no more. */
const catalog = sampleCatalog().filter((_, i) => i % 8 === 0);
const [LIKE, OTHER] = [catalog[3]!.sku, catalog[20]!.sku];
beforeAll(async () => {
  const garments = await Promise.all(
    catalog.map(async (garment) => ({ sku: garment.sku, title: garment.title, image: await drawnImage(garment) })),
  );
  const { upsertGarments } = await server.data<{ upsertGarments: { created: number } }>(
    'mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { created } }',
    { garments },
  );
  expect(upsertGarments.created).toBe(catalog.length);
}, 60_000);

const recommend = async (input: object): Promise<Recommendation> =>
  (await server.data<{ recommendOutfit: Recommendation }>(RECOMMEND, { input })).recommendOutfit;

/** Returns how similar text and picture are to each garment shown, by its SKU. */
function similarities({ garments }: Recommendation): Map<string, number> {
  const similarity = ({ explanation }: Edge): number =>
    explanation.contributions.reduce((sum, { name, value }) => (name.endsWith('Similarity') ? sum + value : sum), 0);
  return new Map(garments.edges.map((edge) => [edge.node.sku, similarity(edge)]));
}

/** Returns the largest difference over the garments that both recommendations show. */
function difference(a: Recommendation, b: Recommendation): number {
  const others = similarities(b);
  const common = [...similarities(a)].filter(([sku]) => others.has(sku));
  expect(common.length).toBeGreaterThan(20);
  return Math.max(...common.map(([sku, value]) => Math.abs(value - others.get(sku)!)));
}

describe('a model with attention', () => {
  it('reports that it offers all three fusion methods', async () => {
    const { model } = await server.data<{ model: { fusionMethods: string[] } }>('{ model { fusionMethods } }');
    expect(model.fusionMethods.sort()).toEqual([...FUSION_METHODS].sort());
  });

  it.each(FUSION_METHODS)('recommends for a text and a picture by %s', async (method) => {
    const fusion = { method, textWeight: 3, imageWeight: 1 };
    const { query, garments } = await recommend({ text: 'red dress', image: { sku: LIKE }, fusion });
    expect(query).toEqual({ fusion: method, textWeight: 0.75, imageWeight: 0.25 });
    for (const { score, explanation } of garments.edges) {
      expect(explanation.contributions.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(score, 9);
    }
  });

  it.each(FUSION_METHODS)('retrieves by the text alone when %s gives the picture no weight', async (method) => {
    const fusion = { method, textWeight: 1, imageWeight: 0 };
    const first = await recommend({ text: 'red dress', image: { sku: LIKE }, fusion });
    const second = await recommend({ text: 'red dress', image: { sku: OTHER }, fusion });
    expect(difference(first, second)).toBeLessThan(1e-5);
  });

  it('ranks by the picture in proportion to its weight', async () => {
    const recommendFor = (sku: string) =>
      recommend({ text: 'red dress', image: { sku }, fusion: { method: 'ATTENTION' } });
    expect(difference(await recommendFor(LIKE), await recommendFor(OTHER))).toBeGreaterThan(0.01);
  });

  it.each([{ text: 'red dress' }, { image: { sku: LIKE } }])(
    'handles %j without a second modality as the weighted average does',
    async (modality) => {
      const attended = await recommend({ ...modality, fusion: { method: 'ATTENTION' } });
      const averaged = await recommend({ ...modality, fusion: { method: 'WEIGHTED_AVERAGE' } });
      expect(attended.query.fusion).toBe('ATTENTION');
      expect(attended.garments).toEqual(averaged.garments);
    },
  );

  it('returns the same recommendations for many simultaneous requests as for each alone', async () => {
    const inputs = Array.from({ length: 20 }, (_, i) => ({
      text: i % 2 ? 'blue shirt' : 'red dress',
      image: { sku: i % 3 ? LIKE : OTHER },
      fusion: { method: 'ATTENTION', textWeight: 1 + i, imageWeight: 5 },
    }));
    const together = await Promise.all(inputs.map(recommend));
    for (const [i, input] of inputs.entries()) {
      expect(difference(await recommend(input), together[i]!)).toBeLessThan(1e-5);
    }
  });
});

describe('a model without attention', () => {
  it('refuses the method and names the field of the request', async () => {
    const { database, close } = await openTestDatabase();
    await withTinyCopy(async (dir) => {
      await changeManifest(dir, (m) => ({
        ...m,
        fusion: { ...m.fusion, methods: ['CONCATENATION', 'WEIGHTED_AVERAGE'], attention: undefined },
      }));
      await rm(join(dir, 'fusion.onnx'));
      const app = await startApp({
        config: {
          ...readConfig({ PORT: '0', FITROOM_EXECUTION: 'cpu', FITROOM_SAMPLE_CATALOG: 'off' }),
          bundleDir: dir,
        },
        logger: createLogger('silent'),
        database: Promise.resolve({ ...database, close: async () => {} }),
      });
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: RECOMMEND,
          variables: { input: { text: 'red dress', fusion: { method: 'ATTENTION' } } },
        }),
      });
      const { errors } = (await response.json()) as { errors: { extensions: object }[] };
      expect(errors[0]!.extensions).toMatchObject({
        code: 'FUSION_METHOD_UNSUPPORTED',
        field: ['input', 'fusion', 'method'],
      });
      await app.close();
    });
    await close();
  }, 60_000);
});
