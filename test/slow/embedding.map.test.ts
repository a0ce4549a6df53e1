// The embedding map of the sample catalog through the API.
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { tableOf } from '../../src/mapping/vector.table.js';
import { trustworthiness } from '../../src/mapping/trustworthiness.js';
import { vectorOfBytes } from '../../src/store/database/vector.codec.js';
import { withApp } from '../support/app.js';
import { fitroom } from '../support/command.line.js';
import { drawnInputs } from '../support/model.switch.js';

interface Point {
  sku: string;
  x: number;
  y: number;
  garmentType: string | null;
}

// The server has no workers, so the map is drawn only when a test asks for it.
const server = withApp({ sample: true, config: { workers: 0 } });
const store = { storeId: DEFAULT_STORE_ID };
const updateMap = () => server.app.own.map.keepUp(store);
const MAP = 'query ($sample: Int) { insights { embeddingMap(sample: $sample) { sku x y garmentType } } }';

async function map(sample?: number): Promise<Point[]> {
  const { insights } = await server.data<{ insights: { embeddingMap: Point[] } }>(MAP, { sample });
  return insights.embeddingMap;
}

/**
 * Returns the median distance between the old and the new position of the garments on both maps, in widths of the map.
 */
function medianMove(before: Point[], after: Point[]): number {
  const bySku = new Map(after.map((point) => [point.sku, point]));
  const distances = before.flatMap(({ sku, x, y }) => {
    const now = bySku.get(sku);
    return now ? [Math.hypot(now.x - x, now.y - y)] : [];
  });
  const width = Math.max(...before.map(({ x }) => x)) - Math.min(...before.map(({ x }) => x));
  return distances.sort((a, b) => a - b)[distances.length >> 1]! / width;
}

it('embeddingMap reports that it has not been drawn yet, and refuses invalid sample sizes', async () => {
  expect(await server.ask(MAP)).toMatchObject({ errors: [{ extensions: { code: 'MAP_NOT_DRAWN' } }] });
  for (const sample of [0, -1, 50_001])
    expect(await server.ask(MAP, { sample })).toMatchObject({
      errors: [{ extensions: { code: 'SAMPLE_SIZE_INVALID', field: ['sample'] } }],
    });
});

it('the map keeps similar garments close: its trustworthiness at k = 15 is at least 0.9, as stored in its row', async () => {
  await updateMap();
  const points = await map();
  expect(points).toHaveLength(300);
  const rows = await server.app.database.query<{ sku: string; vector: Buffer }>(
    `select g.sku, vector_send(e.embedding::vector) as vector
     from garment_embeddings e join garments g on g.store_id = e.store_id and g.id = e.garment_id`,
  );
  const bySku = new Map(rows.map(({ sku, vector }) => [sku, vectorOfBytes(vector)]));
  const vectors = points.map(({ sku }) => bySku.get(sku)!);
  const positions = Float64Array.from(points.flatMap(({ x, y }) => [x, y]));
  const measured = trustworthiness(tableOf(vectors, vectors[0]!.length), positions, 15);
  expect(measured).toBeGreaterThan(0.9);
  const [row] = await server.app.database.query<{ trustworthiness: number }>(
    'select trustworthiness from catalog_maps',
  );
  expect(row!.trustworthiness).toBeCloseTo(measured, 2);
}, 60_000);

it('fitroom insights map prints every point of the map', async () => {
  const { stdout, status } = await fitroom(['insights', 'map', '--format', 'jsonl', '--server', server.app.url]);
  expect(status).toBe(0);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Point);
  expect(rows.map(({ sku, x, y, garmentType }) => ({ sku, x, y, garmentType }))).toEqual(await map(50_000));
});

it('embeddingMap returns a sample of any size, and a smaller sample is part of a larger one', async () => {
  const [small, large] = [await map(20), await map(90)];
  expect([small.length, large.length]).toEqual([20, 90]);
  expect(large.map(({ sku }) => sku)).toEqual(expect.arrayContaining(small.map(({ sku }) => sku)));
});

it('mapPosition places a logged request amid the garments that it is about', async () => {
  const points = await map();
  for (const [text, type] of [
    ['trousers', 'PANTS'],
    ['sneakers', 'SHOES'],
    ['dress', 'DRESS'],
  ] as const) {
    const { recommendOutfit } = await server.data<{ recommendOutfit: { id: string } }>(
      'query ($text: String!) { recommendOutfit(input: { text: $text }) { id garments(first: 1) { nodes { sku } } } }',
      { text },
    );
    const { insights } = await server.data<{ insights: { recommendation: { mapPosition: { x: number; y: number } } } }>(
      'query ($id: ID!) { insights { recommendation(id: $id) { mapPosition { x y } } } }',
      { id: recommendOutfit.id },
    );
    const { x, y } = insights.recommendation.mapPosition;
    const distance = (point: Point): number => Math.hypot(point.x - x, point.y - y);
    const nearest = [...points].sort((a, b) => distance(a) - distance(b)).slice(0, 10);
    expect(nearest.filter(({ garmentType }) => garmentType === type).length).toBeGreaterThan(7);
  }
});

it('an update places a few new garments near similar ones, drops deleted ones and moves no other', async () => {
  const before = await map();
  // The new garment has the picture and text of a sample garment, so it belongs at the same position.
  const [twin] = (await drawnInputs(1)) as { sku: string }[];
  await server.data('mutation ($g: [GarmentInput!]!) { upsertGarments(garments: $g) { created } }', {
    g: [{ ...twin, sku: 'TWIN' }],
  });
  await server.data('mutation { deleteGarments(skus: ["FR-DR-002"]) { deletedSkus } }');
  expect((await map()).map(({ sku }) => sku)).not.toContain('FR-DR-002');
  expect(await server.app.own.map.isBehind(store)).toBe(true);
  await updateMap();
  expect(await server.app.own.map.isBehind(store)).toBe(false);
  const after = await map();
  expect(medianMove(before, after)).toBe(0);
  const placed = after.find(({ sku }) => sku === 'TWIN')!;
  const original = after.find(({ sku }) => sku === twin!.sku)!;
  expect(Math.hypot(placed.x - original.x, placed.y - original.y)).toBeLessThan(2);
}, 60_000);

it('the map is redrawn when a tenth of the garments has changed, and positions stay similar', async () => {
  const before = await map();
  await server.data('mutation ($skus: [String!]!) { deleteGarments(skus: $skus) { deletedSkus } }', {
    skus: before.slice(0, 40).map(({ sku }) => sku),
  });
  await updateMap();
  const after = await map();
  expect(after).toHaveLength(260);
  expect(medianMove(before, after)).toBeGreaterThan(0);
  expect(medianMove(before, after)).toBeLessThan(0.08);
}, 60_000);
