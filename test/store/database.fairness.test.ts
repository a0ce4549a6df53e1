// Many writers of the same garments beside many readers: nobody is refused, and readers need not wait for writers' row locks.
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { inBackground } from '../../src/request.scope.js';
import { row, STORE } from '../support/catalog.rows.js';
import { SERVER_URL, withDatabase } from '../support/database.js';

const home = withDatabase();

it('answers 100 reads and 12 upserts of the same 50 skus at once without losing any', async () => {
  const garments = new GarmentRepository(home.database);
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

onServer('reads while ten writers wait for one row (skipped without DATABASE_URL)', async () => {
  const { database } = home;
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const touch = "update stores set name = name where store_id = 'default'";
  let isLocked = (): void => {};
  const locked = new Promise<void>((resolve) => (isLocked = resolve));
  const first = database.transaction(async (query) => {
    await query(touch);
    isLocked();
    await held;
  });
  await locked;
  const waiting = Array.from({ length: 10 }, () => database.query(touch));
  const started = performance.now();
  await Promise.all(Array.from({ length: 50 }, () => database.query('select 1')));
  expect(performance.now() - started).toBeLessThan(3_000);
  release();
  await Promise.all([first, ...waiting]);
});
