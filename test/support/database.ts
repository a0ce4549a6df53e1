// A fresh, migrated database for each test file, in memory or on the server of DATABASE_URL.
// Seeds that take long to fill are filled once and copied.
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

/** The server that the tests run on. Undefined: they run on the embedded database. */
export const SERVER_URL = process.env['DATABASE_URL'];

/**
 * Opens a database before all tests of the file and closes it after them. `database` is available only within tests.
 * @param stores stores of the database in addition to the default one
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
      if (!opened) throw new Error('the database is available only within tests');
      return opened.database;
    },
  };
}

/** A database, and a function that closes it and deletes it. */
interface OpenedDatabase {
  database: Database;
  close: () => Promise<void>;
}

/**
 * The content of a database at the start of a test. It is created once for each state of the sources and copied for
 * each test file.
 */
export interface Seed {
  /** Only letters, digits and `_`. */
  name: string;
  /** Manifest of the models that filled the database, if any. */
  manifest?: string;
  fill(database: Database): Promise<void>;
}

/** Opens a fresh, migrated database, empty or with the content of the seed. */
export function openTestDatabase(seed?: Seed): Promise<OpenedDatabase> {
  return SERVER_URL ? openOnServer(SERVER_URL, seed) : openInMemory(seed);
}

/** Creates a database on a server, empty or as a copy. @returns its URL, and a function that drops it */
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

async function openOnServer(serverUrl: string, seed: Seed | undefined): Promise<OpenedDatabase> {
  const { url, drop } = await createServerDatabase(serverUrl, seed && (await serverTemplate(serverUrl, seed)));
  const database = await openDatabase(settingsOf(url));
  const close = async (): Promise<void> => {
    await database.close();
    await drop();
  };
  return { database, close };
}

/**
 * Returns the name of the seed's database on the server. A second process waits while the first one creates it.
 * Databases of outdated sources are dropped.
 */
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

/** Creates a dump of the seed's database for `openEmbedded` if it is missing. @returns its path */
export async function embeddedDump(seed: Seed): Promise<string> {
  const { family, name } = dumpOf(seed);
  const path = join(CACHE, family + name);
  if (!existsSync(path)) await (await openInMemory(seed)).close();
  return path;
}

/** Opens a database from a dump of the data folder. That takes 0.8 s instead of 3 s for initializing one. */
async function openInMemory(seed: Seed | undefined): Promise<OpenedDatabase> {
  const { family, name } = dumpOf(seed);
  const path = join(CACHE, family + name);
  const releaseClaim = await claimDump(path);
  try {
    const snapshot = existsSync(path) ? new Blob([readFileSync(path)]) : undefined;
    const embedded = await openEmbedded(IN_MEMORY, snapshot);
    await migrate(embedded.pool);
    const database = databaseIn(embedded);
    if (!snapshot) {
      await seed?.fill(database);
      await saveDump(family, family + name, await embedded.lite.dumpDataDir('none'));
    }
    return { database, close: () => database.close() };
  } finally {
    releaseClaim();
  }
}

/**
 * Waits until the dump exists or this process may create it. Two processes at once would compete for the cores: 30 s
 * instead of 10 s.
 */
async function claimDump(path: string): Promise<() => void> {
  await mkdir(CACHE, { recursive: true });
  while (!existsSync(path)) {
    try {
      return lockFolder(`${path}.lock`, (pid) => `process ${pid} creates it`);
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

/**
 * Writes the file under another name and renames it, so that it is never incomplete. Dumps of outdated sources are
 * deleted.
 */
async function saveDump(family: string, name: string, dump: Blob): Promise<void> {
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

/** Returns a hash of everything that a seed may depend on: migrations, models, every source file and every package. */
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
