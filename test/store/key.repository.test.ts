// Keys under row-level security: each store's own, and one row to whoever can name its hash.
import { v7 as uuid } from 'uuid';
import pg from 'pg';
import { openDatabase } from '../../src/store/database/database.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { KeyRepository } from '../../src/store/key.repository.js';
import { StoreRepository } from '../../src/store/store.repository.js';
import { OTHER_STORE, row, STORE } from '../support/catalog.rows.js';
import { createServerDatabase, SERVER_URL, withDatabase } from '../support/database.js';
import type { Database } from '../../src/store/database/database.types.js';

const home = withDatabase();
const NO_JOBS = { forgetStore: () => Promise.resolve() };
const hash = (digit: string): string => digit.repeat(64);
const key = (digit: string) => ({ id: uuid(), name: `key ${digit}`, role: 'MERCHANT' as const, hash: hash(digit) });
const mine = [key('1'), key('2')];
const theirs = key('3');
let keys: KeyRepository;

beforeAll(async () => {
  keys = new KeyRepository(home.database);
  await new StoreRepository(home.database, NO_JOBS).insert(OTHER_STORE.storeId, 'Other');
  for (const one of mine) await keys.insert(STORE, one);
  await keys.insert(OTHER_STORE, theirs);
});

it('finds a key by its hash in whatever store, and by nothing else', async () => {
  expect(await keys.findUsable(theirs.hash)).toEqual({ storeId: 'other', id: theirs.id, role: 'MERCHANT' });
  for (const unknown of [hash('4'), '', hash('3').slice(1), `${hash('3')}\n`])
    expect(await keys.findUsable(unknown)).toBeNull();
});

it('shows to whoever names a hash that one row, without any condition, and of the catalog nothing', async () => {
  const seen = home.database.withKey(theirs.hash);
  expect(await seen.query('select id from api_keys')).toEqual([{ id: theirs.id }]);
  expect(await home.database.withKey('').query('select id from api_keys')).toEqual([]);
  for (const table of ['stores', 'garments']) expect(await seen.query(`select store_id from ${table}`)).toEqual([]);
});

it('lets whoever names a hash change nothing of the key', async () => {
  const seen = home.database.withKey(theirs.hash);
  expect(await seen.query('update api_keys set revoked_at = now() returning id')).toEqual([]);
  expect(await keys.findUsable(theirs.hash)).not.toBeNull();
});

it('lists of a store its own keys, the newest first', async () => {
  expect((await keys.list(STORE)).map(({ id }) => id)).toEqual([mine[1]!.id, mine[0]!.id]);
  expect(await home.database.within(STORE).query('select id from api_keys')).toHaveLength(2);
  expect((await keys.list(OTHER_STORE)).map(({ name }) => name)).toEqual(['key 3']);
});

it.each([
  ['give a key another role', "update api_keys set role = 'ADMIN'"],
  ['move a key to another store', "update api_keys set store_id = 'other'"],
  ['put another hash in a key’s place', `update api_keys set key_hash = '${hash('5')}'`],
  ['delete a key', 'delete from api_keys'],
  ['make a store', "insert into stores (store_id, name) values ('third', 'Third')"],
])('lets no store %s', async (_what, statement) => {
  await expect(home.database.within(STORE).query(statement)).rejects.toThrow(/permission denied/);
});

it('lets no store make or revoke a key of another', async () => {
  const insert = `insert into api_keys (store_id, id, name, role, key_hash) values ('other', '${uuid()}', 'x', 'ADMIN', '${hash('6')}')`;
  await expect(home.database.within(STORE).query(insert)).rejects.toThrow(/row-level security/);
  expect(await keys.revoke(STORE, theirs.id)).toBe(false);
  expect(await keys.findUsable(theirs.hash)).not.toBeNull();
});

it('looks a key up by the index on hashes, however many there are', async () => {
  await home.database.query(
    `insert into api_keys (store_id, id, name, role, key_hash)
     select 'other', gen_random_uuid(), 'many', 'STOREFRONT', lpad(i::text, 64, 'a') from generate_series(1, 5000) i`,
  );
  await home.database.query('analyze api_keys');
  const plan = await home.database
    .withKey(hash('1'))
    .query<{ 'QUERY PLAN': string }>('explain select id from api_keys where key_hash = $1', [hash('1')]);
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index (Only )?Scan using api_keys_key_hash_key/);
});

it('notes the use of a key once a minute', async () => {
  const usedAt = async () => (await keys.list(STORE)).find(({ id }) => id === mine[0]!.id)!.lastUsedAt;
  expect(await usedAt()).toBeNull();
  await keys.findUsable(mine[0]!.hash);
  const first = await usedAt();
  expect(first).not.toBeNull();
  await keys.findUsable(mine[0]!.hash);
  expect(await usedAt()).toEqual(first);
  await home.database.query("update api_keys set last_used_at = now() - interval '61 seconds' where id = $1", [
    mine[0]!.id,
  ]);
  await keys.findUsable(mine[0]!.hash);
  expect((await usedAt())!.getTime()).toBeGreaterThanOrEqual(first!.getTime());
});

const onServer = SERVER_URL ? describe : describe.skip;
onServer('a database whose owner is no superuser', () => {
  const owner = `fitroom_owner_${process.pid}`;
  let database: Database | undefined;
  let drop: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    const made = await createServerDatabase(SERVER_URL!);
    drop = made.drop;
    const admin = new pg.Client({ connectionString: made.url });
    await admin.connect();
    await admin.query('create extension vector');
    await admin.query(`create role ${owner} login password 'owner' nosuperuser nobypassrls`);
    await admin.query(`grant fitroom_store to ${owner}`);
    await admin.query(`grant all on schema public to ${owner}`);
    await admin.query(`alter database ${new URL(made.url).pathname.slice(1)} owner to ${owner}`);
    await admin.end();
    const url = new URL(made.url);
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

  it('makes, lists and finds stores and keys all the same', async () => {
    const stores = new StoreRepository(database!, NO_JOBS);
    expect(await stores.insert('third', 'Third')).toMatchObject({ id: 'third' });
    expect(await stores.insert('third', 'Again')).toBeNull();
    expect((await stores.list()).map(({ id }) => id)).toEqual(['default', 'third']);
    expect(await stores.exists({ storeId: 'third' })).toBe(true);
    const repository = new KeyRepository(database!);
    const made = key('7');
    await repository.insert({ storeId: 'third' }, made);
    expect(await repository.findUsable(made.hash)).toMatchObject({ storeId: 'third', id: made.id });
    expect(await repository.revoke({ storeId: 'third' }, made.id)).toBe(true);
    expect(await repository.findUsable(made.hash)).toBeNull();
  });

  it('deletes a store with what is in it all the same', async () => {
    const ctx = { storeId: 'third' };
    await new GarmentRepository(database!).saveGarments(ctx, [row({ sku: 'a', title: 'theirs' })]);
    expect(await new StoreRepository(database!, NO_JOBS).delete(ctx)).toBe(true);
    for (const table of ['garments', 'garment_images', 'garment_embeddings', 'api_keys'])
      expect(await database!.within(ctx).query(`select from ${table}`)).toEqual([]);
  });

  it('gives its owner, too, no store’s rows without a store', async () => {
    expect(await database!.query('select id from api_keys')).toEqual([]);
  });
});
