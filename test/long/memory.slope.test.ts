// The heap of a server over thousands of requests: once caches are warm, a request leaves nothing behind.
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
/** Compiled code comes on top of what requests leave behind. */
const MOST_BYTES_A_REQUEST = 1_000;

let app: AppProcess;
beforeAll(async () => {
  app = await startAppProcess({ sampleCatalog: true }, 'app.collected.child.mjs');
}, 120_000);
afterAll(() => app.stop());

async function ask(i: number): Promise<void> {
  const text = `${COLORS[i % 5]} ${KINDS[Math.floor(i / 5) % 5]}`;
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY, variables: { input: { text, shopper: `shopper ${i}` } } }),
  });
  const answer = await response.text();
  if (answer.includes('"errors"')) throw new Error(answer.slice(0, 300));
}

async function askMany(count: number): Promise<void> {
  let next = 0;
  const asker = async (): Promise<void> => {
    while (next < count) await ask(next++);
  };
  await Promise.all([asker(), asker(), asker(), asker()]);
}

/** The least of several looks: a collection comes twice a second, and the recommendation log writes four times. */
async function heapBytes(): Promise<number> {
  const looks: number[] = [];
  for (let look = 0; look < 12; look++) {
    await sleep(250);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    looks.push(Number(/^fitroom_nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)![1]));
  }
  return Math.min(...looks);
}

it('grows by less than 1 kB a request', async () => {
  await askMany(WARM_UP);
  const before = await heapBytes();
  await askMany(MEASURED);
  expect((await heapBytes()) - before).toBeLessThan(MEASURED * MOST_BYTES_A_REQUEST);
}, 900_000);
