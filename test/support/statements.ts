// Which statements a request is about, of all that reach the database while something is done.
import { statementsDuring as allDuring } from '../../bench/statement.recorder.js';
import type { Database } from '../../src/store/database/database.types.js';

/** Without what frames a transaction, names its store and sets up a search: on PostgreSQL that shares the statement's round trip. */
const FRAME = /^(begin|commit|rollback|set local|select set_config\()/;

/** Beside requests the queue is looked after and past answers are written; which model a store has is read every 2 s. */
const BESIDE = /pgboss\.|(into|from) (recommendations|shown_looks)\b|shopper_keys\b|bundle as serving/;

export async function statementsDuring(database: Database, work: () => Promise<void>): Promise<string[]> {
  const statements = await allDuring(database, work);
  return statements.map(({ text }) => text).filter((text) => !FRAME.test(text.trim()) && !BESIDE.test(text));
}
