// Many writers of the same garments at the same time as many readers.
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { inBackground } from '../../src/request.scope.js';
import { row, STORE } from '../support/catalog.rows.js';
import { SERVER_URL, withDatabase } from '../support/database.js';

const testDatabase = withDatabase();

it('the database serves 100 reads, 6 jobs and 12 upserts of the same 50 SKUs at once without a failure', async () => {
  const garments = new GarmentRepository(testDatabase.database);
  const skus = Array.from({ length: 50 }, (_, i) => `sku ${i}`);
  const upserts = Array.from({ length: 12 }, (_, n) =>
    garments.saveGarments(
      STORE,
      skus.map((sku) => row({ sku, title: `by ${n}` })),
    ),
  );
  const jobs = Array.from({ length: 6 }, () => inBackground(() => garments.browse(STORE, { first: 10 })));
  const reads = Array.from({ length: 100 }, () => garments.browse(STORE, { first: 10 }));
  const outcomes = await Promise.allSettled<unknown>([...upserts, ...jobs, ...reads]);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
  expect((await garments.browse(STORE, { first: 1 })).totalCount).toBe(50);
}, 60_000);

const onServer = SERVER_URL ? it : it.skip;

onServer('reads do not wait while ten writers wait for one row (skipped without DATABASE_URL)', async () => {
  const { database } = testDatabase;
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const touch = "update stores set name = name where store_id = 'default'";
  let isLocked = (): void => {};
  const locked = new Promise<void>((resolve) => (isLocked = resolve));
  const first = database.transaction(async (query) => {
    await query(touch);
    isLocked();
    await released;
  });
  await locked;
  const waiting = Array.from({ length: 10 }, () => database.query(touch));
  const started = performance.now();
  await Promise.all(Array.from({ length: 50 }, () => database.query('select 1')));
  expect(performance.now() - started).toBeLessThan(3_000);
  release();
  await Promise.all([first, ...waiting]);
});
