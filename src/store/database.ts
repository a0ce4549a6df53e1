// The open database: one pool, two homes (embedded PGlite, PostgreSQL). Owns how statements and transactions are run, in
// which store's name, and how lost connections read to callers. Knows no table.
import type pg from 'pg';
import type { Config } from '../config.js';
import { connectionLossAsUnavailable } from './connection.loss.js';
import type { StoreContext } from '../domain/store.context.js';
import type { DatabaseHome, StoreLogger } from './database.home.js';
import { openEmbedded } from './embedded.database.js';
import { migrate } from './migrations.js';
import { openPostgres } from './postgres.database.js';
import { tracedWithin } from '../tracing.js';
import { goneStoreAsUnknown } from './store.gone.js';
import { keyScope, storeScope } from './store.scope.js';

export interface Statement {
  text: string;
  values?: unknown[];
}

/** Runs one statement with $n parameters and gives its rows. */
export type Query = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

/** How statements are run. */
export interface Statements {
  readonly kind: DatabaseHome['kind'];
  /** @throws FitroomError SERVICE_UNAVAILABLE where the connection is lost or none is free in time */
  query: Query;
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Runs statements in one transaction and, on PostgreSQL, one round trip. @returns the rows of the last one */
  batch<Row>(statements: Statement[]): Promise<Row[]>;
}

/** Bare, statements run as the database's owner, over all stores: for what belongs to none. */
export interface Database extends Statements, Omit<DatabaseHome, 'inTurn' | 'kind'> {
  /**
   * The database as one store may see it: row-level security holds in every statement, whatever it says.
   * What it runs throws FitroomError STORE_UNKNOWN where it writes for a store that has been deleted.
   */
  within(store: StoreContext): Statements;
  /** The database as someone may see it of whom nothing is known but the hash of their key: that key's row. */
  withKey(hash: string): Statements;
  /** Resolves where the database answers. */
  ping(): Promise<void>;
}

/**
 * Opens and migrates the database: PostgreSQL at `databaseUrl`, or else the embedded one in `dataDir`.
 * @throws StartupError that says what to do: unreachable, refused, too old, no pgvector, folder in use, newer than this code
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'databasePoolSize' | 'dataDir'>,
  logger?: StoreLogger,
): Promise<Database> {
  const home = config.databaseUrl
    ? await openPostgres(config.databaseUrl, config.databasePoolSize)
    : await openEmbedded(config.dataDir);
  // a connection that is lost while idle is replaced at its next use; without a listener it would end the process
  home.pool.on('error', (error) => logger?.warn({ reason: error.message }, 'an idle database connection was lost'));
  try {
    await migrate(home.pool);
    // whatever the last process left behind
    await home.tidy(Number.POSITIVE_INFINITY);
  } catch (error) {
    await home.close();
    throw error;
  }
  return databaseIn(home);
}

/** The database in a home that is open and migrated already. */
export function databaseIn(home: DatabaseHome): Database {
  const { kind, pool } = home;
  const query: Query = <Row>(text: string, values?: unknown[]) =>
    connectionLossAsUnavailable(async () => (await home.inTurn(() => run(pool, { text, values }))).rows as Row[]);
  const transaction: Statements['transaction'] = (work) =>
    connectionLossAsUnavailable(() => home.inTurn(() => inTransaction(pool, work)));
  const batch: Statements['batch'] = (statements) =>
    connectionLossAsUnavailable(() => home.inTurn(() => (kind === 'postgres' ? inOneGo : oneByOne)(pool, statements)));
  const scoped = (scope: Statement): Statements => ({
    kind,
    query: (text, values) => goneStoreAsUnknown(() => batch([scope, { text, values }])),
    batch: (statements) => goneStoreAsUnknown(() => batch([scope, ...statements])),
    transaction: (work) =>
      goneStoreAsUnknown(() =>
        transaction(async (unscoped) => {
          await unscoped(scope.text, scope.values);
          return work(unscoped);
        }),
      ),
  });
  return {
    kind,
    pool,
    query,
    transaction,
    batch,
    within: (store) => scoped(storeScope(store)),
    withKey: (hash) => scoped(keyScope(hash)),
    ping: async () => void (await query('select 1')),
    tidy: (changedRows) => home.tidy(changedRows),
    close: () => home.close(),
  };
}

/** What frames a transaction is part of its statements, not one of its own. */
const FRAME = /^(begin$|commit$|rollback$|set local |select set_config\()/;
/** Longest text of a statement in a trace: the searches have 3,000 characters. */
const MAX_TRACED_TEXT = 4_000;

/** Every statement goes this way. A trace gets its text, in which values are $n. */
function run(on: pg.Pool | pg.PoolClient, { text, values }: Statement): Promise<pg.QueryResult> {
  const send = (): Promise<pg.QueryResult> => on.query(text, values);
  if (FRAME.test(text)) return send();
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, MAX_TRACED_TEXT) };
  const verb = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? 'statement';
  return tracedWithin(`database ${verb}`, { kind: 'CLIENT', attributes }, send);
}

/** Sent without waiting for each other: where one fails, those behind it are refused and the commit rolls back. */
async function inOneGo<Row>(pool: pg.Pool, statements: Statement[]): Promise<Row[]> {
  const client = await pool.connect();
  try {
    const all = [{ text: 'begin' }, ...statements, { text: 'commit' }];
    const results = await Promise.allSettled(all.map((statement) => run(client, statement)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    const last = results.at(-2) as PromiseFulfilledResult<pg.QueryResult>;
    return last.value.rows as Row[];
  } finally {
    client.release();
  }
}

/** The embedded database answers within the process: there is no round trip to save. */
function oneByOne<Row>(pool: pg.Pool, statements: Statement[]): Promise<Row[]> {
  return inTransaction(pool, async (query) => {
    let rows: Row[] = [];
    for (const { text, values } of statements) rows = await query<Row>(text, values);
    return rows;
  });
}

async function inTransaction<T>(pool: pg.Pool, work: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(async <Row>(text: string, values?: unknown[]) => {
      const { rows } = await run(client, { text, values });
      return rows as Row[];
    });
    await client.query('commit');
    return result;
  } catch (error) {
    // a connection that cannot even roll back must not go back to the pool
    await client.query('rollback').catch((rollbackError: Error) => (broken = rollbackError));
    throw error;
  } finally {
    client.release(broken);
  }
}
