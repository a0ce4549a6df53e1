// Requests with photos whose clients disconnect.
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
  // Each request has another picture, because equal pictures are encoded once.
  for (let i = 0; i < 3_000; i++) scene.data[i] = (seed * 7 + i) % 251;
  return (await encodeScene(scene, 'jpeg')).toString('base64');
}

async function encodedPictures(): Promise<number> {
  const text = await (await fetch(`${server.app.url}/metrics`)).text();
  return Number(/^fitroom_inference_batch_size_sum\{modality="pictures"\} (\d+)/m.exec(text)?.[1] ?? 0);
}

it('the server encodes at most nine of 100 photos whose clients disconnect, and serves another client', async () => {
  const photos = await Promise.all(Array.from({ length: ABANDONED }, (_, seed) => photo(seed)));
  const ownPhoto = await photo(200);
  const before = await encodedPictures();
  const recommend = (base64: string, signal?: AbortSignal): Promise<Response> =>
    fetch(`${server.app.url}/graphql`, {
      method: 'POST',
      headers: headersOf({}),
      body: JSON.stringify({ query: QUERY, variables: { base64 } }),
      signal,
    });
  const wereAbandoned = (): boolean => lines.some(({ status }) => status === 499);
  // On a busy machine no request has arrived after 50 ms. The clients then stay longer.
  for (let stayMs = 50; stayMs < 2_000 && !wereAbandoned(); stayMs *= 2) {
    const client = new AbortController();
    const abandoned = Promise.allSettled(photos.map((base64) => recommend(base64, client.signal)));
    await sleep(stayMs);
    client.abort();
    await abandoned;
    await sleep(100);
  }
  const body = (await (await recommend(ownPhoto)).json()) as { data: { recommendOutfit: { status: string } } };
  expect(body.data.recommendOutfit.status).toBe('EMPTY');
  // Pictures that are still being decoded finish within this time.
  await sleep(1_000);
  expect((await encodedPictures()) - before).toBeLessThanOrEqual(9);
  const requests = lines.filter(({ msg }) => msg === 'request');
  expect(requests.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(requests.filter(({ status }) => status === 499).length).toBe(requests.length - 1);
  expect(requests.length).toBeGreaterThan(1);
  expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
}, 60_000);
