// The open database: statements and transactions, in the scope of a store or as the owner.
import type pg from 'pg';
import type { Config } from '../../config.js';
import { outageAsCode, preparationFailure, missingStoreAsUnknown } from './database.errors.js';
import type { DatabaseHome, Loan, StoreLogger } from './database.home.js';
import { openEmbedded } from './embedded.database.js';
import { migrate } from './migrations.js';
import { openPostgres } from './postgres.database.js';
import { tracedWithin } from '../../observability/tracing.js';
import { isInBackground, requestSignal, runToEnd, throwIfAbandoned } from '../../request.scope.js';
import { FitroomError } from '../../errors.js';
import { isReadStatement } from './statement.kind.js';
import { keyScope, storeScope } from './row.security.js';
import type { Statement, Query, Statements, Database } from './database.types.js';

/**
 * Opens and migrates the database: the PostgreSQL server at `databaseUrl`, or else the embedded database in `dataDir`.
 * @throws StartupError that says what to do: unreachable, refused, too old, no pgvector, folder in use, newer than this
 * code
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'databasePoolSize' | 'dataDir'>,
  logger?: StoreLogger,
): Promise<Database> {
  const home = config.databaseUrl
    ? await openPostgres(config.databaseUrl, config.databasePoolSize)
    : await openEmbedded(config.dataDir);
  // The next use replaces a connection that is lost while idle. Without a listener its error would end the process.
  home.pool.on('error', (error) => logger?.warn({ reason: error.message }, 'an idle database connection was lost'));
  try {
    await migrate(home.pool);
    // removes the dead rows that the last process left
    await home.tidy(Number.POSITIVE_INFINITY);
  } catch (error) {
    await home.close();
    throw preparationFailure(error);
  }
  return databaseIn(home);
}

/** Returns the database for a home that is already open and migrated. */
export function databaseIn(home: DatabaseHome): Database {
  const { kind, pool } = home;
  const query: Query = (text, values) =>
    // the transaction carries the time limits, and on PostgreSQL it costs no extra round trip
    kind === 'postgres'
      ? batch([{ text, values }])
      : withConnection(home, isReadStatement(text) ? 'read' : 'write', ({ client }) =>
          rowsOf(client, { text, values }),
        );
  const transaction: Statements['transaction'] = (work) =>
    withConnection(home, 'write', (loan) => inTransaction(loan, 'write', work));
  const batch: Statements['batch'] = (statements) => {
    const effect = statements.every(({ text }) => isReadStatement(text)) ? 'read' : 'write';
    return withConnection(home, effect, (loan) => (kind === 'postgres' ? inOneGo : oneByOne)(loan, effect, statements));
  };
  const scoped = (scope: Statement): Statements => ({
    kind,
    query: (text, values) => missingStoreAsUnknown(() => batch([scope, { text, values }])),
    batch: (statements) => missingStoreAsUnknown(() => batch([scope, ...statements])),
    transaction: (work) =>
      missingStoreAsUnknown(() =>
        transaction(async (unscoped) => {
          await unscoped(scope.text, scope.values);
          return work(unscoped);
        }),
      ),
  });
  return {
    kind,
    pool,
    connections: home.connections,
    query,
    transaction,
    batch,
    within: (store) => scoped(storeScope(store)),
    withKey: (hash) => scoped(keyScope(hash)),
    alone: (work) => home.alone(work),
    ping: async () => void (await query('select 1')),
    tidy: (changedRows) => home.tidy(changedRows),
    close: () => home.close(),
  };
}

/** Statements that open, scope or close a transaction. They get no span of their own in a trace. */
const FRAME = /^(begin|commit$|rollback$|set local |select set_config\()/;
/** Longest statement text in a trace. The search statements have 3,000 characters. */
const MAX_TRACED_TEXT = 4_000;

/** Runs one statement. Every statement passes here. A trace records its text, in which values are $n. */
function run(on: pg.PoolClient, { text, values }: Statement): Promise<pg.QueryResult> {
  const send = (): Promise<pg.QueryResult> => on.query(text, values);
  if (FRAME.test(text)) return send();
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, MAX_TRACED_TEXT) };
  const verb = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? 'statement';
  return tracedWithin(`database ${verb}`, { kind: 'CLIENT', attributes }, send);
}

/** Effect of a statement. A canceled read loses nothing; a canceled write loses its effect. */
type Effect = 'read' | 'write';

const MODE = { read: 'read only', write: 'read write' } as const;

async function withConnection<T>(home: DatabaseHome, effect: Effect, work: (loan: Loan) => Promise<T>): Promise<T> {
  return outageAsCode(async () => {
    throwIfAbandoned();
    if (effect === 'write') runToEnd();
    const signal = requestSignal();
    const loan = await home.lend(isInBackground() ? 'background' : effect, signal);
    // The connection is returned when the server is done. This may be after the caller's promise has rejected.
    const done = withLoan(loan, work);
    return signal ? unlessAbandoned(signal, loan, done) : done;
  });
}

async function withLoan<T>(loan: Loan, work: (loan: Loan) => Promise<T>): Promise<T> {
  try {
    const result = await work(loan);
    loan.giveBack();
    return result;
  } catch (error) {
    // After a failed rollback the connection is still in a transaction and must not be used again.
    loan.giveBack(error instanceof Unusable);
    throw error instanceof Unusable ? error.cause : error;
  }
}

function unlessAbandoned<T>(signal: AbortSignal, loan: Loan, done: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abandon = (): void => {
      loan.cancel();
      reject(new FitroomError('REQUEST_ABANDONED'));
    };
    if (signal.aborted) abandon();
    signal.addEventListener('abort', abandon, { once: true });
    done.then(resolve, reject).finally(() => signal.removeEventListener('abort', abandon));
  });
}

/**
 * Sends all statements without waiting for each response. If one fails, the server refuses those behind it and the
 * commit rolls back.
 */
async function inOneGo<Row>(
  { client, begin, awaitResponse }: Loan,
  effect: Effect,
  statements: Statement[],
): Promise<Row[]> {
  const all = [{ text: begin(MODE[effect]) }, ...statements, { text: 'commit' }];
  const results = await awaitResponse(Promise.allSettled(all.map((statement) => run(client, statement))));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  const last = results.at(-2) as PromiseFulfilledResult<pg.QueryResult>;
  return last.value.rows as Row[];
}

/** Sends statements one by one. The embedded database runs in this process, so there is no round trip to save. */
function oneByOne<Row>(loan: Loan, effect: Effect, statements: Statement[]): Promise<Row[]> {
  return inTransaction(loan, effect, async (query) => {
    let rows: Row[] = [];
    for (const { text, values } of statements) rows = await query<Row>(text, values);
    return rows;
  });
}

async function inTransaction<T>(
  { client, begin, awaitResponse }: Loan,
  effect: Effect,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const send = (text: string): Promise<pg.QueryResult> => awaitResponse(client.query(text));
  try {
    await send(begin(MODE[effect]));
    const result = await work((text, values) => awaitResponse(rowsOf(client, { text, values })));
    await send('commit');
    return result;
  } catch (error) {
    await send('rollback').catch(() => {
      throw new Unusable(error);
    });
    throw error;
  }
}

async function rowsOf<Row>(client: pg.PoolClient, statement: Statement): Promise<Row[]> {
  return (await run(client, statement)).rows as Row[];
}

/** Thrown when the connection cannot be used again. */
class Unusable extends Error {
  constructor(override readonly cause: unknown) {
    super('the connection cannot be used again');
  }
}
