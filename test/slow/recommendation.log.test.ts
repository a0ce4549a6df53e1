// The recommendation log with a slow, unavailable or refusing database.
// Memory stays bounded, no request waits or fails, and every dropped entry is counted.
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecommendationRecord } from '../../src/domain/recommend/recommendation.log.js';
import { FitroomError } from '../../src/errors.js';
import { MEMORY_BOUNDS } from '../../src/memory/bounds.js';
import { memoryInUse } from '../../src/memory/memory.budget.js';
import { RecommendationLog } from '../../src/services/recommend/recommendation.log.js';
import type { RecommendationToLog } from '../../src/store/recommendation.repository.js';
import { createLogger } from '../../src/observability/logger.js';

const MOST_WAITING = MEMORY_BOUNDS.answerLog.entries;
const ctx = { storeId: 'default' };
const record = (id: number, fields: Partial<RecommendationRecord> = {}): RecommendationRecord =>
  ({ id: String(id), shopper: null, text: 'a dress', avoid: null, variants: [], ...fields }) as RecommendationRecord;
const unavailable = new FitroomError('SERVICE_UNAVAILABLE');

function createLog(keep: (rows: readonly RecommendationToLog[]) => Promise<void>) {
  const logLines: string[] = [];
  let dropped = 0;
  const log = new RecommendationLog({
    recommendations: { keep: (_, rows) => keep(rows), keepLooks: () => Promise.resolve() },
    shoppers: { hash: (_, shopper) => Promise.resolve(`hash of ${shopper}`) },
    logger: createLogger('warn', { write: (line: string) => void logLines.push(line) }),
    onDropped: (entries) => (dropped += entries),
  });
  return { log, logLines, dropped: () => dropped };
}

it('runs one write at a time and bounds the waiting entries', async () => {
  let writes = 0;
  let most = 0;
  const { log, dropped, logLines } = createLog(async (rows) => {
    writes++;
    most = Math.max(most, rows.length);
    await new Promise<never>(() => {});
  });
  for (let id = 0; id < 50; id++) log.recordRecommendation(ctx, record(id));
  await sleep(700);
  for (let id = 50; id < MOST_WAITING + 500; id++) log.recordRecommendation(ctx, record(id));
  await sleep(700);
  expect({ writes, most }).toEqual({ writes: 1, most: 50 });
  expect(dropped()).toBe(500);
  expect(logLines).toHaveLength(1);
  const started = performance.now();
  await log.close();
  expect(performance.now() - started).toBeLessThan(6_000);
  expect(dropped()).toBe(MOST_WAITING + 500);
}, 15_000);

it('writes the waiting entries when the database is available again', async () => {
  let isUnavailable = true;
  const written: string[] = [];
  const { log, dropped, logLines } = createLog(async (rows) => {
    await sleep(1);
    if (isUnavailable) throw unavailable;
    written.push(...rows.map(({ id }) => id));
  });
  for (let id = 0; id < 250; id++) log.recordRecommendation(ctx, record(id));
  await sleep(600);
  isUnavailable = false;
  await log.close();
  expect(written).toEqual(Array.from({ length: 250 }, (_, id) => String(id)));
  expect(dropped()).toBe(0);
  expect(logLines).toEqual([]);
});

it('drops entries that the database refuses, for example of a deleted store, and writes the rest', async () => {
  const written: string[] = [];
  const { log, dropped } = createLog((rows) => {
    if (rows.some(({ id }) => id === '1')) return Promise.reject(new FitroomError('STORE_UNKNOWN'));
    written.push(...rows.map(({ id }) => id));
    return Promise.resolve();
  });
  log.recordRecommendation({ storeId: 'gone' }, record(1));
  log.recordRecommendation(ctx, record(2));
  await log.close();
  expect(written).toEqual(['2']);
  expect(dropped()).toBe(1);
});

it('removes the data of a shopper from waiting entries', async () => {
  const written: RecommendationToLog[] = [];
  const { log } = createLog((rows) => Promise.resolve(void written.push(...rows)));
  const variants = [{ experiment: 'e', variant: 'v' }];
  log.recordRecommendation(ctx, record(1, { shopper: 'ann', variants }));
  log.recordRecommendation(ctx, record(2, { shopper: 'bob', variants }));
  await log.forget(ctx, 'ann');
  await log.close();
  expect(written).toMatchObject([
    { id: '1', shopper: null, text: null, variants: [] },
    { id: '2', shopper: 'hash of bob', text: 'a dress', variants },
  ]);
});

it('writes an entry before feedback on it is recorded', async () => {
  const written: string[] = [];
  const { log } = createLog((rows) => Promise.resolve(void written.push(...rows.map(({ id }) => id))));
  log.recordRecommendation(ctx, record(7));
  await log.settled(['7']);
  expect(written).toEqual(['7']);
  await log.close();
});

it('stays within its memory bound while the database hangs, whatever is added to it', async () => {
  const { log, dropped } = createLog(() => new Promise<never>(() => {}));
  const before = memoryInUse()['answerLog']!;
  const most = MEMORY_BOUNDS.answerLog.bytes;
  const pageOf = (id: number) =>
    Array.from({ length: 100 }, (_, rank) => ({
      ranked: { rank },
      garment: { sku: 's'.repeat(200) },
      reasons: [`${id}`],
    }));
  for (let id = 0; id < 1_500; id++) {
    log.recordRecommendation(ctx, record(id, { text: 'x'.repeat(1_000) }));
    log.recordShown(String(id), pageOf(id) as never);
    log.recordOutfits(ctx, String(id), Array(10).fill(Array(6).fill('s'.repeat(200))) as string[][]);
    log.recordOutfits(ctx, `written ${id}`, Array(10).fill(Array(6).fill('s'.repeat(200))) as string[][]);
    expect(memoryInUse()['answerLog']).toBeLessThanOrEqual(before + most);
  }
  expect(memoryInUse()['answerLog']).toBeGreaterThan(before + 0.9 * most);
  expect(dropped()).toBeGreaterThan(500);
  // an entry larger than the whole bound
  log.recordRecommendation(ctx, record(9_999, { text: 'x'.repeat(most) }));
  expect(memoryInUse()['answerLog']).toBeLessThanOrEqual(before + most);
  await log.close();
}, 15_000);

it('releases the memory of every written entry', async () => {
  const before = memoryInUse()['answerLog']!;
  const { log } = createLog(() => Promise.resolve());
  for (let id = 0; id < 100; id++) {
    log.recordRecommendation(ctx, record(id));
    log.recordOutfits(ctx, String(id), [['a', 'b']]);
  }
  await log.close();
  log.recordOutfits(ctx, 'written', [['a', 'b']]);
  await log.settled([]);
  expect(memoryInUse()['answerLog']).toBe(before);
});
