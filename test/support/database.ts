// A fresh, migrated database for each test file: embedded in memory, or with DATABASE_URL one of its own on that server.
// What takes long to fill is filled once and copied.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { PROJECT_ROOT } from '../../src/config.js';
import type { StoreContext } from '../../src/domain/access/store.context.js';
import { StartupError } from '../../src/errors.js';
import { databaseIn, openDatabase } from '../../src/store/database/database.js';
import { IN_MEMORY, openEmbedded } from '../../src/store/database/embedded.database.js';
import { lockFolder } from '../../src/store/database/folder.lock.js';
import { SAMPLE_ARCHIVE } from '../../src/services/catalog/sample.archive.js';
import { migrate, MIGRATIONS_DIR } from '../../src/store/database/migrations.js';
import type { Database } from '../../src/store/database/database.types.js';

/** The server that the suite runs on, or undefined: on the embedded database. */
export const SERVER_URL = process.env['DATABASE_URL'];

/**
 * Registers the opening before and the end after all tests of the file; `database` is there within tests.
 * @param stores that it has beside the default one
 */
export function withDatabase(...stores: StoreContext[]): { readonly database: Database } {
  let opened: { database: Database; close: () => Promise<void> } | undefined;
  beforeAll(async () => {
    opened = await openTestDatabase();
    for (const { storeId } of stores)
      await opened.database.query('insert into stores (store_id, name) values ($1, $1)', [storeId]);
  }, 60_000);
  afterAll(async () => {
    await opened?.close();
  });
  return {
    get database() {
      if (!opened) throw new Error('the database is there within tests only');
      return opened.database;
    },
  };
}

/** A database and what closes it and leaves nothing behind. */
interface Opened {
  database: Database;
  close: () => Promise<void>;
}

/** What a database holds when a test begins. Made once for each state of the sources, copied for each test file. */
export interface Seed {
  /** Of letters, figures and `_`. */
  name: string;
  /** The file that says which models it was made with, if any. */
  manifest?: string;
  fill(database: Database): Promise<void>;
}

/** A fresh, migrated database, empty or as the seed has it. */
export function openTestDatabase(seed?: Seed): Promise<Opened> {
  return SERVER_URL ? openOnServer(SERVER_URL, seed) : openInMemory(seed);
}

/** A new database on a server, empty or a copy. @returns its address, and what drops it */
export async function createServerDatabase(
  serverUrl: string,
  template = 'template1',
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `fitroom_test_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, (client) => client.query(`create database ${name} template ${template}`));
  const drop = () => onServer(serverUrl, (client) => client.query(`drop database ${name} with (force)`));
  return { url: addressOf(serverUrl, name), drop };
}

function addressOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(serverUrl: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

const settingsOf = (databaseUrl: string) => ({ databaseUrl, databasePoolSize: 10, dataDir: '' });

async function openOnServer(serverUrl: string, seed: Seed | undefined): Promise<Opened> {
  const { url, drop } = await createServerDatabase(serverUrl, seed && (await serverTemplate(serverUrl, seed)));
  const database = await openDatabase(settingsOf(url));
  const close = async (): Promise<void> => {
    await database.close();
    await drop();
  };
  return { database, close };
}

/** The seed's database on the server; whoever comes second waits for who makes it. Those of other sources are dropped. */
async function serverTemplate(serverUrl: string, seed: Seed): Promise<string> {
  const family = `fitroom_seed_${seed.name}_`;
  const name = family + seedHash(seed);
  const draft = `${name}_draft`;
  await onServer(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [family]);
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [family],
    );
    for (const { datname } of rows.filter((row) => row.datname !== name)) {
      await client.query(`drop database ${datname} with (force)`);
    }
    if (rows.some(({ datname }) => datname === name)) return;
    await client.query(`create database ${draft}`);
    const database = await openDatabase(settingsOf(addressOf(serverUrl, draft)));
    await seed.fill(database);
    await database.close();
    await client.query(`alter database ${draft} rename to ${name}`);
  });
  return name;
}

/** A dump of the seed's database for `openEmbedded`, made where it is missing. @returns its path */
export async function embeddedDump(seed: Seed): Promise<string> {
  const { family, name } = dumpOf(seed);
  const path = join(CACHE, family + name);
  if (!existsSync(path)) await (await openInMemory(seed)).close();
  return path;
}

/** From a dump of the data folder: 0.8 s instead of 3 s for initialising one. */
async function openInMemory(seed: Seed | undefined): Promise<Opened> {
  const { family, name } = dumpOf(seed);
  const path = join(CACHE, family + name);
  const finished = await claimed(path);
  try {
    const snapshot = existsSync(path) ? new Blob([readFileSync(path)]) : undefined;
    const home = await openEmbedded(IN_MEMORY, snapshot);
    await migrate(home.pool);
    const database = databaseIn(home);
    if (!snapshot) {
      await seed?.fill(database);
      await keepDump(family, family + name, await home.lite.dumpDataDir('none'));
    }
    return { database, close: () => database.close() };
  } finally {
    finished();
  }
}

/** Waits until the dump is there, or is this process's to make: two at it take each other's core, 30 s instead of 10. */
async function claimed(path: string): Promise<() => void> {
  await mkdir(CACHE, { recursive: true });
  while (!existsSync(path)) {
    try {
      return lockFolder(`${path}.lock`, (pid) => `process ${pid} makes it`);
    } catch (error) {
      if (!(error instanceof StartupError)) throw error;
    }
    await sleep(100);
  }
  return () => {};
}

function dumpOf(seed: Seed | undefined): { family: string; name: string } {
  return { family: `embedded-${seed?.name ?? 'empty'}-`, name: `${seed ? seedHash(seed) : migrationsHash()}.tar` };
}

const CACHE = join(PROJECT_ROOT, '.cache');

/** The file appears whole, by renaming. Dumps of other sources are removed. */
async function keepDump(family: string, name: string, dump: Blob): Promise<void> {
  const stale = readdirSync(CACHE).filter((file) => file.startsWith(family) && file !== name && file.endsWith('.tar'));
  await Promise.all(stale.map((file) => rm(join(CACHE, file), { force: true })));
  const draft = join(CACHE, `${name}.${process.pid}`);
  await writeFile(draft, Buffer.from(await dump.arrayBuffer()));
  await rename(draft, join(CACHE, name));
}

function migrationsHash(): string {
  const files = readdirSync(MIGRATIONS_DIR).filter((file) => file.endsWith('.sql'));
  return hashOf([ENGINE, ...files.sort().map((file) => join(MIGRATIONS_DIR, file))]);
}

const ENGINE = join(PROJECT_ROOT, 'node_modules/@electric-sql/pglite/package.json');

/** Of all that a seed may depend on: migrations, models, every source file and every package. */
function seedHash({ manifest }: Seed): string {
  const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const files = [
    ...(manifest ? [manifest, SAMPLE_ARCHIVE] : []),
    join(PROJECT_ROOT, 'package-lock.json'),
    ...sources.sort().map((file) => join(SOURCES, file)),
  ];
  return hashOf(files, migrationsHash());
}

const SOURCES = join(PROJECT_ROOT, 'src');

function hashOf(paths: string[], start = ''): string {
  const hash = createHash('sha256').update(start);
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}
