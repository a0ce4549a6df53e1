// The recommendation log while its table is locked.
// The test needs its own PostgreSQL, because another client cannot lock a table of the embedded database.
import pg from 'pg';
import { startApp, type App } from '../../src/bootstrap/server.js';
import { readConfig } from '../../src/config.js';
import { createLogger } from '../../src/observability/logger.js';
import { drawnInputs } from '../support/model.switch.js';
import { postgresBinaries, startPostgres, type PostgresServer } from '../support/postgres.server.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const bin = postgresBinaries();
if (!bin) console.warn('skipped: this machine has no PostgreSQL with pgvector');
const onServer = bin ? describe : describe.skip;

onServer('a server whose recommendation log is locked', () => {
  let server: PostgresServer;
  let app: App;
  const unhandled: unknown[] = [];
  const recordRejection = (error: unknown): void => void unhandled.push(error);

  beforeAll(async () => {
    server = await startPostgres(bin!);
    app = await startApp({
      config: {
        ...readConfig({ PORT: '0', FITROOM_SAMPLE_CATALOG: 'off', FITROOM_EXECUTION: 'cpu', DATABASE_POOL_SIZE: '3' }),
        databaseUrl: server.url,
        bundleDir: TINY_BUNDLE,
      },
      logger: createLogger('silent'),
    });
    await call('mutation ($g: [GarmentInput!]!) { upsertGarments(garments: $g) { created } }', {
      g: await drawnInputs(5),
    });
    process.on('unhandledRejection', recordRejection);
  }, 120_000);
  afterAll(async () => {
    process.off('unhandledRejection', recordRejection);
    await app.close();
    await server.remove();
  });

  it('serves requests as fast as before and writes their recommendations afterwards', async () => {
    const before = await slowest(30);
    const locker = new pg.Client({ connectionString: server.url });
    await locker.connect();
    await locker.query('begin; lock table recommendations in access exclusive mode');
    const during = await slowest(30, 3_000);
    await locker.query('commit');
    await locker.end();
    // Statements that wait for the lock would take 3 s, until it is released.
    expect(during).toBeLessThan(Math.max(1_000, 10 * before));
    await app.close();
    expect(unhandled).toEqual([]);
    const reader = new pg.Client({ connectionString: server.url });
    await reader.connect();
    const { rows } = await reader.query<{ kept: number }>('select count(*)::int as kept from recommendations');
    await reader.end();
    expect(rows[0]!.kept).toBe(requestCount);
  }, 60_000);

  let requestCount = 0;

  async function call(query: string, variables = {}): Promise<void> {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as { errors?: unknown };
    if (body.errors) throw new Error(JSON.stringify(body.errors));
  }

  /** Returns the longest latency in ms over at least `requests` requests and `ms` milliseconds. */
  async function slowest(requests: number, ms = 0): Promise<number> {
    const started = performance.now();
    let longest = 0;
    for (let done = 0; done < requests || performance.now() - started < ms; done++) {
      const sentAt = performance.now();
      await call(
        `{ recommendOutfit(input: { text: "dress ${requestCount++}" }) { garments(first: 3) { nodes { sku } } } }`,
      );
      longest = Math.max(longest, performance.now() - sentAt);
    }
    return longest;
  }
});
