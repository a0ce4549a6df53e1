// Deleting a store, in the midst of its own import: nothing is left of it in any table, whatever tables there are by now, and
// a store with equal data stays as it was.
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../src/cli/api.client.js';
import { createLogger } from '../../src/observability/logger.js';
import { withApp, type Asker } from '../support/app.js';
import { goldenHistoryOf } from '../support/golden.history.js';
import { catalogLines } from '../support/import.catalog.js';
import { drawnInputs } from '../support/model.switch.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const DOOMED = 'doomed';
const TWIN = 'twin';
const log: string[] = [];
const logger = createLogger('warn', { write: (line: string) => void log.push(line) });
const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE }, logger });

const at = (store: string): Asker => ({ store });
const DELETE = 'mutation ($id: String!) { deleteStore(id: $id) { deleted userErrors { field code } } }';
const CREATE = 'mutation ($id: String!) { createStore(id: $id, name: "Shop") { userErrors { code } } }';
const deletion = async (id: string) => (await server.data<{ deleteStore: object }>(DELETE, { id })).deleteStore;

async function fill(store: string): Promise<void> {
  await server.data(CREATE, { id: store });
  const asks: [string, object?][] = [
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
  for (const [query, variables] of asks) await server.data(query, variables as Record<string, unknown>, at(store));
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

/** @returns the import's id */
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

/** How many garments of an import are stored; null where there is no such import. */
async function stored(store: string, id: string): Promise<number | null> {
  const { catalogImport } = await server.data<{ catalogImport: { succeeded: number } | null }>(
    'query ($id: ID!) { catalogImport(id: $id) { succeeded } }',
    { id },
    at(store),
  );
  return catalogImport && catalogImport.succeeded;
}

/** By table, how many rows of a store there are and a digest of them; tables without any are left out. */
async function rowsOf(store: string): Promise<Record<string, string>> {
  const { database } = server.app;
  const tables = await database.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = current_schema() and column_name = 'store_id' order by table_name`,
  );
  const found: [string, string][] = [];
  for (const { name } of tables) {
    const [row] = await database.query<{ digest: string | null }>(
      `select count(*) || ' ' || md5(string_agg(t::text, ',' order by t::text)) as digest from ${name} t where store_id = $1`,
      [store],
    );
    if (row!.digest !== null) found.push([name, row!.digest]);
  }
  const jobs = await database.query(
    `select id from pgboss.job where data ->> 'storeId' = $1 union all select id from pgboss.archive where data ->> 'storeId' = $1`,
    [store],
  );
  return Object.fromEntries(jobs.length === 0 ? found : [...found, ['jobs', String(jobs.length)]]);
}

beforeAll(async () => {
  for (const store of [DOOMED, TWIN]) await fill(store);
  const id = await beginImport(TWIN, 120);
  while ((await stored(TWIN, id))! < 120) await sleep(100);
  // or the job that does it would change its rows in the midst of a test
  await server.app.own.map.keepUp({ storeId: TWIN });
}, 60_000);

it('leaves nothing of it in any table, and every row of a store with equal data', async () => {
  // what the other one's import left when it ended
  await goldenHistoryOf(server).run({ storeId: DOOMED }, 'DAILY');
  const id = await beginImport(DOOMED, 1_500);
  while ((await stored(DOOMED, id))! === 0) await sleep(20);
  const [before, twin] = [await rowsOf(DOOMED), await rowsOf(TWIN)];
  expect(Object.keys(before)).toEqual(expect.arrayContaining(Object.keys(twin)));
  expect(before).toHaveProperty('import_rows');
  expect(before).toHaveProperty('jobs');
  expect(before).toHaveProperty('garment_positions');

  expect(await deletion(DOOMED)).toEqual({ deleted: true, userErrors: [] });
  expect(await rowsOf(DOOMED)).toEqual({});
  // a batch that was under way would be stored by now, and a process believes for 2 s that a store is there
  await sleep(2_200);
  expect(await rowsOf(DOOMED)).toEqual({});
  expect(await rowsOf(TWIN)).toEqual(twin);
  expect(log).toEqual([]);
  expect(await server.ask('{ model { id } }', {}, at(DOOMED))).toMatchObject({
    errors: [{ extensions: { code: 'STORE_UNKNOWN' } }],
  });
}, 60_000);

it('lets another store have its name, which begins empty', async () => {
  await server.data(CREATE, { id: DOOMED });
  const { garments } = await server.data<{ garments: { totalCount: number } }>(
    '{ garments { totalCount } }',
    {},
    at(DOOMED),
  );
  expect(garments.totalCount).toBe(0);
});

it('is refused for the default store, and for one that is not there', async () => {
  for (const [id, code] of [
    ['default', 'STORE_IS_DEFAULT'],
    ['nowhere', 'STORE_UNKNOWN'],
    ["x' or true --", 'STORE_UNKNOWN'],
  ] as const)
    expect(await deletion(id)).toEqual({ deleted: false, userErrors: [{ field: ['id'], code }] });
  expect(await rowsOf('default')).toHaveProperty('stores');
});

it('reaches every table: each that has a store hangs on it, or on a table that does', async () => {
  const loose = await server.app.database.query(
    `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'store_id'
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'stores'
       and not exists (
         select from pg_constraint k
         where k.conrelid = c.oid and k.contype = 'f' and k.confdeltype = 'c' and k.conkey[1] = a.attnum)`,
  );
  expect(loose).toEqual([]);
});
