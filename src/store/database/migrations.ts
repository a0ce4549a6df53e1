// Database migrations: the pgvector extension, the role of the stores, migrations/*.sql.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PG_MIGRATE_LOCK_ID, runner } from 'node-pg-migrate';
import type pg from 'pg';
import { PROJECT_ROOT } from '../../config.js';
import { StartupError } from '../../errors.js';
import { requireStoreRole } from './row.security.js';

export const MIGRATIONS_DIR = join(PROJECT_ROOT, 'migrations');

export const OLDEST_POSTGRES = 15;
/**
 * Oldest usable pgvector: before it, vacuum could corrupt an HNSW index.
 * https://github.com/pgvector/pgvector/blob/master/CHANGELOG.md
 */
export const OLDEST_PGVECTOR = [0, 8, 4] as const;

/**
 * Checks versions, then applies the missing migrations in one transaction. Several processes take turns.
 * @throws StartupError if PostgreSQL or pgvector is too old or missing, the database is read-only, or it is newer than
 * this code
 */
export async function migrate(pool: pg.Pool, dir: string = MIGRATIONS_DIR): Promise<void> {
  const client = await pool.connect();
  let failed = true;
  try {
    await requirePostgres(client);
    await requireWritable(client);
    await requirePgvector(client);
    await requireStoreRole(client);
    await applyMissing(client, dir);
    failed = false;
  } finally {
    // after a failure the connection is closed together with its transaction
    client.release(failed);
  }
}

/**
 * Applies the missing migrations. Lock and limits end with the transaction: behind PgBouncer, session settings would
 * stay on its connection.
 */
async function applyMissing(client: pg.PoolClient, dir: string): Promise<void> {
  await client.query('begin; set local statement_timeout = 0; set local lock_timeout = 0');
  // versions before this one take the same lock for the session
  await client.query('select pg_advisory_xact_lock($1)', [PG_MIGRATE_LOCK_ID]);
  await refuseNewer(client, dir);
  await runner({
    dbClient: client,
    dir,
    ignorePattern: '(?!.*\\.sql$).*',
    direction: 'up',
    migrationsTable: 'schema_migrations',
    noLock: true,
    // the runner's own begin has no effect here, and its commit ends this transaction
    singleTransaction: true,
    // The migrations do not depend on the order of their numbers: one may arrive after another with a higher number.
    checkOrder: false,
    logger: { info: () => {}, warn: () => {}, error: () => {} },
  });
  // if no migration was missing, the transaction is still open
  await client.query('commit');
}

async function requirePostgres(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  const version = rows[0]!.server_version;
  if (parseInt(version) >= OLDEST_POSTGRES) return;
  throw new StartupError(
    `The server is PostgreSQL ${version}; fitroom needs ${OLDEST_POSTGRES} or newer. Upgrade the server.`,
  );
}

async function requireWritable(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ standby: boolean; readonly: boolean; name: string; user: string }>(
    `select pg_is_in_recovery() as standby, current_setting('transaction_read_only')::boolean as readonly,
       current_database() as name, current_user as "user"`,
  );
  const { standby, readonly, name, user } = rows[0]!;
  if (standby) {
    throw new StartupError('The server is a standby, which is read-only. Set DATABASE_URL to the primary server.');
  }
  if (!readonly) return;
  throw new StartupError(
    'The database is read-only (default_transaction_read_only is on), and fitroom has to write to it. Let its owner run:\n' +
      `alter database "${name}" set default_transaction_read_only = off; or, where it is set for the user: ` +
      `alter role "${user}" set default_transaction_read_only = off;`,
  );
}

async function requirePgvector(client: pg.PoolClient): Promise<void> {
  const installed = async (): Promise<string | undefined> => {
    const { rows } = await client.query<{ extversion: string }>(
      "select extversion from pg_extension where extname = 'vector'",
    );
    return rows[0]?.extversion;
  };
  if (!(await installed())) {
    try {
      await client.query('create extension if not exists vector');
    } catch (error) {
      // two processes that start at once may collide on an empty database; the extension is usable whichever process
      // created it
      if (!(await installed())) throw extensionFailure(error);
    }
  }
  const version = (await installed()) ?? '0';
  if (isAtLeast(version, OLDEST_PGVECTOR)) return;
  throw new StartupError(
    `The database has pgvector ${version}; fitroom needs ${OLDEST_PGVECTOR.join('.')} or newer, as older ones can corrupt an ` +
      'index.\nInstall it on the server, then run in this database: alter extension vector update;',
  );
}

function extensionFailure(error: unknown): StartupError {
  const { code, message } = error as { code?: string; message: string };
  // 42501: only some roles may create extensions. Any other code means that the extension's files are missing.
  const todo =
    code === '42501'
      ? 'This user may not create extensions. Let a superuser run in this database: create extension vector;'
      : `The server has no pgvector (${message}). Install pgvector ${OLDEST_PGVECTOR.join('.')} or newer on it.`;
  return new StartupError(todo, { cause: error });
}

/** Returns true if a dotted version such as "0.8.6" is `oldest` or newer. */
export function isAtLeast(version: string, oldest: readonly number[]): boolean {
  const parts = version.split('.').map((part) => parseInt(part) || 0);
  for (const [i, least] of oldest.entries()) {
    const part = parts[i] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

async function refuseNewer(client: pg.PoolClient, dir: string): Promise<void> {
  const { rows: table } = await client.query<{ exists: boolean }>(
    "select to_regclass('schema_migrations') is not null as exists",
  );
  if (!table[0]!.exists) return;
  const { rows } = await client.query<{ name: string }>('select name from schema_migrations order by name');
  const known = new Set((await readdir(dir)).map((file) => file.replace(/\.sql$/, '')));
  const unknown = rows.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new StartupError(
    `The database was migrated by a newer fitroom (${unknown.join(', ')}), and this version would damage it.\n` +
      'Run that version or a newer one, or use another database.',
  );
}
