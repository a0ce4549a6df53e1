// The log of answers beside a database that takes its time, is away, or refuses: memory stays bounded, nobody waits, nothing is
// thrown, and every answer that is not kept is counted.
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecommendationRecord } from '../../../../src/domain/recommend/recommendation.log.js';
import { FitroomError } from '../../../../src/errors.js';
import { MEMORY_BOUNDS } from '../../../../src/memory/bounds.js';
import { memoryInUse } from '../../../../src/memory/memory.budget.js';
import { RecommendationLog } from '../../../../src/services/recommend/recommendation.log.js';
import type { RecommendationToLog } from '../../../../src/store/recommendation.repository.js';
import { createLogger } from '../../../../src/observability/logger.js';

const MOST_WAITING = MEMORY_BOUNDS.answerLog.entries;
const ctx = { storeId: 'default' };
const record = (id: number, given: Partial<RecommendationRecord> = {}): RecommendationRecord =>
  ({ id: String(id), shopper: null, text: 'a dress', avoid: null, variants: [], ...given }) as RecommendationRecord;
const away = new FitroomError('SERVICE_UNAVAILABLE');

function logOver(keep: (answers: readonly RecommendationToLog[]) => Promise<void>) {
  const said: string[] = [];
  let dropped = 0;
  const log = new RecommendationLog({
    recommendations: { keep: (_, answers) => keep(answers), keepLooks: () => Promise.resolve() },
    shoppers: { hash: (_, shopper) => Promise.resolve(`hash of ${shopper}`) },
    logger: createLogger('warn', { write: (line: string) => void said.push(line) }),
    onDropped: (answers) => (dropped += answers),
  });
  return { log, said, dropped: () => dropped };
}

it('has one write under way, however long it takes, and no more than its bound in memory', async () => {
  let writes = 0;
  let most = 0;
  const { log, dropped, said } = logOver(async (answers) => {
    writes++;
    most = Math.max(most, answers.length);
    await new Promise<never>(() => {});
  });
  for (let id = 0; id < 50; id++) log.recordRecommendation(ctx, record(id));
  await sleep(700);
  for (let id = 50; id < MOST_WAITING + 500; id++) log.recordRecommendation(ctx, record(id));
  await sleep(700);
  expect({ writes, most }).toEqual({ writes: 1, most: 50 });
  expect(dropped()).toBe(500);
  expect(said).toHaveLength(1);
  const started = performance.now();
  await log.close();
  expect(performance.now() - started).toBeLessThan(6_000);
  expect(dropped()).toBe(MOST_WAITING + 500);
}, 15_000);

it('keeps what waited once a database that was away is back', async () => {
  let isAway = true;
  const kept: string[] = [];
  const { log, dropped, said } = logOver(async (answers) => {
    await sleep(1);
    if (isAway) throw away;
    kept.push(...answers.map(({ id }) => id));
  });
  for (let id = 0; id < 250; id++) log.recordRecommendation(ctx, record(id));
  await sleep(600);
  isAway = false;
  await log.close();
  expect(kept).toEqual(Array.from({ length: 250 }, (_, id) => String(id)));
  expect(dropped()).toBe(0);
  expect(said).toEqual([]);
});

it('lets go of what the database refuses, for example since its store is gone, and goes on with the rest', async () => {
  const kept: string[] = [];
  const { log, dropped } = logOver((answers) => {
    if (answers.some(({ id }) => id === '1')) return Promise.reject(new FitroomError('STORE_UNKNOWN'));
    kept.push(...answers.map(({ id }) => id));
    return Promise.resolve();
  });
  log.recordRecommendation({ storeId: 'gone' }, record(1));
  log.recordRecommendation(ctx, record(2));
  await log.close();
  expect(kept).toEqual(['2']);
  expect(dropped()).toBe(1);
});

it('hands on nothing of a shopper who is forgotten while their answer waits', async () => {
  const kept: RecommendationToLog[] = [];
  const { log } = logOver((answers) => Promise.resolve(void kept.push(...answers)));
  const variants = [{ experiment: 'e', variant: 'v' }];
  log.recordRecommendation(ctx, record(1, { shopper: 'ann', variants }));
  log.recordRecommendation(ctx, record(2, { shopper: 'bob', variants }));
  await log.forget(ctx, 'ann');
  await log.close();
  expect(kept).toMatchObject([
    { id: '1', shopper: null, text: null, variants: [] },
    { id: '2', shopper: 'hash of bob', text: 'a dress', variants },
  ]);
});

it('has an answer written before feedback on it is taken', async () => {
  const kept: string[] = [];
  const { log } = logOver((answers) => Promise.resolve(void kept.push(...answers.map(({ id }) => id))));
  log.recordRecommendation(ctx, record(7));
  await log.settled(['7']);
  expect(kept).toEqual(['7']);
  await log.close();
});

it('stays within its bytes while the database hangs, with long texts, pages, looks, and looks that come late', async () => {
  const { log, dropped } = logOver(() => new Promise<never>(() => {}));
  const before = memoryInUse()['answerLog']!;
  const most = MEMORY_BOUNDS.answerLog.bytes;
  const rows = (id: number) =>
    Array.from({ length: 100 }, (_, rank) => ({
      ranked: { rank },
      garment: { sku: 's'.repeat(200) },
      reasons: [`${id}`],
    }));
  for (let id = 0; id < 1_500; id++) {
    log.recordRecommendation(ctx, record(id, { text: 'x'.repeat(1_000) }));
    log.recordShown(String(id), rows(id) as never);
    log.looksShown(ctx, String(id), Array(10).fill(Array(6).fill('s'.repeat(200))) as string[][]);
    log.looksShown(ctx, `written ${id}`, Array(10).fill(Array(6).fill('s'.repeat(200))) as string[][]);
    expect(memoryInUse()['answerLog']).toBeLessThanOrEqual(before + most);
  }
  expect(memoryInUse()['answerLog']).toBeGreaterThan(before + 0.9 * most);
  expect(dropped()).toBeGreaterThan(500);
  // one that is larger than all of it
  log.recordRecommendation(ctx, record(9_999, { text: 'x'.repeat(most) }));
  expect(memoryInUse()['answerLog']).toBeLessThanOrEqual(before + most);
  await log.close();
}, 15_000);

it('gives the room of every answer back once it is written', async () => {
  const before = memoryInUse()['answerLog']!;
  const { log } = logOver(() => Promise.resolve());
  for (let id = 0; id < 100; id++) {
    log.recordRecommendation(ctx, record(id));
    log.looksShown(ctx, String(id), [['a', 'b']]);
  }
  await log.close();
  log.looksShown(ctx, 'written', [['a', 'b']]);
  await log.settled([]);
  expect(memoryInUse()['answerLog']).toBe(before);
});
