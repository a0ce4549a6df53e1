// fitroom behind PgBouncer in transaction mode.
// Each transaction may use another connection of the server.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startApp, type App } from '../../src/bootstrap/server.js';
import { withinRequest } from '../../src/request.scope.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { hasVectorIndex } from '../../src/store/vector.index.js';
import { encodeScene, paintScene } from '../support/picture.js';
import { pgbouncerBinary, startPgbouncer } from '../support/pgbouncer.js';
import { postgresBinaries, startPostgres, type PostgresServer } from '../support/postgres.server.js';
import { SETTINGS, SILENT } from '../support/started.seed.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const bin = postgresBinaries();
const pgbouncer = pgbouncerBinary();
if (!bin || !pgbouncer)
  console.warn('skipped: this machine lacks PostgreSQL with pgvector or PgBouncer (apt-get install pgbouncer)');

interface GraphqlResponse<Data> {
  data: Data;
  errors?: { extensions: { code: string } }[];
}

(bin && pgbouncer ? describe : describe.skip)('a server behind PgBouncer', () => {
  let server: PostgresServer;
  let bouncer: { url: string; stop: () => Promise<void> };
  let direct: pg.Client;
  let apps: App[];
  beforeAll(async () => {
    server = await startPostgres(bin!);
    bouncer = await startPgbouncer(pgbouncer!, server.url);
    direct = new pg.Client({ connectionString: server.url });
    await direct.connect();
    const config = {
      ...SETTINGS,
      bundleDir: TINY_BUNDLE,
      sampleCatalog: false,
      databaseUrl: bouncer.url,
      databasePoolSize: 4,
    };
    // Two processes start at once and migrate the empty database one after the other.
    apps = await Promise.all([1, 2].map(() => startApp({ config, logger: SILENT })));
  }, 180_000);
  afterAll(async () => {
    await Promise.all((apps ?? []).map((app) => app.close()));
    await direct?.end();
    await bouncer?.stop();
    await server?.remove();
  }, 60_000);

  async function send<Data>(query: string, variables: object = {}, app = apps[0]!): Promise<GraphqlResponse<Data>> {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphqlResponse<Data>;
  }

  const countOf = async (sql: string, values: unknown[] = []): Promise<number> =>
    Number((await direct.query<{ n: string }>(sql, values)).rows[0]!.n);

  it('starts, migrates once and leaves no lock or setting in connections of the server', async () => {
    expect(await countOf('select count(*) - count(distinct name) as n from schema_migrations')).toBe(0);
    expect(await countOf("select count(*) as n from pg_locks where locktype = 'advisory'")).toBe(0);
    const client = new pg.Client({ connectionString: bouncer.url });
    await client.connect();
    const settings = await Promise.all(
      Array.from({ length: 12 }, () =>
        client.query("select current_setting('statement_timeout') as t, current_setting('role') as r"),
      ),
    );
    await client.end();
    expect([...new Set(settings.map(({ rows }) => JSON.stringify(rows[0])))]).toEqual(['{"t":"0","r":"none"}']);
  });

  it('builds the vector index once, even when two processes build it at once', async () => {
    const building = apps.map((app) => new EmbeddingRepository(app.database).ensureIndex('another@1', 8));
    await Promise.all(building);
    // The second process did not wait, so this call makes sure that the index is there.
    await new EmbeddingRepository(apps[0]!.database).ensureIndex('another@1', 8);
    expect(await hasVectorIndex(apps[0]!.database, 'another@1', 8)).toBe(true);
    expect(await countOf("select count(*) as n from pg_locks where locktype = 'advisory'")).toBe(0);
  }, 60_000);

  it('stores garments, recommends, separates stores and repeats a keyed call from either process', async () => {
    const base64 = (await encodeScene(paintScene(), 'png')).toString('base64');
    const upsert = `mutation ($key: String!, $garments: [GarmentInput!]!) {
      upsertGarments(garments: $garments, idempotencyKey: $key) { created updated userErrors { code } }
    }`;
    const garments = Array.from({ length: 20 }, (_, i) => ({
      sku: `B-${i}`,
      title: `red dress ${i}`,
      image: { base64 },
    }));
    const [first, second] = await Promise.all(apps.map((app) => send<object>(upsert, { key: 'once', garments }, app)));
    expect(first).toEqual(second);
    expect(first!.data).toEqual({ upsertGarments: { created: 20, updated: 0, userErrors: [] } });
    const recommend =
      '{ recommendOutfit(input: { text: "red dress" }) { garments(first: 5) { edges { node { sku } } } } }';
    const responses = await Promise.all(Array.from({ length: 60 }, (_, i) => send<object>(recommend, {}, apps[i % 2])));
    expect(responses.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const rows = await apps[0]!.database.within({ storeId: 'elsewhere' }).query('select sku from garments');
    expect(rows).toEqual([]);
  }, 60_000);

  it('runs jobs: one of the processes reads and stores an import', async () => {
    const begin = `mutation ($url: String!) { importCatalog(input: { url: $url }) { catalogImport { id } } }`;
    const { data } = await send<{ importCatalog: { catalogImport: { id: string } } }>(begin, {
      url: 'http://127.0.0.1/feed.csv',
    });
    const state = `query ($id: ID!) { catalogImport(id: $id) { state } }`;
    let lastState = '';
    for (let tries = 0; lastState !== 'FAILED' && tries < 150; tries++) {
      const response = await send<{ catalogImport: { state: string } }>(state, {
        id: data.importCatalog.catalogImport.id,
      });
      lastState = response.data.catalogImport.state;
      await sleep(200);
    }
    // The job refuses a private address. FAILED therefore shows that the job has run.
    expect(lastState).toBe('FAILED');
  }, 60_000);

  it('cancels the statement of a client that has disconnected', async () => {
    const running = () =>
      countOf(
        "select count(*) as n from pg_stat_activity where query like '%pg_sleep(13)%' and pid <> pg_backend_pid() and state = 'active'",
      );
    const client = new AbortController();
    const read = withinRequest(client.signal, () => apps[0]!.database.query('select pg_sleep(13)')).catch(
      (error: Error) => error,
    );
    for (let tries = 0; (await running()) === 0 && tries < 200; tries++) await sleep(50);
    client.abort();
    expect(await read).toMatchObject({ code: 'REQUEST_ABANDONED' });
    for (let tries = 0; (await running()) > 0 && tries < 200; tries++) await sleep(50);
    expect(await running()).toBe(0);
  }, 30_000);
});
