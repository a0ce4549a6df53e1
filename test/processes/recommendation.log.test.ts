// The log's table is locked while shoppers ask: nobody waits for it, and it is all there once the lock is gone. PostgreSQL of the
// test's own; the embedded database has one connection, which nobody else can hold.
import pg from 'pg';
import { startApp, type App } from '../../src/bootstrap/server.js';
import { readConfig } from '../../src/config.js';
import { createLogger } from '../../src/observability/logger.js';
import { drawnInputs } from '../support/model.switch.js';
import { postgresBinaries, startPostgres, type PostgresServer } from '../support/postgres.server.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const bin = postgresBinaries();
if (!bin) console.warn('skipped: this machine has no PostgreSQL with pgvector to lock a table of');
const onServer = bin ? describe : describe.skip;

onServer('with the log’s table locked', () => {
  let server: PostgresServer;
  let app: App;
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);

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
    process.on('unhandledRejection', note);
  }, 120_000);
  afterAll(async () => {
    process.off('unhandledRejection', note);
    await app.close();
    await server.remove();
  });

  it('requests go on as fast as before, and their answers are kept afterwards', async () => {
    const before = await slowest(30);
    const locker = new pg.Client({ connectionString: server.url });
    await locker.connect();
    await locker.query('begin; lock table recommendations in access exclusive mode');
    const during = await slowest(30, 3_000);
    await locker.query('commit');
    await locker.end();
    // statements that wait for the lock would take until it is gone: 3 s
    expect(during).toBeLessThan(Math.max(1_000, 10 * before));
    await app.close();
    expect(unhandled).toEqual([]);
    const reader = new pg.Client({ connectionString: server.url });
    await reader.connect();
    const { rows } = await reader.query<{ kept: number }>('select count(*)::int as kept from recommendations');
    await reader.end();
    expect(rows[0]!.kept).toBe(asked);
  }, 60_000);

  let asked = 0;

  async function call(query: string, variables = {}): Promise<void> {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { errors?: unknown };
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  }

  /** The longest that a request takes, over at least so many of them and so much time. */
  async function slowest(requests: number, ms = 0): Promise<number> {
    const started = performance.now();
    let most = 0;
    for (let done = 0; done < requests || performance.now() - started < ms; done++) {
      const at = performance.now();
      await call(`{ recommendOutfit(input: { text: "dress ${asked++}" }) { garments(first: 3) { nodes { sku } } } }`);
      most = Math.max(most, performance.now() - at);
    }
    return most;
  }
});
