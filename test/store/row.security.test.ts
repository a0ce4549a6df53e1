// Row-level security by itself: statements that forget their store all the same get that store's rows and no others.
import type { StoreContext } from '../../src/domain/access/store.context.js';
import { databaseIn } from '../../src/store/database/database.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { IN_MEMORY, openEmbedded } from '../../src/store/database/embedded.database.js';
import { migrate } from '../../src/store/database/migrations.js';
import { OTHER_STORE, row, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const home = withDatabase(OTHER_STORE);
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
  const garments = new GarmentRepository(home.database);
  await garments.saveGarments(STORE, [row({ sku: 'a', title: 'mine' }), row({ sku: 'b', title: 'mine' })]);
  await garments.saveGarments(OTHER_STORE, [row({ sku: 'a', title: 'theirs' })]);
  for (const [store, key] of [
    [STORE, 'a'],
    [STORE, 'b'],
    [OTHER_STORE, 'a'],
  ] as const) {
    const insert = "insert into idempotency_keys (store_id, key, parameters_hash, answer) values ($1, $2, $3, '{}')";
    await home.database.within(store).query(insert, [store.storeId, key, 'f'.repeat(64)]);
    const pin = `insert into golden_queries (store_id, id, name, text, expected_skus, within)
      values ($1, gen_random_uuid(), $2, 'dress', '{a}', 10)`;
    await home.database.within(store).query(pin, [store.storeId, key]);
    const rule = `insert into merchandising_rules (store_id, id, name, action, skus, for_types, for_words)
      values ($1, gen_random_uuid(), $2, 'HIDE', '{a}', '{}', '{}')`;
    await home.database.within(store).query(rule, [store.storeId, key]);
    const answer = `insert into recommendations (store_id, id, at, had_image, diversity, model, status, understanding, vector,
        shown, latency_ms, stages)
      values ($1, gen_random_uuid(), now(), false, 0, $2, 'OK', '{}', '', '[]', 1, '{}') returning id`;
    const [{ id }] = (await home.database.within(store).query<{ id: string }>(answer, [store.storeId, key])) as [
      { id: string },
    ];
    const event = `insert into feedback (store_id, recommendation_id, sku, kind, shopper, at)
      values ($1, $2, $3, 'CLICK', '', now())`;
    await home.database.within(store).query(event, [store.storeId, id, key]);
    const map = `insert into catalog_maps (store_id, model, drawn_at, drawn) values ($1, $2, now(), 1)`;
    await home.database.within(store).query(map, [store.storeId, key]);
    const position = `insert into garment_positions (store_id, garment_id, model, x, y, features_hash, is_drawn)
      select store_id, garment_id, model, 0, 0, 0, true from garment_embeddings e
      where store_id = $1 and not exists (select from garment_positions p where p.garment_id = e.garment_id)`;
    await home.database.within(store).query(position, [store.storeId]);
  }
});

async function storesSeen(store: StoreContext, table: string): Promise<string[]> {
  const rows = await home.database
    .within(store)
    .query<{ store: string }>(`select distinct store_id as store from ${table} order by 1`);
  return rows.map((row) => row.store);
}

it.each(TABLES)('shows of %s only the rows of the store that asks, without any condition', async (table) => {
  const everything = await home.database.query(`select from ${table}`);
  expect(everything).toHaveLength(3);
  expect(await storesSeen(STORE, table)).toEqual(['default']);
  expect(await storesSeen(OTHER_STORE, table)).toEqual(['other']);
  expect(await storesSeen(NO_STORE, table)).toEqual([]);
});

it('changes and deletes nothing of another store', async () => {
  const mine = home.database.within(STORE);
  expect(await mine.query("update garments set title = 'taken' where sku = 'a' returning store_id")).toEqual([
    { store_id: 'default' },
  ]);
  expect(await mine.query("delete from garments where store_id = 'other' returning sku")).toEqual([]);
  const [theirs] = await home.database.query("select title from garments where store_id = 'other'");
  expect(theirs).toEqual({ title: 'theirs' });
});

it('lets no row in under another store’s name', async () => {
  const insert = "insert into garments (store_id, sku, title) values ('other', 'c', 'smuggled')";
  await expect(home.database.within(STORE).query(insert)).rejects.toThrow(/row-level security/);
  const move = "update garments set store_id = 'other' where sku = 'b'";
  await expect(home.database.within(STORE).query(move)).rejects.toThrow(/row-level security/);
});

it('lets a store read its own name only, and change no store', async () => {
  expect(await storesSeen(STORE, 'stores')).toEqual(['default']);
  await expect(home.database.within(STORE).query("update stores set name = 'x'")).rejects.toThrow(/permission denied/);
});

it('leaves no store behind on a connection whose transaction failed', async () => {
  const lite = await openEmbedded(IN_MEMORY);
  await migrate(lite.pool);
  const onlyOne = databaseIn(lite);
  try {
    await onlyOne.query("insert into garments (store_id, sku, title) values ('default', 'a', 'mine')");
    const failing = onlyOne.within(STORE).transaction(async (query) => {
      expect(await query('select sku from garments')).toHaveLength(1);
      throw new Error('half way');
    });
    await expect(failing).rejects.toThrow('half way');
    const [left] = await onlyOne.query(
      "select current_user = session_user as himself, nullif(current_setting('app.store', true), '') as store",
    );
    expect(left).toEqual({ himself: true, store: null });
    expect(await onlyOne.within(NO_STORE).query('select from garments')).toEqual([]);
  } finally {
    await onlyOne.close();
  }
}, 60_000);
