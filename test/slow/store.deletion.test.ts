// Deletion of a store during its own import.
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../src/cli/api.client.js';
import { createLogger } from '../../src/observability/logger.js';
import { withApp, type Credentials } from '../support/app.js';
import { goldenHistoryOf } from '../support/golden.history.js';
import { catalogLines } from '../support/import.catalog.js';
import { drawnInputs } from '../support/model.switch.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const DOOMED = 'doomed';
const TWIN = 'twin';
const log: string[] = [];
const logger = createLogger('warn', { write: (line: string) => void log.push(line) });
const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE }, logger });

const credentialsOf = (store: string): Credentials => ({ store });
const DELETE = 'mutation ($id: String!) { deleteStore(id: $id) { deleted userErrors { field code } } }';
const CREATE = 'mutation ($id: String!) { createStore(id: $id, name: "Shop") { userErrors { code } } }';
const deletion = async (id: string) => (await server.data<{ deleteStore: object }>(DELETE, { id })).deleteStore;

async function fill(store: string): Promise<void> {
  await server.data(CREATE, { id: store });
  const operations: [string, object?][] = [
    [
      'mutation ($g: [GarmentInput!]!) { upsertGarments(garments: $g, idempotencyKey: "k") { created } }',
      { g: await drawnInputs(5) },
    ],
    ['mutation { createApiKey(role: MERCHANT, name: "feed") { id } }'],
    [
      'mutation { pinGoldenQuery(input: { name: "q", text: "dress", expectedSkus: ["FR-DR-001"] }) { goldenQuery { id } } }',
    ],
    [
      'mutation { saveMerchandisingRule(input: { name: "r", action: HIDE, skus: ["FR-DR-002"] }) { userErrors { code } } }',
    ],
  ];
  for (const [query, variables] of operations)
    await server.data(query, variables as Record<string, unknown>, credentialsOf(store));
  await server.app.own.map.keepUp({ storeId: store });
  await server.app.database.query(
    "insert into recent_requests (store_id, words, asked_at) values ($1, 'a red dress', now())",
    [store],
  );
  await server.app.database.query(
    `insert into reembeddings (store_id, id, bundle, model, from_bundle, from_model, state, phase)
     values ($1, gen_random_uuid(), 'a', 'a@1', 'b', 'b@1', 'SUCCEEDED', 'ENDED')`,
    [store],
  );
}

/** Starts an import and returns its id. */
async function beginImport(store: string, rows: number): Promise<string> {
  const call = {
    query: 'mutation ($input: CatalogImportInput!) { importCatalog(input: $input) { catalogImport { id } } }',
    variables: { input: { upload: null } },
  };
  const { importCatalog } = await new ApiClient(server.app.url, { store }).upload<{
    importCatalog: { catalogImport: { id: string } };
  }>(call, 'variables.input.upload', catalogLines(rows));
  return importCatalog.catalogImport.id;
}

/** Returns the number of stored garments of an import. Null if the import does not exist. */
async function importedCount(store: string, id: string): Promise<number | null> {
  const { catalogImport } = await server.data<{ catalogImport: { succeeded: number } | null }>(
    'query ($id: ID!) { catalogImport(id: $id) { succeeded } }',
    { id },
    credentialsOf(store),
  );
  return catalogImport && catalogImport.succeeded;
}

/** Returns the number of rows of a store and a digest of them, by table. Tables without rows are left out. */
async function rowsOf(store: string): Promise<Record<string, string>> {
  const { database } = server.app;
  const tables = await database.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = current_schema() and column_name = 'store_id' order by table_name`,
  );
  const digests: [string, string][] = [];
  for (const { name } of tables) {
    const [row] = await database.query<{ digest: string | null }>(
      `select count(*) || ' ' || md5(string_agg(t::text, ',' order by t::text)) as digest from ${name} t where store_id = $1`,
      [store],
    );
    if (row!.digest !== null) digests.push([name, row!.digest]);
  }
  const jobs = await database.query(
    `select id from pgboss.job where data ->> 'storeId' = $1 union all select id from pgboss.archive where data ->> 'storeId' = $1`,
    [store],
  );
  return Object.fromEntries(jobs.length === 0 ? digests : [...digests, ['jobs', String(jobs.length)]]);
}

beforeAll(async () => {
  for (const store of [DOOMED, TWIN]) await fill(store);
  const id = await beginImport(TWIN, 120);
  while ((await importedCount(TWIN, id))! < 120) await sleep(100);
  // Otherwise the background job would update the map of this store during a test.
  await server.app.own.map.keepUp({ storeId: TWIN });
}, 60_000);

it('deleteStore leaves no row of the store in any table, and every row of a store with equal data', async () => {
  // The import of the other store has recorded a golden run at its end.
  await goldenHistoryOf(server).run({ storeId: DOOMED }, 'DAILY');
  const id = await beginImport(DOOMED, 1_500);
  while ((await importedCount(DOOMED, id))! === 0) await sleep(20);
  const [before, twinRows] = [await rowsOf(DOOMED), await rowsOf(TWIN)];
  expect(Object.keys(before)).toEqual(expect.arrayContaining(Object.keys(twinRows)));
  expect(before).toHaveProperty('import_rows');
  expect(before).toHaveProperty('jobs');
  expect(before).toHaveProperty('garment_positions');

  expect(await deletion(DOOMED)).toEqual({ deleted: true, userErrors: [] });
  expect(await rowsOf(DOOMED)).toEqual({});
  // A batch in progress would be stored by now. A process also caches for 2 s that a store exists.
  await sleep(2_200);
  expect(await rowsOf(DOOMED)).toEqual({});
  expect(await rowsOf(TWIN)).toEqual(twinRows);
  expect(log).toEqual([]);
  expect(await server.ask('{ model { id } }', {}, credentialsOf(DOOMED))).toMatchObject({
    errors: [{ extensions: { code: 'STORE_UNKNOWN' } }],
  });
}, 60_000);

it("a deleted store's id can be reused, and the new store is empty", async () => {
  await server.data(CREATE, { id: DOOMED });
  const { garments } = await server.data<{ garments: { totalCount: number } }>(
    '{ garments { totalCount } }',
    {},
    credentialsOf(DOOMED),
  );
  expect(garments.totalCount).toBe(0);
});

it('deleteStore is refused for the default store and for an unknown store', async () => {
  for (const [id, code] of [
    ['default', 'STORE_IS_DEFAULT'],
    ['nowhere', 'STORE_UNKNOWN'],
    ["x' or true --", 'STORE_UNKNOWN'],
  ] as const)
    expect(await deletion(id)).toEqual({ deleted: false, userErrors: [{ field: ['id'], code }] });
  expect(await rowsOf('default')).toHaveProperty('stores');
});

it('every table with a store id has a cascading foreign key to the store, or to a table that has one', async () => {
  const tablesWithoutCascade = await server.app.database.query(
    `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'store_id'
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'stores'
       and not exists (
         select from pg_constraint k
         where k.conrelid = c.oid and k.contype = 'f' and k.confdeltype = 'c' and k.conkey[1] = a.attnum)`,
  );
  expect(tablesWithoutCascade).toEqual([]);
});
