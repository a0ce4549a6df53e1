// API keys under row-level security.
import { v7 as uuid } from 'uuid';
import pg from 'pg';
import { openDatabase } from '../../src/store/database/database.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { KeyRepository } from '../../src/store/key.repository.js';
import { StoreRepository } from '../../src/store/store.repository.js';
import { OTHER_STORE, row, STORE } from '../support/catalog.rows.js';
import { createServerDatabase, SERVER_URL, withDatabase } from '../support/database.js';
import type { Database } from '../../src/store/database/database.types.js';

const testDatabase = withDatabase();
const NO_JOBS = { forgetStore: () => Promise.resolve() };
const hash = (digit: string): string => digit.repeat(64);
const key = (digit: string) => ({ id: uuid(), name: `key ${digit}`, role: 'MERCHANT' as const, hash: hash(digit) });
const ownKeys = [key('1'), key('2')];
const otherKey = key('3');
let keys: KeyRepository;

beforeAll(async () => {
  keys = new KeyRepository(testDatabase.database);
  await new StoreRepository(testDatabase.database, NO_JOBS).insert(OTHER_STORE.storeId, 'Other');
  for (const ownKey of ownKeys) await keys.insert(STORE, ownKey);
  await keys.insert(OTHER_STORE, otherKey);
});

it('findUsable finds a key of any store by its hash only', async () => {
  expect(await keys.findUsable(otherKey.hash)).toEqual({ storeId: 'other', id: otherKey.id, role: 'MERCHANT' });
  for (const unknown of [hash('4'), '', hash('3').slice(1), `${hash('3')}\n`])
    expect(await keys.findUsable(unknown)).toBeNull();
});

it('a caller with a hash sees only that key, without any condition, and nothing of the catalog', async () => {
  const byHash = testDatabase.database.withKey(otherKey.hash);
  expect(await byHash.query('select id from api_keys')).toEqual([{ id: otherKey.id }]);
  expect(await testDatabase.database.withKey('').query('select id from api_keys')).toEqual([]);
  for (const table of ['stores', 'garments']) expect(await byHash.query(`select store_id from ${table}`)).toEqual([]);
});

it('a caller with a hash cannot change the key', async () => {
  const byHash = testDatabase.database.withKey(otherKey.hash);
  expect(await byHash.query('update api_keys set revoked_at = now() returning id')).toEqual([]);
  expect(await keys.findUsable(otherKey.hash)).not.toBeNull();
});

it("list returns a store's own keys, the newest first", async () => {
  expect((await keys.list(STORE)).map(({ id }) => id)).toEqual([ownKeys[1]!.id, ownKeys[0]!.id]);
  expect(await testDatabase.database.within(STORE).query('select id from api_keys')).toHaveLength(2);
  expect((await keys.list(OTHER_STORE)).map(({ name }) => name)).toEqual(['key 3']);
});

it.each([
  ['change the role of a key', "update api_keys set role = 'ADMIN'"],
  ['move a key to another store', "update api_keys set store_id = 'other'"],
  ['change the hash of a key', `update api_keys set key_hash = '${hash('5')}'`],
  ['delete a key', 'delete from api_keys'],
  ['create a store', "insert into stores (store_id, name) values ('third', 'Third')"],
])('a store may not %s', async (_what, statement) => {
  await expect(testDatabase.database.within(STORE).query(statement)).rejects.toThrow(/permission denied/);
});

it('a store may not create or revoke a key of another store', async () => {
  const insert = `insert into api_keys (store_id, id, name, role, key_hash) values ('other', '${uuid()}', 'x', 'ADMIN', '${hash('6')}')`;
  await expect(testDatabase.database.within(STORE).query(insert)).rejects.toThrow(/row-level security/);
  expect(await keys.revoke(STORE, otherKey.id)).toBe(false);
  expect(await keys.findUsable(otherKey.hash)).not.toBeNull();
});

it('a key is looked up with the index on hashes, even among many keys', async () => {
  await testDatabase.database.query(
    `insert into api_keys (store_id, id, name, role, key_hash)
     select 'other', gen_random_uuid(), 'many', 'STOREFRONT', lpad(i::text, 64, 'a') from generate_series(1, 5000) i`,
  );
  await testDatabase.database.query('analyze api_keys');
  const plan = await testDatabase.database
    .withKey(hash('1'))
    .query<{ 'QUERY PLAN': string }>('explain select id from api_keys where key_hash = $1', [hash('1')]);
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index (Only )?Scan using api_keys_key_hash_key/);
});

it('the use of a key is recorded at most once a minute', async () => {
  const usedAt = async () => (await keys.list(STORE)).find(({ id }) => id === ownKeys[0]!.id)!.lastUsedAt;
  expect(await usedAt()).toBeNull();
  await keys.findUsable(ownKeys[0]!.hash);
  const first = await usedAt();
  expect(first).not.toBeNull();
  await keys.findUsable(ownKeys[0]!.hash);
  expect(await usedAt()).toEqual(first);
  await testDatabase.database.query("update api_keys set last_used_at = now() - interval '61 seconds' where id = $1", [
    ownKeys[0]!.id,
  ]);
  await keys.findUsable(ownKeys[0]!.hash);
  expect((await usedAt())!.getTime()).toBeGreaterThanOrEqual(first!.getTime());
});

const onServer = SERVER_URL ? describe : describe.skip;
onServer('a database whose owner is not a superuser (skipped without DATABASE_URL)', () => {
  const owner = `fitroom_owner_${process.pid}`;
  let database: Database | undefined;
  let drop: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    const created = await createServerDatabase(SERVER_URL!);
    drop = created.drop;
    const admin = new pg.Client({ connectionString: created.url });
    await admin.connect();
    await admin.query('create extension vector');
    await admin.query(`create role ${owner} login password 'owner' nosuperuser nobypassrls`);
    await admin.query(`grant fitroom_store to ${owner}`);
    await admin.query(`grant all on schema public to ${owner}`);
    await admin.query(`alter database ${new URL(created.url).pathname.slice(1)} owner to ${owner}`);
    await admin.end();
    const url = new URL(created.url);
    url.username = owner;
    url.password = 'owner';
    database = await openDatabase({ databaseUrl: url.href, databasePoolSize: 2, dataDir: '' });
  });
  afterAll(async () => {
    await database?.close();
    await drop?.();
    const admin = new pg.Client({ connectionString: SERVER_URL });
    await admin.connect();
    await admin.query(`drop role if exists ${owner}`);
    await admin.end();
  });

  it('creates, lists and finds stores and keys', async () => {
    const stores = new StoreRepository(database!, NO_JOBS);
    expect(await stores.insert('third', 'Third')).toMatchObject({ id: 'third' });
    expect(await stores.insert('third', 'Again')).toBeNull();
    expect((await stores.list()).map(({ id }) => id)).toEqual(['default', 'third']);
    expect(await stores.exists({ storeId: 'third' })).toBe(true);
    const repository = new KeyRepository(database!);
    const newKey = key('7');
    await repository.insert({ storeId: 'third' }, newKey);
    expect(await repository.findUsable(newKey.hash)).toMatchObject({ storeId: 'third', id: newKey.id });
    expect(await repository.revoke({ storeId: 'third' }, newKey.id)).toBe(true);
    expect(await repository.findUsable(newKey.hash)).toBeNull();
  });

  it('deletes a store with its rows', async () => {
    const ctx = { storeId: 'third' };
    await new GarmentRepository(database!).saveGarments(ctx, [row({ sku: 'a', title: 'theirs' })]);
    expect(await new StoreRepository(database!, NO_JOBS).delete(ctx)).toBe(true);
    for (const table of ['garments', 'garment_images', 'garment_embeddings', 'api_keys'])
      expect(await database!.within(ctx).query(`select from ${table}`)).toEqual([]);
  });

  it('returns no rows without a store, even to its owner', async () => {
    expect(await database!.query('select id from api_keys')).toEqual([]);
  });
});
