// Many writers of the same garments: each waits for its turn, and none is refused.
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { randomNumbers, row, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const CLIENTS = 8;
const ROUNDS = 5;
const skus = Array.from({ length: 100 }, (_, i) => `sku ${i}`);

const testDatabase = withDatabase();

function shuffled(random: () => number): string[] {
  return skus
    .map((sku) => ({ sku, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ sku }) => sku);
}

it('eight clients upsert the same 100 SKUs in random order while one client deletes, without a deadlock', async () => {
  const garments = new GarmentRepository(testDatabase.database);
  const client = async (name: number): Promise<void> => {
    const random = randomNumbers(name);
    for (let round = 0; round < ROUNDS; round++) {
      const order = shuffled(random);
      const saved = await garments.saveGarments(
        STORE,
        order.map((sku) => row({ sku, title: `by ${name}` })),
      );
      expect(saved.map(({ garment }) => garment.sku)).toEqual(order);
    }
  };
  const deleter = async (): Promise<void> => {
    const random = randomNumbers(99);
    for (let round = 0; round < ROUNDS; round++) await garments.deleteBySkus(STORE, shuffled(random).slice(0, 50));
  };
  await Promise.all([...Array.from({ length: CLIENTS }, (_, i) => client(i)), deleter()]);
  await garments.saveGarments(
    STORE,
    skus.map((sku) => row({ sku })),
  );
  expect((await garments.browse(STORE, { first: 1 })).totalCount).toBe(100);
}, 120_000);
