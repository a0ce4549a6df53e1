// Cost of the recommendation log: CPU time of the same requests with and without it, alternating in one process.
// The embedded database runs in that process, so the time includes its writes.
//   node --import tsx bench/answer.log.ts [rounds] [requests of a round]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../src/bootstrap/server.js';
import { readConfig } from '../src/config.js';
import { DEFAULT_STORE_ID } from '../src/domain/access/store.context.js';
import { createLogger } from '../src/observability/logger.js';
import type { RecommendService } from '../src/services/recommend/recommend.service.js';

const [rounds = 9, requests = 120] = process.argv.slice(2).map(Number);
const AT_ONCE = 8;
/** Time after which the log has written everything. */
const SETTLED_MS = 1_000;
const TEXTS = [
  'red dress',
  'blue shirt',
  'black shoes',
  'summer skirt',
  'wool coat',
  'green shorts',
  'a hat',
  'grey trousers',
];
const ctx = { storeId: DEFAULT_STORE_ID };

const dataDir = await mkdtemp(join(tmpdir(), 'fitroom-log-'));
const config = { ...readConfig({ PORT: '0', FITROOM_EXECUTION: 'cpu' }), dataDir };
const app = await startApp({ config, logger: createLogger('warn') });
let requestNumber = 0;

/** Returns the CPU time of one request in ms. */
async function cost(service: RecommendService): Promise<number> {
  const before = process.cpuUsage();
  const request = async (): Promise<void> => {
    // a new text each time, because the server caches the encoding of known texts
    const text = `${TEXTS[requestNumber % TEXTS.length]} ${requestNumber++}`;
    await service.page(ctx, await service.recommend(ctx, { text }, 12), { first: 12 });
  };
  for (let done = 0; done < requests; done += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, request));
  await sleep(SETTLED_MS);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / requests;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const { recommend, unloggedRecommend } = app.own;
await cost(recommend);
await cost(unloggedRecommend);
const pairs: { logged: number; unlogged: number }[] = [];
for (let round = 0; round < rounds; round++) {
  // the order alternates, so that a machine that slows down favors neither
  const first = await cost(round % 2 ? unloggedRecommend : recommend);
  const second = await cost(round % 2 ? recommend : unloggedRecommend);
  pairs.push(round % 2 ? { logged: second, unlogged: first } : { logged: first, unlogged: second });
}
const ratio = median(pairs.map(({ logged, unlogged }) => logged / unlogged));
console.log(
  `${rounds} rounds of ${requests} requests: ${median(pairs.map(({ logged }) => logged)).toFixed(2)} ms of processor time with the log,`,
  `${median(pairs.map(({ unlogged }) => unlogged)).toFixed(2)} ms without; ratio ${ratio.toFixed(3)}`,
  `(${pairs.map(({ logged, unlogged }) => (logged / unlogged).toFixed(3)).join(' ')})`,
);
await app.close();
await rm(dataDir, { recursive: true, force: true });
