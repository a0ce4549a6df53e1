// Responsiveness of a server while sixteen shoppers send photos at once.
import { join } from 'node:path';
import { DEFAULT_MODEL, PROJECT_ROOT } from '../../src/config.js';
import { startAppProcess, type AppProcess } from '../support/app.process.js';
import { drawnImage } from '../support/drawn.garments.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';

const SHOPPERS = 16;
const REQUESTS_EACH = 6;
const QUERY = `query ($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) { status garments { nodes { sku } } }
}`;

let server: AppProcess;
beforeAll(async () => {
  server = await startAppProcess({ bundleDir: join(PROJECT_ROOT, 'models', DEFAULT_MODEL), sampleCatalog: true });
}, 120_000);
afterAll(async () => {
  await server.stop();
});

async function recommend(input: object): Promise<string | undefined> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY, variables: { input } }),
  });
  const { data } = (await response.json()) as { data?: { recommendOutfit: { status: string } } };
  return data?.recommendOutfit.status;
}

/** Requests /health/live every 10 ms until `work` ends. @returns the latencies in ms, ascending */
async function latenciesDuring(work: Promise<unknown>): Promise<number[]> {
  const latencies: number[] = [];
  let isOver = false;
  void work.finally(() => (isOver = true));
  while (!isOver) {
    const sentAt = performance.now();
    await fetch(`${server.url}/health/live`).then((response) => response.text());
    latencies.push(performance.now() - sentAt);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return latencies.sort((a, b) => a - b);
}

/** Returns the 90th percentile of the latencies while shoppers send requests, in ms. */
async function latencyBesideShoppers(images: object[], round: number): Promise<number> {
  const statuses: (string | undefined)[] = [];
  const shopping = Promise.all(
    images.map(async (image, shopper) => {
      for (let i = 0; i < REQUESTS_EACH; i++) {
        statuses.push(await recommend({ image, text: `in blue, shopper ${shopper}, request ${round}.${i}` }));
      }
    }),
  );
  const latencies = await latenciesDuring(shopping);
  await shopping;
  expect(statuses).toHaveLength(SHOPPERS * REQUESTS_EACH);
  expect(statuses).not.toContain(undefined);
  expect(latencies.length).toBeGreaterThan(20);
  return latencies[Math.floor(latencies.length * 0.9)]!;
}

it('the server responds to health checks within 100 ms while sixteen shoppers send photos', async () => {
  const images = await Promise.all(sampleCatalog().slice(0, SHOPPERS).map(drawnImage));
  const rounds: number[] = [];
  // The best of three rounds counts, because other tests run at the same time. Alone, the median was 7 ms and 99 % were
  // within 35 ms. When statements ran back to back, these were 40 ms and 237 ms.
  while (rounds.length < 3 && !(Math.min(...rounds) < 100))
    rounds.push(await latencyBesideShoppers(images, rounds.length));
  expect(Math.min(...rounds)).toBeLessThan(100);
}, 120_000);
