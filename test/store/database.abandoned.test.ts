// Statements of a request whose client is gone: reads are not begun and are cancelled, changes run to their end.
import { setTimeout as sleep } from 'node:timers/promises';
import { detached, withinRequest } from '../../src/request.scope.js';
import { createServerDatabase, SERVER_URL, withDatabase } from '../support/database.js';
import { openDatabase } from '../../src/store/database/database.js';
import type { Database } from '../../src/store/database/database.types.js';

const home = withDatabase();
const ABANDONED = { code: 'REQUEST_ABANDONED' };

function goneClient(): AbortSignal {
  const client = new AbortController();
  client.abort();
  return client.signal;
}

const names = (database: Database) =>
  database.query<{ name: string }>("select name from stores where store_id = 'new'");
const ADD = "insert into stores (store_id, name) values ('new', 'new')";

afterEach(() => home.database.query("delete from stores where store_id = 'new'"));

it('begins no read, no change and no transaction of a request that was abandoned before', async () => {
  const { database } = home;
  const works = [
    () => database.query('select 1'),
    () => database.batch([{ text: 'select 1' }]),
    () => database.query(ADD),
    () => database.transaction((query) => query(ADD)),
    () => database.within({ storeId: 'default' }).query('select 1'),
  ];
  for (const work of works) await expect(withinRequest(goneClient(), work)).rejects.toMatchObject(ABANDONED);
  expect(await names(database)).toEqual([]);
});

it('runs a request to its end once it has begun to store, with the reads that follow', async () => {
  const { database } = home;
  const client = new AbortController();
  const seen = await withinRequest(client.signal, async () => {
    await database.transaction(async (query) => {
      await query(ADD);
      client.abort();
    });
    await database.query("update stores set name = 'changed' where store_id = 'new'");
    return names(database);
  });
  expect(seen).toEqual([{ name: 'changed' }]);
});

it('reads for work that several requests share though the client of the first is gone', async () => {
  const rows = await withinRequest(goneClient(), () => detached(() => home.database.query('select 1 as n')));
  expect(rows).toEqual([{ n: 1 }]);
});

it('takes a waiting read of a gone client out of the queue', async () => {
  const { database } = home;
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  // as many transactions as there may be, and reads for the rest
  const blocking = Array.from({ length: 10 }, () => database.transaction(() => held));
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

onServer('on PostgreSQL (skipped without DATABASE_URL)', () => {
  it('cancels a running read, answers at once and gives its connection back', async () => {
    const { url, drop } = await createServerDatabase(SERVER_URL!);
    const database = await openDatabase({ databaseUrl: url, databasePoolSize: 2, dataDir: '' });
    const running = async (): Promise<number> => {
      const [row] = await home.database.query<{ n: number }>(
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
    for (let tries = 0; (await running()) < 2 && tries < 100; tries++) await sleep(20);
    expect(await running()).toBe(2);
    const aborted = performance.now();
    client.abort();
    for (const outcome of await Promise.all(reads)) expect(outcome).toMatchObject(ABANDONED);
    expect(performance.now() - aborted).toBeLessThan(1_000);
    // both connections are free again: others need not wait for the 14 s
    await Promise.all([database.query('select 1'), database.query('select 1')]);
    expect(performance.now() - aborted).toBeLessThan(5_000);
    expect(await running()).toBe(0);
    await database.close();
    await drop();
  }, 60_000);

  it('lets a running change end', async () => {
    const client = new AbortController();
    const change = withinRequest(client.signal, () =>
      home.database.query(
        "with slow as materialized (select pg_sleep(0.5)) insert into stores (store_id, name) select 'new', 'new' from slow",
      ),
    );
    await sleep(100);
    client.abort();
    await change;
    expect(await names(home.database)).toEqual([{ name: 'new' }]);
  });
});
