// Statements of a request whose client has disconnected.
import { setTimeout as sleep } from 'node:timers/promises';
import { detached, withinRequest } from '../../src/request.scope.js';
import { createServerDatabase, SERVER_URL, withDatabase } from '../support/database.js';
import { openDatabase } from '../../src/store/database/database.js';
import type { Database } from '../../src/store/database/database.types.js';

const testDatabase = withDatabase();
const ABANDONED = { code: 'REQUEST_ABANDONED' };

function abortedSignal(): AbortSignal {
  const client = new AbortController();
  client.abort();
  return client.signal;
}

const namesOf = (database: Database) =>
  database.query<{ name: string }>("select name from stores where store_id = 'new'");
const ADD = "insert into stores (store_id, name) values ('new', 'new')";

afterEach(() => testDatabase.database.query("delete from stores where store_id = 'new'"));

it('the database starts no read, change or transaction for a request that was already abandoned', async () => {
  const { database } = testDatabase;
  const operations = [
    () => database.query('select 1'),
    () => database.batch([{ text: 'select 1' }]),
    () => database.query(ADD),
    () => database.transaction((query) => query(ADD)),
    () => database.within({ storeId: 'default' }).query('select 1'),
  ];
  for (const operation of operations)
    await expect(withinRequest(abortedSignal(), operation)).rejects.toMatchObject(ABANDONED);
  expect(await namesOf(database)).toEqual([]);
});

it('a request that has started to store runs to its end, with the reads that follow', async () => {
  const { database } = testDatabase;
  const client = new AbortController();
  const stored = await withinRequest(client.signal, async () => {
    await database.transaction(async (query) => {
      await query(ADD);
      client.abort();
    });
    await database.query("update stores set name = 'changed' where store_id = 'new'");
    return namesOf(database);
  });
  expect(stored).toEqual([{ name: 'changed' }]);
});

it('detached work reads even if the client of the first request has disconnected', async () => {
  const rows = await withinRequest(abortedSignal(), () => detached(() => testDatabase.database.query('select 1 as n')));
  expect(rows).toEqual([{ n: 1 }]);
});

it('a waiting read is removed from the queue when its client disconnects', async () => {
  const { database } = testDatabase;
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  // As many transactions as the gate allows. The reads below take the other connections.
  const blocking = Array.from({ length: 10 }, () => database.transaction(() => released));
  const client = new AbortController();
  const reads = withinRequest(client.signal, () =>
    Array.from({ length: 12 }, () => database.query('select 1').catch((error: Error) => error)),
  );
  client.abort();
  for (const outcome of await Promise.all(reads)) {
    if (outcome instanceof Error) expect(outcome).toMatchObject(ABANDONED);
  }
  release();
  await Promise.all(blocking);
  await database.ping();
});

const onServer = SERVER_URL ? describe : describe.skip;

onServer('on PostgreSQL (skipped without DATABASE_URL), the database', () => {
  it('cancels a running read, refuses it at once and frees its connection', async () => {
    const { url, drop } = await createServerDatabase(SERVER_URL!);
    const database = await openDatabase({ databaseUrl: url, databasePoolSize: 2, dataDir: '' });
    const runningCount = async (): Promise<number> => {
      const [row] = await testDatabase.database.query<{ n: number }>(
        "select count(*)::int as n from pg_stat_activity where datname = $1 and state = 'active'",
        [new URL(url).pathname.slice(1)],
      );
      return row!.n;
    };
    const client = new AbortController();
    const reads = withinRequest(client.signal, () => [
      database.query('select pg_sleep(14)').catch((error: Error) => error),
      database
        .within({ storeId: 'default' })
        .query('select pg_sleep(14)')
        .catch((error: Error) => error),
    ]);
    for (let tries = 0; (await runningCount()) < 2 && tries < 100; tries++) await sleep(20);
    expect(await runningCount()).toBe(2);
    const aborted = performance.now();
    client.abort();
    for (const outcome of await Promise.all(reads)) expect(outcome).toMatchObject(ABANDONED);
    expect(performance.now() - aborted).toBeLessThan(1_000);
    // Both connections are free again. Other queries need not wait for the 14 s.
    await Promise.all([database.query('select 1'), database.query('select 1')]);
    expect(performance.now() - aborted).toBeLessThan(5_000);
    expect(await runningCount()).toBe(0);
    await database.close();
    await drop();
  }, 60_000);

  it('lets a running change finish', async () => {
    const client = new AbortController();
    const change = withinRequest(client.signal, () =>
      testDatabase.database.query(
        "with slow as materialized (select pg_sleep(0.5)) insert into stores (store_id, name) select 'new', 'new' from slow",
      ),
    );
    await sleep(100);
    client.abort();
    await change;
    expect(await namesOf(testDatabase.database)).toEqual([{ name: 'new' }]);
  });
});
