// Owns the list of statements that a request sends to the database, so that they can be run again by themselves.
import type { Database, Query } from '../src/store/database.js';

export interface Statement {
  text: string;
  values: unknown[] | undefined;
}

/** A database that writes down what goes through it. */
export interface RecordingDatabase extends Database {
  /** What came since the last call, in order. */
  takeStatements(): Statement[];
}

export function recording(database: Database): RecordingDatabase {
  let statements: Statement[] = [];
  const recorded =
    (query: Query): Query =>
    (text, values) => {
      statements.push({ text, values });
      return query(text, values);
    };
  return {
    ...database,
    query: recorded(database.query),
    transaction: async (work) => {
      statements.push({ text: 'begin', values: undefined });
      const result = await database.transaction((query) => work(recorded(query)));
      statements.push({ text: 'commit', values: undefined });
      return result;
    },
    takeStatements() {
      const taken = statements;
      statements = [];
      return taken;
    },
  };
}
