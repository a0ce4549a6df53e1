// Doctor check of the database: reachable, recent enough and migrated. It changes nothing.
import type { Config } from '../../config.js';
import { StartupError } from '../../errors.js';
import { inspectDatabase } from '../../store/database/database.inspection.js';
import { OLDEST_PGVECTOR, OLDEST_POSTGRES, isAtLeast } from '../../store/database/migrations.js';
import type { Finding } from './finding.js';

export async function checkDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<Finding[]> {
  const subject = 'database';
  try {
    const inspection = await inspectDatabase(config);
    if (inspection === null) {
      return [{ subject, verdict: 'ok', found: `none in ${config.dataDir} yet; the first start creates it` }];
    }
    const { kind, postgresVersion, pgvectorVersion, missingMigrations } = inspection;
    const found = `${kind}, PostgreSQL ${postgresVersion}, pgvector ${pgvectorVersion ?? 'missing'}`;
    const isOldServer = !isAtLeast(postgresVersion, [OLDEST_POSTGRES]);
    if (isOldServer || pgvectorVersion === null || !isAtLeast(pgvectorVersion, OLDEST_PGVECTOR)) {
      const advice = `Use PostgreSQL ${OLDEST_POSTGRES} and pgvector ${OLDEST_PGVECTOR.join('.')} or newer.`;
      return [{ subject, verdict: 'wrong', found, advice }];
    }
    if (missingMigrations === 0) return [{ subject, verdict: 'ok', found }];
    return [{ subject, verdict: 'note', found: `${found}; the next start applies ${missingMigrations} migrations` }];
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    // an embedded database in use by a running server is not a problem; the message names the process
    const isHeld = /^Process \d+ already uses/.test(error.message);
    return isHeld
      ? [{ subject, verdict: 'note', found: error.message.split('\n', 1)[0]! }]
      : [{ subject, verdict: 'wrong', found: error.message }];
  }
}
