// Owns the list of statements that a request sends to the database, so that they can be run again by themselves. Listens on
// the connections: what frames a transaction and names its store is part of what a request costs.
import type { Database } from '../src/store/database/database.types.js';

export interface Statement {
  text: string;
  values: unknown[] | undefined;
}

type AnyQuery = (...given: unknown[]) => unknown;

/** What `work` sends, in order, over whichever connection. Not for two at a time. */
export async function statementsDuring({ pool }: Database, work: () => Promise<void>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const originals = new Map<{ query: AnyQuery }, AnyQuery>();
  const listen = (acquired: unknown): void => {
    const client = acquired as { query: AnyQuery };
    if (originals.has(client)) return;
    const original = client.query;
    originals.set(client, original);
    client.query = (...given) => {
      const [first, values] = given as [string | { text?: string }, unknown];
      const text = typeof first === 'string' ? first : String(first.text);
      statements.push({ text, values: Array.isArray(values) ? values : undefined });
      return original.apply(client, given);
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
