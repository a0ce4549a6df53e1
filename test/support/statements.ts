// Which statements a request is about, of all that reach the database while something is done.
import { statementsDuring as allDuring } from '../../bench/statement.recorder.js';
import type { Database } from '../../src/store/database.js';

/** Without what frames a transaction, names its store and sets up a search: on PostgreSQL that shares the statement's round trip. */
const FRAME = /^(begin|commit|rollback|set local|select set_config\()/;

export async function statementsDuring(database: Database, work: () => Promise<void>): Promise<string[]> {
  const statements = await allDuring(database, work);
  // the queue is looked after meanwhile
  return statements.map(({ text }) => text).filter((text) => !FRAME.test(text.trim()) && !text.includes('pgboss.'));
}
