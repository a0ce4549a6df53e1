// Opening the database, and the errors of a failed start or a lost connection.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { StartupError } from '../../src/errors.js';
import { isBusy, isConnectionLoss } from '../../src/store/database/database.errors.js';
import { openDatabase } from '../../src/store/database/database.js';
import { isAtLeast, migrate } from '../../src/store/database/migrations.js';
import { createServerDatabase, SERVER_URL, withDatabase } from '../support/database.js';

const testDatabase = withDatabase();

describe('migrations', () => {
  it('can run again and change nothing', async () => {
    const migrationRows = (): Promise<object[]> =>
      testDatabase.database.query('select id, name, run_on from schema_migrations order by id');
    const before = await migrationRows();
    expect(before.length).toBeGreaterThanOrEqual(1);
    await migrate(testDatabase.database.pool);
    expect(await migrationRows()).toEqual(before);
  });

  it('refuse a database that a newer version has migrated', async () => {
    await testDatabase.database.query("insert into schema_migrations (name, run_on) values ('9999_future', now())");
    try {
      await expect(migrate(testDatabase.database.pool)).rejects.toThrow(
        /newer fitroom \(9999_future\)[^]*Run that version/,
      );
    } finally {
      await testDatabase.database.query("delete from schema_migrations where name = '9999_future'");
    }
  });

  it.each([
    ['0.8.4', true],
    ['0.8.10', true],
    ['0.9', true],
    ['1.0.0', true],
    ['0.8.3', false],
    ['0.8', false],
    ['0.7.9', false],
    ['', false],
  ])('accept pgvector %j as new enough: %s', (version, expected) => {
    expect(isAtLeast(version, [0, 8, 4])).toBe(expected);
  });
});

describe('a transaction', () => {
  it('leaves no rows when its work throws, and the connection stays usable', async () => {
    const work = testDatabase.database.transaction(async (query) => {
      await query("insert into garments (store_id, sku, title) values ('default', 'half', 'half')");
      throw new Error('half way');
    });
    await expect(work).rejects.toThrow('half way');
    expect(await testDatabase.database.query('select 1 from garments')).toEqual([]);
    await testDatabase.database.ping();
  });

  it('of a batch is rolled back when one statement fails', async () => {
    const insert = "insert into garments (store_id, sku, title) values ('default', 'half', 'half')";
    await expect(testDatabase.database.batch([{ text: insert }, { text: 'select 1 / 0' }])).rejects.toThrow(
      'division by zero',
    );
    expect(await testDatabase.database.query('select 1 from garments')).toEqual([]);
    expect(await testDatabase.database.batch([{ text: insert }, { text: 'select $1::int as n', values: [7] }])).toEqual(
      [{ n: 7 }],
    );
    await testDatabase.database.query('truncate garments cascade');
  });
});

describe('a failing start', () => {
  const openUrl = (databaseUrl: string): Promise<unknown> =>
    openDatabase({ databaseUrl, databasePoolSize: 1, dataDir: '' });

  it('reports that no server responds, and its host and port without the password', async () => {
    const failure = await openUrl('postgres://me:secret@127.0.0.1:1/shop').catch((error: Error) => error);
    expect(failure).toBeInstanceOf(StartupError);
    expect((failure as Error).message).toMatch(
      /^DATABASE_URL: no PostgreSQL answers at 127\.0\.0\.1:1 .*unset DATABASE_URL/,
    );
    expect((failure as Error).message).not.toContain('secret');
  });

  it('reports an invalid database URL', async () => {
    await expect(openUrl('postgres://:::')).rejects.toThrow(/^DATABASE_URL: it is not a postgres:\/\/ URL/);
  });

  const onServer = SERVER_URL ? it : it.skip;

  onServer('reports how to create a missing database (skipped without DATABASE_URL)', async () => {
    const url = new URL(SERVER_URL!);
    url.pathname = '/no_such_shop';
    await expect(openUrl(url.href)).rejects.toThrow(/has no database "no_such_shop". Create it: createdb no_such_shop/);
  });

  onServer('reports who must create the extension if this user may not (skipped without DATABASE_URL)', async () => {
    const { url, drop } = await createServerDatabase(SERVER_URL!);
    const role = `fitroom_nobody_${randomBytes(4).toString('hex')}`;
    await testDatabase.database.query(`create role ${role} login`);
    try {
      const asNobody = new URL(url);
      asNobody.username = role;
      await expect(openUrl(asNobody.href)).rejects.toThrow(
        /may not create extensions.*superuser.*create extension vector;/,
      );
    } finally {
      await drop();
      await testDatabase.database.query(`drop role ${role}`);
    }
  });

  it.each([
    ['postgres://me:50%off@127.0.0.1/shop', /^DATABASE_URL: it is not a postgres:\/\/ URL.*%25 for %/],
    ['postgres://me@127.0.0.1:99999/shop', /^DATABASE_URL: it is not a postgres:\/\/ URL/],
    ['postgres://me@127.0.0.1:port/shop', /^DATABASE_URL: it is not a postgres:\/\/ URL/],
    ['postgres://me@127.0.0.1:1/shop?sslmode=verify-full&sslrootcert=/no/such.crt', /a file that the URL names/],
    ['postgres://me@/shop?host=/no/such/folder', /^DATABASE_URL: no PostgreSQL answers at \/no\/such\/folder:5432/],
    ['postgres://me@no-such-host.invalid/shop', /no PostgreSQL answers at no-such-host\.invalid:5432/],
  ])('reports the problem with the database URL %s', async (url, message) => {
    const failure = await openUrl(url).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(StartupError);
    expect((failure as Error).message).toMatch(message);
  });

  onServer(
    'reports that the database is read-only, and how to change that (skipped without DATABASE_URL)',
    async () => {
      const { url, drop } = await createServerDatabase(SERVER_URL!);
      const name = new URL(url).pathname.slice(1);
      await testDatabase.database.query(`alter database ${name} set default_transaction_read_only = on`);
      const failure = await openUrl(url).catch((error: Error) => error);
      await drop();
      expect(failure).toBeInstanceOf(StartupError);
      expect((failure as Error).message).toContain(`alter database "${name}" set default_transaction_read_only = off`);
    },
  );

  onServer(
    'reports the missing privileges of a user who may not create tables (skipped without DATABASE_URL)',
    async () => {
      const { url, drop } = await createServerDatabase(SERVER_URL!);
      const role = `fitroom_guest_${randomBytes(4).toString('hex')}`;
      await testDatabase.database.query(`create role ${role} login`);
      const asGuest = new URL(url);
      asGuest.username = role;
      const owner = new pg.Client({ connectionString: url });
      await owner.connect();
      await owner.query(`create extension vector; grant fitroom_store to ${role}`);
      await owner.end();
      const failure = await openUrl(asGuest.href).catch((error: Error) => error);
      await drop();
      await testDatabase.database.query(`drop role ${role}`);
      expect(failure).toBeInstanceOf(StartupError);
      expect((failure as Error).message).toMatch(/may not prepare the database.*grant create on schema public/s);
    },
  );

  onServer('reports a pgvector version that can corrupt an index (skipped without DATABASE_URL)', async () => {
    const { url, drop } = await createServerDatabase(SERVER_URL!);
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    await owner.query("create extension vector; update pg_extension set extversion = '0.8.0' where extname = 'vector'");
    await owner.end();
    const failure = await openUrl(url).catch((error: Error) => error);
    await drop();
    expect(failure).toBeInstanceOf(StartupError);
    expect((failure as Error).message).toMatch(/has pgvector 0\.8\.0.*alter extension vector update;/s);
  });

  onServer(
    'is avoided when several processes open one new database at once (skipped without DATABASE_URL)',
    async () => {
      const { url, drop } = await createServerDatabase(SERVER_URL!);
      const opened = await Promise.all(
        [1, 2, 3].map(() => openDatabase({ databaseUrl: url, databasePoolSize: 2, dataDir: '' })),
      );
      const [migrations] = await opened[0]!.query<{ twice: number }>(
        'select (count(*) - count(distinct name))::int as twice from schema_migrations',
      );
      expect(migrations).toEqual({ twice: 0 });
      await Promise.all(opened.map((database) => database.close()));
      await drop();
    },
  );
});

describe('a lost connection', () => {
  it('is distinguished from a wrong statement', () => {
    const errorWithCode = (code: string): Error => Object.assign(new Error('x'), { code });
    for (const code of ['ECONNREFUSED', 'ECONNRESET', '08006', '57P01', '57P03', '53200', '25006']) {
      expect(isConnectionLoss(errorWithCode(code))).toBe(true);
    }
    for (const code of ['42601', '23505', '22P02', '40P01', 'ENOENT', '53300', '57014', '55P03'])
      expect(isConnectionLoss(errorWithCode(code))).toBe(false);
    for (const code of ['53300', '57014', '55P03']) expect(isBusy(errorWithCode(code))).toBe(true);
    expect(isConnectionLoss(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isConnectionLoss('Connection terminated')).toBe(false);
  });

  const onServer = SERVER_URL ? it : it.skip;

  onServer(
    'fails the running query with SERVICE_UNAVAILABLE, and the next query uses a new connection (skipped without DATABASE_URL)',
    async () => {
      const { url, drop } = await createServerDatabase(SERVER_URL!);
      const warnings: string[] = [];
      const config = { databaseUrl: url, databasePoolSize: 3, dataDir: '' };
      const database = await openDatabase(config, { warn: (_details, message) => warnings.push(message) });
      await Promise.all([1, 2, 3].map(() => database.query('select pg_sleep(0.1)')));
      const running = database.query('select pg_sleep(30)');
      await new Promise((resolve) => setTimeout(resolve, 100));
      await testDatabase.database.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        new URL(url).pathname.slice(1),
      ]);
      await expect(running).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      await new Promise((resolve) => setTimeout(resolve, 100));
      await database.ping();
      expect(warnings).toContain('an idle database connection was lost');
      await database.close();
      await expect(database.ping()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      await drop();
    },
  );
});
