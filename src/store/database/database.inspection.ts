// Inspection of the database without changing it, for `fitroom doctor`.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config.js';
import type { DatabaseHome } from './database.home.js';
import { openEmbedded } from './embedded.database.js';
import { MIGRATIONS_DIR } from './migrations.js';
import { openPostgres } from './postgres.database.js';

export interface DatabaseInspection {
  kind: 'embedded' | 'postgres';
  /** The version as the server writes it, for example "17.6". */
  postgresVersion: string;
  /**
   * The installed version of the extension, or else the version that the server could install. Null for a server
   * without it.
   */
  pgvectorVersion: string | null;
  /** Number of migrations that are not yet applied; the next start applies them. */
  missingMigrations: number;
}

/**
 * Connects and reads versions. Unlike openDatabase, it installs nothing and migrates nothing.
 * @returns null if the embedded database does not exist yet; the first start creates it
 * @throws StartupError that says what to do: unreachable, refused, folder in use (with the pid)
 */
export async function inspectDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
): Promise<DatabaseInspection | null> {
  if (config.databaseUrl) return inspect(await openPostgres(config.databaseUrl, 1));
  if (!existsSync(join(config.dataDir, 'database'))) return null;
  return inspect(await openEmbedded(config.dataDir));
}

async function inspect(home: DatabaseHome): Promise<DatabaseInspection> {
  try {
    const { rows } = await home.pool.query<{ postgres: string; pgvector: string | null; migrated: boolean }>(
      `select current_setting('server_version') as postgres,
         (select coalesce(installed_version, default_version) from pg_available_extensions where name = 'vector') as pgvector,
         to_regclass('schema_migrations') is not null as migrated`,
    );
    const { postgres, pgvector, migrated } = rows[0]!;
    const missingMigrations = await countMissing(home, migrated);
    return { kind: home.kind, postgresVersion: postgres, pgvectorVersion: pgvector, missingMigrations };
  } finally {
    await home.close();
  }
}

async function countMissing(home: DatabaseHome, migrated: boolean): Promise<number> {
  const files = (await readdir(MIGRATIONS_DIR)).filter((file) => file.endsWith('.sql'));
  if (!migrated) return files.length;
  const { rows } = await home.pool.query<{ name: string }>('select name from schema_migrations');
  const applied = new Set(rows.map(({ name }) => `${name}.sql`));
  return files.filter((file) => !applied.has(file)).length;
}
