// Work on the database structure that only one process may do at a time.
import pg from 'pg';
import type { Database } from './database.types.js';

/**
 * Runs `work` while a transaction on a separate connection holds an advisory lock. A session lock would stay behind on
 * PgBouncer's connection. The embedded database has no other process and needs no lock.
 * @param others 'wait': wait for another process that does this work now; 'leave it to them': skip the work
 */
export async function exclusively(
  database: Pick<Database, 'kind' | 'alone'>,
  { name, others }: { name: string; others: 'wait' | 'leave it to them' },
  work: () => Promise<void>,
): Promise<void> {
  if (database.kind === 'embedded') return work();
  await database.alone(async (guard) => {
    const call = others === 'wait' ? 'pg_advisory_xact_lock' : 'pg_try_advisory_xact_lock';
    await guard.query('begin');
    try {
      // Without parameters: a statement with parameters keeps its snapshot until the next one, and a concurrent index
      // build would wait for that snapshot forever.
      const { rows } = await guard.query<{ mine: unknown }>(
        `select ${call}(hashtext(${pg.escapeLiteral(name)})) as mine`,
      );
      if (rows[0]!.mine !== false) await work();
    } finally {
      await guard.query('rollback').catch(() => undefined);
    }
  });
}
