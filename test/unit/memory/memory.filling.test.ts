// Caches and queues filled far beyond their bounds.
import type { Caller } from '../../../src/domain/access/caller.js';
import { assessColors } from '../../../src/domain/outfit/color.harmony.rule.js';
import { memoized } from '../../../src/domain/outfit/slot.js';
import { PersistedQueries } from '../../../src/graphql/server/persisted.queries.js';
import { VectorCache } from '../../../src/inference/encoders.js';
import { createLogger } from '../../../src/observability/logger.js';
import { BoundedQueue } from '../../../src/memory/bounded.queue.js';
import { MEMORY_BOUNDS } from '../../../src/memory/bounds.js';
import { memoryInUse } from '../../../src/memory/memory.budget.js';
import { CatalogPictureFetcher } from '../../../src/pictures/fetch/catalog.picture.fetcher.js';
import { AccessService } from '../../../src/services/access/access.service.js';
import { RankLearningService } from '../../../src/services/recommend/rank.learning.service.js';
import { RecentQueries } from '../../../src/services/recommend/recent.queries.js';
import { StoreModels } from '../../../src/services/models/store.models.js';
import { ShopperKeys } from '../../../src/store/feedback.repository.js';

const MANY = 12_000;
const store = (i: number) => ({ storeId: `store-${i}-${'x'.repeat(40)}` });
const key = (i: number): string => `fr_storefront_${String(i).padStart(43, '0')}`;

async function each(times: number, work: (i: number) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < times; i++) await work(i);
}

/** Fails if a bound is exceeded, or if a filled cache or queue is not counted. */
function expectWithinBounds(...filled: (keyof typeof MEMORY_BOUNDS)[]): void {
  const held = memoryInUse();
  const exceeded = Object.entries(held).filter(([name, bytes]) => bytes > MEMORY_BOUNDS[name as 'vectors'].bytes);
  expect(exceeded).toEqual([]);
  for (const name of filled) expect(held[name]).toBeGreaterThan(0.3 * MEMORY_BOUNDS[name].bytes);
}

it('the caches of any number of keys and stores stay within their bounds', async () => {
  const usable = (id: string) => Promise.resolve({ id, role: 'STOREFRONT', storeId: id } as unknown as Caller);
  const access = new AccessService({
    keys: { findUsable: usable },
    stores: { exists: () => Promise.resolve(true) },
    adminKey: 'a key of the deployment',
  } as never);
  await each(MANY, (i) => access.identify(key(i), null));
  await each(MANY, (i) => access.identify('a key of the deployment', store(i).storeId));
  expectWithinBounds('keys', 'stores');
});

it('the caches of models, weights and keys of any number of stores stay within their bounds', async () => {
  const bundles = { ofStore: () => Promise.resolve({ serving: 'b'.repeat(100), beside: null }) };
  const models = new StoreModels({ registry: {} as never, bundles });
  const weights = { version: 1, weights: Array<number>(20).fill(1) };
  const learning = new RankLearningService({ inUse: () => Promise.resolve(weights) } as never);
  const database = { within: () => ({ batch: () => Promise.resolve([{ key: new Uint8Array(32) }]) }) };
  const shoppers = new ShopperKeys(database as never);
  await each(MANY, async (i) => {
    await models.bundlesOf(store(i));
    await learning.inUse(store(i), 'a-model@1');
    await shoppers.hash(store(i), 'ann');
  });
  expectWithinBounds('storeModels', 'lastStoreModels', 'learnedWeights', 'shopperKeys');
});

it('recent requests of any number of stores stay within their bound and free it once they are written', async () => {
  const requests = { keep: () => Promise.resolve() };
  const recent = new RecentQueries({ requests, logger: createLogger('silent') });
  for (let i = 0; i < MANY; i++) recent.note(store(i), `${i} ${'x'.repeat(150)}`);
  expectWithinBounds('recentRequests');
  await recent.close();
  expect(memoryInUse()['recentRequests']).toBe(0);
});

it('the vectors of long texts stay within their bound, over all models', async () => {
  const vector = new Float32Array(512);
  await Promise.all(
    [1, 2, 3].map((model) => {
      const cache = new VectorCache(512);
      return each(500, (i) => cache.getOrMake(`${model} ${i} ${'x'.repeat(3_000)}`, () => Promise.resolve(vector)));
    }),
  );
  expectWithinBounds('vectors');
});

it('the compatibility of any number of invented labels stays within its bound', () => {
  const assess = memoized(() => ({ score: 0.5, reason: null }));
  for (let i = 0; i < MANY; i++) {
    assess(`${i} ${'a'.repeat(90)}`, 'b');
    assessColors({ color: `${i} ${'c'.repeat(90)}` }, { color: 'red' });
  }
  expectWithinBounds('labelVerdicts');
});

it('the query texts of all roles stay within their bound', async () => {
  const roles = Array.from({ length: 5 }, () => new PersistedQueries());
  for (const role of roles) await each(300, (i) => role.set(String(i), 'x'.repeat(19_000) + i));
  expectWithinBounds('persistedQueries');
});

it('the policies of any number of picture hosts stay within their bound', async () => {
  const resolve = () => Promise.reject(new Error('no such host'));
  const fetcher = new CatalogPictureFetcher({ resolve, pace: { retries: 0 } });
  await each(2_500, (i) => fetcher.fetch(`http://host-${i}.test/a.jpg`, null).catch(() => undefined));
  expectWithinBounds('pictureHosts');
  expect(memoryInUse()['pictureFetches']).toBe(0);
});

it('a queue refuses work at its bound and accepts it again once there is room', async () => {
  const queue = new BoundedQueue({ ...MEMORY_BOUNDS.lookDrawings, entries: 3, bytes: 100 }, 1);
  let end: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (end = resolve));
  const accepted = [queue.run(40, () => held), queue.run(40, () => held)];
  await expect(queue.run(40, () => held)).rejects.toMatchObject({ code: 'SERVER_BUSY' });
  accepted.push(queue.run(10, () => held));
  await expect(queue.run(1, () => held)).rejects.toMatchObject({ code: 'SERVER_BUSY' });
  end();
  await Promise.all(accepted);
  await queue.run(100, () => Promise.resolve());
});
