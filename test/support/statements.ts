// SQL statements of a request, separated from all others that reach the database at the same time.
import { statementsDuring as allDuring } from '../../bench/statement.recorder.js';
import type { Database } from '../../src/store/database/database.types.js';

/**
 * Statements that frame a transaction, set its store and set up a search. On PostgreSQL they share the round trip of
 * the statement itself.
 */
const TRANSACTION_FRAME = /^(begin|commit|rollback|set local|select set_config\()/;

/**
 * Background statements: the job queue, the recommendation log, and a read of each store's model every 2
 * s.
 */
const BACKGROUND = /pgboss\.|(into|from) (recommendations|shown_looks)\b|shopper_keys\b|bundle as serving/;

export async function statementsDuring(database: Database, work: () => Promise<void>): Promise<string[]> {
  const statements = await allDuring(database, work);
  return statements
    .map(({ text }) => text)
    .filter((text) => !TRANSACTION_FRAME.test(text.trim()) && !BACKGROUND.test(text));
}
