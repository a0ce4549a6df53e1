// Analytics through the API, on logged recommendations and stored garments.
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';
import { drawnImage } from '../support/drawn.garments.js';

const server = withApp({ sample: false });

interface Insights {
  engagement: { day: string; recommendations: number; clicks: number }[];
  engagementByRank: { rank: number; shown: number; clicks: number; clickRate: { value: number } }[];
  engagementByGarmentType: { garmentType: string | null; shown: number; clicks: number }[];
  searchGaps: { text: string; count: number; texts: string[]; recommendationId: string }[];
  drift: { week: string; requests: number; garmentsAdded: number }[];
  coverage: { garments: number; shown: number; neverShown: { sku: string }[] };
  catalogDoubts: {
    doubts: { code: string; garment: { sku: string }; twin: { sku: string } | null }[];
    examined: number;
    endCursor: string | null;
  };
}
const insights = async (fields: string): Promise<Insights> =>
  (await server.data<{ insights: Insights }>(`{ insights { ${fields} } }`)).insights;

interface Recommendation {
  id: string;
  status: string;
  garments: { nodes: { sku: string }[] };
}
const recommend = async (input: object, first = 2): Promise<Recommendation> =>
  (
    await server.data<{ recommendOutfit: Recommendation }>(
      'query ($input: RecommendOutfitInput!, $first: Int) { recommendOutfit(input: $input) { id status garments(first: $first) { nodes { sku } } } }',
      { input, first },
    )
  ).recommendOutfit;

beforeAll(async () => {
  const samples = sampleCatalog().filter(({ sku }) =>
    ['FR-DR-001', 'FR-DR-002', 'FR-HA-001', 'FR-SH-001'].includes(sku),
  );
  const garments = await Promise.all(
    samples.map(async ({ sku, title, price, ...facts }) => ({
      sku,
      title,
      price,
      garmentType: facts.garmentType,
      image: await drawnImage(samples.find((sample) => sample.sku === sku)!),
    })),
  );
  const dress = garments.find(({ sku }) => sku === 'FR-DR-001')!;
  const hat = garments.find(({ sku }) => sku === 'FR-HA-001')!;
  await server.data('mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { created } }', {
    garments: [
      ...garments,
      { ...dress, sku: 'TWIN' },
      { sku: 'MISLABELLED', title: 'Leather shoes', garmentType: 'SHOES', image: hat.image },
    ],
  });
}, 60_000);

it('engagement is counted from recommendations and feedback as they arrive', async () => {
  const recommendation = await recommend({ text: 'a dress' });
  const [first, second] = recommendation.garments.nodes.map(({ sku }) => sku);
  const event = (sku: string | undefined, kind: string) => ({ recommendationId: recommendation.id, sku, kind });
  await server.data('mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { recorded } }', {
    events: [event(first, 'VIEW'), event(first, 'CLICK'), event(second, 'VIEW')],
  });
  const { engagement, engagementByRank, engagementByGarmentType } = await insights(
    `engagement { day recommendations clicks } engagementByRank { rank shown clicks clickRate { value } }
     engagementByGarmentType { garmentType shown clicks }`,
  );
  expect(engagement).toHaveLength(31);
  expect(engagement.at(-1)).toEqual({ day: new Date().toISOString().slice(0, 10), recommendations: 1, clicks: 1 });
  expect(engagementByRank).toEqual([
    { rank: 1, shown: 1, clicks: 1, clickRate: { value: 1 } },
    { rank: 2, shown: 1, clicks: 0, clickRate: { value: 0 } },
  ]);
  expect(engagementByGarmentType.reduce((sum, { clicks }) => sum + clicks, 0)).toBe(1);
});

it('searchGaps lists a request without results once for all its wordings, with a logged recommendation', async () => {
  const withoutResults = { filter: { maxPrice: '0.01', currency: 'EUR' } };
  for (const text of ['green tuxedo', 'tuxedo in green', 'Green  Tuxedo', 'snow boots'])
    await recommend({ text, ...withoutResults });
  const last = await recommend({ text: 'green tuxedo', ...withoutResults });
  expect(last.status).toBe('EMPTY');
  // The log is written a moment after the response. Reading the recommendation waits for it.
  await server.data('query ($id: ID!) { insights { recommendation(id: $id) { id } } }', { id: last.id });
  const { searchGaps } = await insights('searchGaps { text count texts recommendationId }');
  expect(searchGaps).toEqual([
    { text: 'green tuxedo', count: 4, texts: ['green tuxedo', 'tuxedo in green'], recommendationId: last.id },
    { text: 'snow boots', count: 1, texts: ['snow boots'], recommendationId: expect.any(String) },
  ]);
});

it('coverage and drift count this catalog and these requests', async () => {
  const { coverage, drift } = await insights(
    'coverage { garments shown neverShown { sku } } drift { week requests garmentsAdded }',
  );
  expect(coverage).toMatchObject({ garments: 6, shown: 2 });
  expect(coverage.neverShown).toHaveLength(4);
  expect(drift.at(-1)).toMatchObject({ requests: 6, garmentsAdded: 6 });
});

it('catalogDoubts finds a stored near-duplicate and a picture that contradicts its text', async () => {
  const { catalogDoubts } = await insights(
    'catalogDoubts { doubts { code garment { sku } twin { sku } } examined endCursor }',
  );
  const codes = catalogDoubts.doubts.map(({ code, garment }) => `${code} ${garment.sku}`);
  expect(codes).toEqual(
    expect.arrayContaining([
      'NEAR_DUPLICATE FR-DR-001',
      'NEAR_DUPLICATE TWIN',
      'PICTURE_CONTRADICTS_WORDS MISLABELLED',
    ]),
  );
  expect(codes.join()).not.toMatch(/FR-SH-001/);
  const twins = catalogDoubts.doubts.map(({ garment, twin }) => `${garment.sku} ${twin?.sku ?? 'none'}`);
  expect(twins).toEqual(expect.arrayContaining(['TWIN FR-DR-001', 'FR-DR-001 TWIN', 'MISLABELLED none']));
  expect(catalogDoubts).toMatchObject({ examined: 6, endCursor: null });
});

it('insights refuses a period that ends before it begins and a forged cursor, and names the field', async () => {
  const codes = async (field: string) => {
    const { errors } = await server.ask(`{ insights { ${field} } }`);
    return errors?.map(({ extensions }) => [extensions.code, extensions.field?.at(-1)]);
  };
  expect(await codes('drift(from: "2026-02-02T00:00:00Z", to: "2026-02-01T00:00:00Z") { week }')).toEqual([
    ['PERIOD_INVALID', 'from'],
  ]);
  expect(await codes('searchGaps(first: 0) { text }')).toEqual([['PAGE_SIZE_INVALID', 'first']]);
  expect(await codes('catalogDoubts(after: "nonsense") { examined }')).toEqual([['CURSOR_INVALID', 'after']]);
});
