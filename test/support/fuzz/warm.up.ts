// Ordinary use of a server, after which it uses as much memory as at rest.
import { CALLERS } from './fuzz.case.js';
import { CLASSIFY, VALID_OPERATIONS } from './operations.js';
import { pictureOf } from './pictures.js';
import { sendRequest } from './raw.http.js';
import type { WatchedServer } from './watched.server.js';

const ROUNDS = 2;
/** Number of simultaneous bodies near the limit. The allocator keeps the memory that they need. */
const LARGE_BODIES = 2;

/** Sends every valid operation from every caller, large bodies and photos. */
export async function warmUp({ port, headersOf }: WatchedServer): Promise<void> {
  const photo = (await pictureOf({ format: 'jpeg', size: '2000 × 1500' })).toString('base64');
  const send = (operation: object, caller: (typeof CALLERS)[number]) =>
    sendRequest(port, {
      headers: { 'content-type': 'application/json', ...headersOf(caller) },
      body: JSON.stringify(operation),
    });
  for (let round = 0; round < ROUNDS; round++) {
    const operations = CALLERS.flatMap((caller) => VALID_OPERATIONS.map((operation) => send(operation, caller)));
    await Promise.all(operations);
    const photos = CALLERS.map((caller) => send({ query: CLASSIFY, variables: { image: { base64: photo } } }, caller));
    await Promise.all(photos);
    const text = 'x'.repeat(12_000_000);
    const large = Array.from({ length: LARGE_BODIES }, (_, i) =>
      send({ query: CLASSIFY, variables: { text: text + i } }, 'STOREFRONT'),
    );
    await Promise.all(large);
    await sendRequest(port, { method: 'GET', path: '/playground/graphiql/graphiql.min.js' });
  }
}
