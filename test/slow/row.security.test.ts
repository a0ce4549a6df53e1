// Row-level security for statements without a condition on the store.
import type { StoreContext } from '../../src/domain/access/store.context.js';
import { databaseIn } from '../../src/store/database/database.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { IN_MEMORY, openEmbedded } from '../../src/store/database/embedded.database.js';
import { migrate } from '../../src/store/database/migrations.js';
import { OTHER_STORE, row, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const testDatabase = withDatabase(OTHER_STORE);
const NO_STORE: StoreContext = { storeId: '' };
const TABLES = [
  'garments',
  'garment_images',
  'garment_embeddings',
  'idempotency_keys',
  'golden_queries',
  'merchandising_rules',
  'recommendations',
  'feedback',
  'catalog_maps',
  'garment_positions',
] as const;

beforeAll(async () => {
  const garments = new GarmentRepository(testDatabase.database);
  await garments.saveGarments(STORE, [row({ sku: 'a', title: 'mine' }), row({ sku: 'b', title: 'mine' })]);
  await garments.saveGarments(OTHER_STORE, [row({ sku: 'a', title: 'theirs' })]);
  for (const [store, key] of [
    [STORE, 'a'],
    [STORE, 'b'],
    [OTHER_STORE, 'a'],
  ] as const) {
    const insert = "insert into idempotency_keys (store_id, key, parameters_hash, answer) values ($1, $2, $3, '{}')";
    await testDatabase.database.within(store).query(insert, [store.storeId, key, 'f'.repeat(64)]);
    const pin = `insert into golden_queries (store_id, id, name, text, expected_skus, within)
      values ($1, gen_random_uuid(), $2, 'dress', '{a}', 10)`;
    await testDatabase.database.within(store).query(pin, [store.storeId, key]);
    const rule = `insert into merchandising_rules (store_id, id, name, action, skus, for_types, for_words)
      values ($1, gen_random_uuid(), $2, 'HIDE', '{a}', '{}', '{}')`;
    await testDatabase.database.within(store).query(rule, [store.storeId, key]);
    const recommendation = `insert into recommendations (store_id, id, at, had_image, diversity, model, status, understanding, vector,
        shown, latency_ms, stages)
      values ($1, gen_random_uuid(), now(), false, 0, $2, 'OK', '{}', '', '[]', 1, '{}') returning id`;
    const [{ id }] = (await testDatabase.database
      .within(store)
      .query<{ id: string }>(recommendation, [store.storeId, key])) as [{ id: string }];
    const event = `insert into feedback (store_id, recommendation_id, sku, kind, shopper, at)
      values ($1, $2, $3, 'CLICK', '', now())`;
    await testDatabase.database.within(store).query(event, [store.storeId, id, key]);
    const map = `insert into catalog_maps (store_id, model, drawn_at, drawn) values ($1, $2, now(), 1)`;
    await testDatabase.database.within(store).query(map, [store.storeId, key]);
    const position = `insert into garment_positions (store_id, garment_id, model, x, y, features_hash, is_drawn)
      select store_id, garment_id, model, 0, 0, 0, true from garment_embeddings e
      where store_id = $1 and not exists (select from garment_positions p where p.garment_id = e.garment_id)`;
    await testDatabase.database.within(store).query(position, [store.storeId]);
  }
});

async function visibleStores(store: StoreContext, table: string): Promise<string[]> {
  const rows = await testDatabase.database
    .within(store)
    .query<{ store: string }>(`select distinct store_id as store from ${table} order by 1`);
  return rows.map((row) => row.store);
}

it.each(TABLES)('a store sees only its own rows of %s, without any condition', async (table) => {
  const allRows = await testDatabase.database.query(`select from ${table}`);
  expect(allRows).toHaveLength(3);
  expect(await visibleStores(STORE, table)).toEqual(['default']);
  expect(await visibleStores(OTHER_STORE, table)).toEqual(['other']);
  expect(await visibleStores(NO_STORE, table)).toEqual([]);
});

it('a store cannot change or delete rows of another store', async () => {
  const ownDatabase = testDatabase.database.within(STORE);
  expect(await ownDatabase.query("update garments set title = 'taken' where sku = 'a' returning store_id")).toEqual([
    { store_id: 'default' },
  ]);
  expect(await ownDatabase.query("delete from garments where store_id = 'other' returning sku")).toEqual([]);
  const [otherRow] = await testDatabase.database.query("select title from garments where store_id = 'other'");
  expect(otherRow).toEqual({ title: 'theirs' });
});

it('a store cannot insert or move a row into another store', async () => {
  const insert = "insert into garments (store_id, sku, title) values ('other', 'c', 'smuggled')";
  await expect(testDatabase.database.within(STORE).query(insert)).rejects.toThrow(/row-level security/);
  const move = "update garments set store_id = 'other' where sku = 'b'";
  await expect(testDatabase.database.within(STORE).query(move)).rejects.toThrow(/row-level security/);
});

it('a store can read only its own name, and can change no store', async () => {
  expect(await visibleStores(STORE, 'stores')).toEqual(['default']);
  await expect(testDatabase.database.within(STORE).query("update stores set name = 'x'")).rejects.toThrow(
    /permission denied/,
  );
});

it('a failed transaction leaves no store set on its connection', async () => {
  const embedded = await openEmbedded(IN_MEMORY);
  await migrate(embedded.pool);
  const database = databaseIn(embedded);
  try {
    await database.query("insert into garments (store_id, sku, title) values ('default', 'a', 'mine')");
    const failing = database.within(STORE).transaction(async (query) => {
      expect(await query('select sku from garments')).toHaveLength(1);
      throw new Error('half way');
    });
    await expect(failing).rejects.toThrow('half way');
    const [settings] = await database.query(
      "select current_user = session_user as himself, nullif(current_setting('app.store', true), '') as store",
    );
    expect(settings).toEqual({ himself: true, store: null });
    expect(await database.within(NO_STORE).query('select from garments')).toEqual([]);
  } finally {
    await database.close();
  }
}, 60_000);
