// Growth of a server's heap over thousands of requests with warm caches.
import { setTimeout as sleep } from 'node:timers/promises';
import { startAppProcess, type AppProcess } from '../support/app.process.js';

const QUERY = `query Find($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) {
    id
    garments(first: 12) { edges { node { sku imageUrl(width: 256) } explanation { contributions { name value } reasons } } }
    outfits(first: 1) { pieces { slot garment { sku } } }
  }
}`;
const COLORS = ['red', 'blue', 'green', 'black', 'white'];
const KINDS = ['dress', 'shirt', 'jeans', 'boots', 'hat'];
const WARM_UP = 1_500;
const MEASURED = 2_000;
/** The limit includes compiled code in addition to memory of requests. */
const MAX_BYTES_A_REQUEST = 1_000;

let app: AppProcess;
beforeAll(async () => {
  app = await startAppProcess({ sampleCatalog: true }, 'app.collected.child.mjs');
}, 120_000);
afterAll(() => app.stop());

async function recommend(i: number): Promise<void> {
  const text = `${COLORS[i % 5]} ${KINDS[Math.floor(i / 5) % 5]}`;
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY, variables: { input: { text, shopper: `shopper ${i}` } } }),
  });
  const body = await response.text();
  if (body.includes('"errors"')) throw new Error(body.slice(0, 300));
}

async function recommendMany(count: number): Promise<void> {
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < count) await recommend(next++);
  };
  await Promise.all([client(), client(), client(), client()]);
}

/**
 * Returns the smallest of several samples. A collection runs twice a second, and the recommendation log writes four
 * times a second.
 */
async function heapBytes(): Promise<number> {
  const samples: number[] = [];
  for (let sample = 0; sample < 12; sample++) {
    await sleep(250);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    samples.push(Number(/^fitroom_nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)![1]));
  }
  return Math.min(...samples);
}

it('the heap grows by less than 1 kB per request', async () => {
  await recommendMany(WARM_UP);
  const before = await heapBytes();
  await recommendMany(MEASURED);
  expect((await heapBytes()) - before).toBeLessThan(MEASURED * MAX_BYTES_A_REQUEST);
}, 900_000);
