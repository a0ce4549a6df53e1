// A PostgreSQL server whose processes are all stopped: connections stay open, and nothing responds.
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

(bin ? describe : describe.skip)('a database whose server hangs', () => {
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

  /** Returns requests of every kind, more of them than there are connections. */
  function requests(): Promise<unknown>[] {
    const operations = [
      () => database.query('select 1'),
      () => database.within({ storeId: 'default' }).query('select 1'),
      () => database.batch([{ text: 'select 1' }, { text: 'select 2' }]),
      () => database.transaction((query) => query('select 1')),
    ];
    return Array.from({ length: 5 }, () => operations.map((operation) => operation())).flat();
  }

  it('fails every request with SERVICE_UNAVAILABLE within 5 s, and serves the first one after the server resumes', async () => {
    await Promise.all(requests());
    let isInside = (): void => {};
    const inside = new Promise<void>((resolve) => (isInside = resolve));
    let continueTransaction = (): void => {};
    const wait = new Promise<void>((resolve) => (continueTransaction = resolve));
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
      continueTransaction();
      const transactionOutcome = outcomeOf(transaction);
      const waves: Promise<Outcome>[] = [];
      while (performance.now() - stopped < 15_000) {
        waves.push(...requests().map(outcomeOf));
        await sleep(1_500);
      }
      const outcomes = [await transactionOutcome, ...(await Promise.all(waves))];
      expect([...new Set(outcomes.map(({ code }) => code))]).toEqual(['SERVICE_UNAVAILABLE']);
      expect(Math.max(...outcomes.map(({ ms }) => ms))).toBeLessThan(5_000);
      // Later requests need not detect the hang again.
      await sleep(Math.max(0, 20_000 - (performance.now() - stopped)));
    } finally {
      await server.resume();
    }
    const first = await outcomeOf(database.query('select 1'));
    expect(first.code).toBeUndefined();
    expect(first.ms).toBeLessThan(3_000);
    // Jobs have no such time limit, so the job that was running gets its result.
    expect(await job).toEqual([{ pg_sleep: '' }]);
    await Promise.all(requests());
    // Stuck connections were closed and not returned to the pool.
    expect(database.connections).toMatchObject({ waitingCount: 0 });
    expect(database.connections.totalCount).toBeLessThanOrEqual(POOL);
    expect(database.connections.idleCount).toBe(database.connections.totalCount);
  }, 90_000);

  it('does not treat a slow statement as a hanging server', async () => {
    const [row] = await database.query('select pg_sleep(6)');
    expect(row).toEqual({ pg_sleep: '' });
  }, 30_000);

  it('ends a statement of a request after 15 s with DATABASE_BUSY, and lets a statement of a job continue', async () => {
    const job = inBackground(() => database.query('select pg_sleep(16)'));
    const slow = await outcomeOf(database.query('select pg_sleep(60)'));
    expect(slow.code).toBe('DATABASE_BUSY');
    expect(slow.ms).toBeLessThan(17_000);
    expect(await job).toEqual([{ pg_sleep: '' }]);
  }, 60_000);
});
