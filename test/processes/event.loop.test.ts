// Sixteen shoppers with photos at once must not keep the server from answering others.
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

/** Asks for the process's pulse every 10 ms until `work` ends. @returns how long each answer took, in ms, ascending */
async function pulseDuring(work: Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  let over = false;
  void work.finally(() => (over = true));
  while (!over) {
    const asked = performance.now();
    await fetch(`${server.url}/health/live`).then((response) => response.text());
    taken.push(performance.now() - asked);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return taken.sort((a, b) => a - b);
}

/** @returns what nine tenths of the answers took at most, in ms */
async function pulseBesideShoppers(images: object[], round: number): Promise<number> {
  const statuses: (string | undefined)[] = [];
  const shopping = Promise.all(
    images.map(async (image, shopper) => {
      for (let i = 0; i < REQUESTS_EACH; i++) {
        statuses.push(await recommend({ image, text: `in blue, shopper ${shopper}, request ${round}.${i}` }));
      }
    }),
  );
  const taken = await pulseDuring(shopping);
  await shopping;
  expect(statuses).toHaveLength(SHOPPERS * REQUESTS_EACH);
  expect(statuses).not.toContain(undefined);
  expect(taken.length).toBeGreaterThan(20);
  return taken[Math.floor(taken.length * 0.9)]!;
}

it('sixteen shoppers with photos at once leave the server’s pulse under 100 ms', async () => {
  const images = await Promise.all(sampleCatalog().slice(0, SHOPPERS).map(drawnImage));
  const rounds: number[] = [];
  // the best of three, since other tests run beside; alone: median 7 ms, 99 % within 35 ms; statements run back to back had
  // 40 and 237 ms
  while (rounds.length < 3 && !(Math.min(...rounds) < 100))
    rounds.push(await pulseBesideShoppers(images, rounds.length));
  expect(Math.min(...rounds)).toBeLessThan(100);
}, 120_000);
