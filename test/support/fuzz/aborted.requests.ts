// Clients that send requests and disconnect, so that the server must drop their requests.
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { Fault, fuzzKind, type FuzzKind } from './fuzz.case.js';
import { RECOMMEND } from './operations.js';
import { pictureOf } from './pictures.js';
import { bytesOf, openSocket } from './raw.http.js';
import type { WatchedServer } from './watched.server.js';

interface Aborted {
  requests: number;
  afterMs: number;
  hasText: boolean;
}

/** Number of requests that may still be processed: those that an encoder has already taken, in two full batches. */
const ALREADY_TAKEN = 32;
const SETTLES_WITHIN_MS = 20_000;

async function encodedPictures(server: WatchedServer): Promise<number> {
  return (await server.metrics()).get('fitroom_inference_batch_size_sum{modality="pictures"}') ?? 0;
}

/** Waits until no more pictures are encoded. @returns the number of encoded pictures */
async function untilSettled(server: WatchedServer): Promise<number> {
  let last = -1;
  for (const until = Date.now() + SETTLES_WITHIN_MS; Date.now() < until; await sleep(700)) {
    const now = await encodedPictures(server);
    if (now === last) break;
    last = now;
  }
  return last;
}

let sent = 0;

export const abortedRequests: FuzzKind = fuzzKind<Aborted>({
  name: 'aborted requests',
  share: 0.3,
  arbitrary: fc.record({
    requests: fc.integer({ min: 60, max: 150 }),
    afterMs: fc.integer({ min: 0, max: 100 }),
    hasText: fc.boolean(),
  }),
  known: { '100 photos': { requests: 100, afterMs: 50, hasText: false } },
  isLarge: () => true,
  async run({ requests, afterMs, hasText }, server) {
    const photo = await pictureOf({ format: 'jpeg', size: '5000 × 5000' });
    const headers = { 'content-type': 'application/json', ...server.headersOf('STOREFRONT') };
    const sockets = Array.from({ length: requests }, (_, i) => {
      const image = { base64: Buffer.concat([photo, Buffer.from(String(++sent))]).toString('base64') };
      const input = { image, ...(hasText && { text: `red ${i}` }) };
      const socket = openSocket(server.port);
      socket.write(bytesOf({ headers, body: JSON.stringify({ query: RECOMMEND, variables: { input } }) }));
      return socket;
    });
    await Promise.all(sockets.map((socket) => new Promise((sent) => socket.write('', sent))));
    await sleep(afterMs);
    for (const socket of sockets) socket.destroy();
    const before = await encodedPictures(server);
    const after = await untilSettled(server);
    if (after - before > ALREADY_TAKEN)
      throw new Fault(`${after - before} of ${requests} pictures are encoded after their clients have hung up.`);
  },
});
