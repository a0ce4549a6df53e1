// Which statements reach the database while something is done: over every connection, in and out of transactions.
import type { Database } from '../../src/store/database.js';

type AnyQuery = (...given: unknown[]) => unknown;

/** Without what frames a transaction, names its store and sets up a search: on PostgreSQL that shares the statement's round trip. */
const FRAME = /^(begin|commit|rollback|set local|select set_config\()/;

export async function statementsDuring({ pool }: Database, work: () => Promise<void>): Promise<string[]> {
  const texts: string[] = [];
  const originals = new Map<{ query: AnyQuery }, AnyQuery>();
  const watch = (acquired: unknown): void => {
    const client = acquired as { query: AnyQuery };
    if (originals.has(client)) return;
    const original = client.query;
    originals.set(client, original);
    client.query = (...given) => {
      const [first] = given as [string | { text?: string }];
      texts.push(typeof first === 'string' ? first : String(first.text));
      return original.apply(client, given);
    };
  };
  pool.on('acquire', watch);
  try {
    await work();
  } finally {
    pool.off('acquire', watch);
    for (const [client, original] of originals) client.query = original;
  }
  // the queue is looked after meanwhile
  return texts.filter((text) => !FRAME.test(text.trim()) && !text.includes('pgboss.'));
}
