// A PostgreSQL whose processes are all stopped: connections stay open, and nothing answers.
import { setTimeout as sleep } from 'node:timers/promises';
import { inBackground } from '../../src/request.scope.js';
import { openDatabase } from '../../src/store/database/database.js';
import { postgresBinaries, startPostgres, type PostgresServer } from '../support/postgres.server.js';
import type { Database } from '../../src/store/database/database.types.js';

const bin = postgresBinaries();
if (!bin) console.warn('skipped: this machine has no PostgreSQL with pgvector to stop');
const POOL = 4;

interface Outcome {
  code: string | undefined;
  ms: number;
}

async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  const started = performance.now();
  const error = await work.then(
    () => undefined,
    (failure: { code?: string }) => failure,
  );
  return { code: error?.code, ms: performance.now() - started };
}

(bin ? describe : describe.skip)('a PostgreSQL that hangs', () => {
  let server: PostgresServer;
  let database: Database;
  beforeAll(async () => {
    server = await startPostgres(bin!);
    database = await openDatabase({ databaseUrl: server.url, databasePoolSize: POOL, dataDir: '' });
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await server.remove();
  }, 60_000);

  /** Every way to the database, more of them than there are connections. */
  function requests(): Promise<unknown>[] {
    const works = [
      () => database.query('select 1'),
      () => database.within({ storeId: 'default' }).query('select 1'),
      () => database.batch([{ text: 'select 1' }, { text: 'select 2' }]),
      () => database.transaction((query) => query('select 1')),
    ];
    return Array.from({ length: 5 }, () => works.map((work) => work())).flat();
  }

  it('fails every request with SERVICE_UNAVAILABLE within 5 s and answers the first one after it goes on', async () => {
    await Promise.all(requests());
    let isInside = (): void => {};
    const inside = new Promise<void>((resolve) => (isInside = resolve));
    let goOn = (): void => {};
    const wait = new Promise<void>((resolve) => (goOn = resolve));
    const transaction = database.transaction(async (query) => {
      await query('select 1');
      isInside();
      await wait;
      await query('select 2');
    });
    await inside;
    const job = inBackground(() => database.query('select pg_sleep(0.5)'));
    await sleep(50);
    await server.pause();
    const stopped = performance.now();
    try {
      goOn();
      const begun = outcomeOf(transaction);
      const waves: Promise<Outcome>[] = [];
      while (performance.now() - stopped < 15_000) {
        waves.push(...requests().map(outcomeOf));
        await sleep(1_500);
      }
      const outcomes = [await begun, ...(await Promise.all(waves))];
      expect([...new Set(outcomes.map(({ code }) => code))]).toEqual(['SERVICE_UNAVAILABLE']);
      expect(Math.max(...outcomes.map(({ ms }) => ms))).toBeLessThan(5_000);
      // those that come later need not find out again
      await sleep(Math.max(0, 20_000 - (performance.now() - stopped)));
    } finally {
      await server.resume();
    }
    const first = await outcomeOf(database.query('select 1'));
    expect(first.code).toBeUndefined();
    expect(first.ms).toBeLessThan(3_000);
    // a job is patient: what it had begun has its answer
    expect(await job).toEqual([{ pg_sleep: '' }]);
    await Promise.all(requests());
    // stuck connections were closed and not kept
    expect(database.connections).toMatchObject({ waitingCount: 0 });
    expect(database.connections.totalCount).toBeLessThanOrEqual(POOL);
    expect(database.connections.idleCount).toBe(database.connections.totalCount);
  }, 90_000);

  it('takes a slow statement for slow and not for hanging', async () => {
    const [row] = await database.query('select pg_sleep(6)');
    expect(row).toEqual({ pg_sleep: '' });
  }, 30_000);

  it('ends a statement of a request after 15 s as DATABASE_BUSY, and lets one of a job go on', async () => {
    const job = inBackground(() => database.query('select pg_sleep(16)'));
    const slow = await outcomeOf(database.query('select pg_sleep(60)'));
    expect(slow.code).toBe('DATABASE_BUSY');
    expect(slow.ms).toBeLessThan(17_000);
    expect(await job).toEqual([{ pg_sleep: '' }]);
  }, 60_000);
});
