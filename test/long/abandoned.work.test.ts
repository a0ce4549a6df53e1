// Requests whose clients close the connection: their pictures are not encoded, and others are answered as before.
import { setTimeout as sleep } from 'node:timers/promises';
import { Writable } from 'node:stream';
import pino from 'pino';
import { headersOf, withApp } from '../support/app.js';
import { encodeScene, paintScene } from '../support/picture.js';

const lines: { msg: string; status?: number; errors?: string[]; level: number }[] = [];
const logger = pino(
  { level: 'info' },
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as (typeof lines)[number]);
      done();
    },
  }),
);
const server = withApp({ sample: false, logger });

const QUERY = `query ($base64: String!) {
  recommendOutfit(input: { text: "red dress", image: { base64: $base64 } }) { status }
}`;
const ABANDONED = 100;

async function photo(seed: number): Promise<string> {
  const scene = paintScene(600, 800);
  // another picture for each request: equal ones are encoded once
  for (let i = 0; i < 3_000; i++) scene.data[i] = (seed * 7 + i) % 251;
  return (await encodeScene(scene, 'jpeg')).toString('base64');
}

async function encoded(): Promise<number> {
  const text = await (await fetch(`${server.app.url}/metrics`)).text();
  return Number(/^fitroom_inference_batch_size_sum\{modality="pictures"\} (\d+)/m.exec(text)?.[1] ?? 0);
}

it('encodes at most a handful of 100 photos whose clients go, and answers another client', async () => {
  const photos = await Promise.all(Array.from({ length: ABANDONED }, (_, seed) => photo(seed)));
  const own = await photo(200);
  const before = await encoded();
  const ask = (base64: string, signal?: AbortSignal): Promise<Response> =>
    fetch(`${server.app.url}/graphql`, {
      method: 'POST',
      headers: headersOf({}),
      body: JSON.stringify({ query: QUERY, variables: { base64 } }),
      signal,
    });
  const wereAbandoned = (): boolean => lines.some(({ status }) => status === 499);
  // on a busy machine nothing has arrived after 50 ms: the clients stay longer then
  for (let stayMs = 50; stayMs < 2_000 && !wereAbandoned(); stayMs *= 2) {
    const client = new AbortController();
    const gone = Promise.allSettled(photos.map((base64) => ask(base64, client.signal)));
    await sleep(stayMs);
    client.abort();
    await gone;
    await sleep(100);
  }
  const answer = (await (await ask(own)).json()) as { data: { recommendOutfit: { status: string } } };
  expect(answer.data.recommendOutfit.status).toBe('EMPTY');
  // whatever is still decoded has ended with it
  await sleep(1_000);
  expect((await encoded()) - before).toBeLessThanOrEqual(9);
  const requests = lines.filter(({ msg }) => msg === 'request');
  expect(requests.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(requests.filter(({ status }) => status === 499).length).toBe(requests.length - 1);
  expect(requests.length).toBeGreaterThan(1);
  expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
}, 60_000);
