// What keeping answers costs: the same requests answered with and without the log, in turns, in one process with the embedded
// database, so that its writing is part of the processor time that is compared.
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
/** After that the log has written what it was given. */
const SETTLED_MS = 1_000;
const WORDS = [
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
let asked = 0;

/** Processor time of one request in ms. */
async function cost(service: RecommendService): Promise<number> {
  const before = process.cpuUsage();
  const ask = async (): Promise<void> => {
    // words of their own each time: known ones need no encoding
    const text = `${WORDS[asked % WORDS.length]} ${asked++}`;
    await service.page(ctx, await service.recommend(ctx, { text }, 12), { first: 12 });
  };
  for (let done = 0; done < requests; done += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, ask));
  await sleep(SETTLED_MS);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / requests;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const { recommend, unloggedRecommend: trial } = app.own;
await cost(recommend);
await cost(trial);
const pairs: { kept: number; not: number }[] = [];
for (let round = 0; round < rounds; round++) {
  // who goes first changes, so that a machine that slows down favours neither
  const first = await cost(round % 2 ? trial : recommend);
  const second = await cost(round % 2 ? recommend : trial);
  pairs.push(round % 2 ? { kept: second, not: first } : { kept: first, not: second });
}
const ratio = median(pairs.map(({ kept, not }) => kept / not));
console.log(
  `${rounds} rounds of ${requests} requests: ${median(pairs.map(({ kept }) => kept)).toFixed(2)} ms of processor time kept,`,
  `${median(pairs.map(({ not }) => not)).toFixed(2)} ms not; ratio ${ratio.toFixed(3)}`,
  `(${pairs.map(({ kept, not }) => (kept / not).toFixed(3)).join(' ')})`,
);
await app.close();
await rm(dataDir, { recursive: true, force: true });
