// Garments that the database refuses, found one by one in a trial that stores nothing.
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { row, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const testDatabase = withDatabase();
let garments: GarmentRepository;

beforeAll(async () => {
  garments = new GarmentRepository(testDatabase.database);
  await testDatabase.database.query("alter table garments add constraint no_purple check (color <> 'purple')");
});
beforeEach(() => testDatabase.database.query('truncate garments cascade'));

const batchWith = (bad: readonly number[], facts: object): ReturnType<typeof row>[] =>
  Array.from({ length: 20 }, (_, i) => row({ sku: `sku-${20 - i}`, ...(bad.includes(i) ? facts : {}) }));

it.each([{ bad: [] }, { bad: [0] }, { bad: [7, 8, 19] }, { bad: Array.from({ length: 20 }, (_, i) => i) }])(
  'the trial of a batch reports the garments $bad that violate a constraint, and stores none of the others',
  async ({ bad }) => {
    const refused = await garments.refusedOf(STORE, batchWith(bad, { color: 'purple' }), { whole: true });
    expect(refused.map(({ index }) => index).sort((a, b) => a - b)).toEqual(bad);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: '23514', constraint: 'no_purple' });
    expect((await garments.browse(STORE, { first: 1 })).totalCount).toBe(0);
  },
);

it('the trial of a whole batch reports a garment whose features are not finite', async () => {
  const rows = batchWith([3], { text: new Float32Array(32).fill(NaN) });
  expect(await garments.refusedOf(STORE, rows, { whole: true })).toMatchObject([
    { index: 3, reason: expect.any(RangeError) as Error },
  ]);
});

it('the trial does not change stored garments', async () => {
  const [stored] = await garments.saveGarments(STORE, [row({ sku: 'sku-1', title: 'Before' })]);
  await garments.refusedOf(STORE, [row({ sku: 'sku-1', title: 'After' }), row({ sku: 'sku-2', color: 'purple' })], {
    whole: false,
  });
  expect(await garments.findBySkus(STORE, ['sku-1', 'sku-2'])).toEqual([stored!.garment]);
});

it('the trial throws an error that no garment caused', async () => {
  await expect(garments.refusedOf({ storeId: 'gone' }, [row({ sku: 'a' })], { whole: true })).rejects.toMatchObject({
    code: 'STORE_UNKNOWN',
  });
});
