// Recorder of the SQL statements of a request, so that they can be run again without the server.
// It listens on the connections, to include the statements that frame a transaction and set its store.
import type { Database } from '../src/store/database/database.types.js';

export interface Statement {
  text: string;
  values: unknown[] | undefined;
}

type AnyQuery = (...args: unknown[]) => unknown;

/** Returns the statements of `work` in order, over all connections. Do not call it concurrently. */
export async function statementsDuring({ pool }: Database, work: () => Promise<void>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const originals = new Map<{ query: AnyQuery }, AnyQuery>();
  const listen = (acquired: unknown): void => {
    const client = acquired as { query: AnyQuery };
    if (originals.has(client)) return;
    const original = client.query;
    originals.set(client, original);
    client.query = (...args) => {
      const [first, values] = args as [string | { text?: string }, unknown];
      const text = typeof first === 'string' ? first : String(first.text);
      statements.push({ text, values: Array.isArray(values) ? values : undefined });
      return original.apply(client, args);
    };
  };
  pool.on('acquire', listen);
  try {
    await work();
  } finally {
    pool.off('acquire', listen);
    for (const [client, original] of originals) client.query = original;
  }
  return statements;
}
