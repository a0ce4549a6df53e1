// Work on the database's own structure that one process does at a time: queues of jobs, vector indexes.
import pg from 'pg';
import type { Database } from './database.types.js';

/**
 * Runs `work` while a transaction on a connection of its own holds an advisory lock. A lock of the session would stay behind in
 * PgBouncer's connection. On the embedded database there is no other process.
 * @param others what to do where another process does this work now
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
      // without parameters: a statement with some keeps its snapshot until the next one, and a concurrent index build would wait
      // for it for ever
      const { rows } = await guard.query<{ mine: unknown }>(
        `select ${call}(hashtext(${pg.escapeLiteral(name)})) as mine`,
      );
      if (rows[0]!.mine !== false) await work();
    } finally {
      await guard.query('rollback').catch(() => undefined);
    }
  });
}
