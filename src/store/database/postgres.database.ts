// The PostgreSQL server at DATABASE_URL, reached directly or behind PgBouncer in transaction mode.
import pg from 'pg';
import { ConnectionGate, type Lane } from './connection.gate.js';
import type { DatabaseHome, Loan } from './database.home.js';
import { connectFailure } from './database.errors.js';
import { silent, SilenceWatch, ticksOf, type WatchedConnection } from './silence.watch.js';
import { cancelRunning } from './statement.cancel.js';

const CONNECT_TIMEOUT_MS = 2_500;
const FIRST_CONNECT_TIMEOUT_MS = 5_000;

/** Longest wait for a free connection, in milliseconds. A silent server ends all waits at once. */
const WAIT_MS = { read: 5_000, write: 10_000, background: 30_000 };

interface TimeLimits {
  /** Limit of one statement, on the server. */
  statementMs: number;
  /** Limit of waiting for a row lock. */
  lockMs: number;
  /** Time that the server may stay silent. */
  silenceMs: number;
}

const REQUEST: TimeLimits = { statementMs: 15_000, lockMs: 8_000, silenceMs: 0 };
const LIMITS: Record<Lane, TimeLimits> = {
  read: REQUEST,
  write: REQUEST,
  // jobs process whole catalogs: finishing late is better than starting again
  background: { statementMs: 600_000, lockMs: 60_000, silenceMs: 30_000 },
};
/** Extra time so that the server ends a statement first and reports it. The client limit covers dead connections. */
const SERVER_FIRST_MS = 2_000;

/** Opens a pool to the server. @throws StartupError that says what to do if no connection can be made */
export async function openPostgres(url: string, poolSize: number): Promise<DatabaseHome> {
  const config = { connectionString: url, application_name: 'fitroom', keepAlive: true };
  const isDirect = await leadsToServer(config).catch((error: unknown) => {
    throw connectFailure(url, error);
  });
  const pool = new pg.Pool({
    ...config,
    // Saves two statements in every transaction. PgBouncer refuses such settings, so behind it each transaction sets
    // its own.
    ...(isDirect && { statement_timeout: REQUEST.statementMs, lock_timeout: REQUEST.lockMs }),
    max: poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // Statements of one client are sent without waiting for responses: settings, search and commit take one round trip.
    pipeline: true,
  });
  // A connection that breaks between two statements of a transaction emits an error event; without a listener it ends
  // the process. The next statement on the connection fails and is handled.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const gate = new ConnectionGate({ slots: poolSize, waitMs: WAIT_MS });
  const watch = new SilenceWatch({
    ask: (signal) => signOfLife(config, signal),
    onSilence: () => gate.refuseAll(silent),
  });
  const lender = { pool, gate, watch, begin: beginsOf(isDirect) };
  return {
    kind: 'postgres',
    pool,
    connections: {
      get totalCount() {
        return pool.totalCount;
      },
      get idleCount() {
        return pool.idleCount;
      },
      get waitingCount() {
        return gate.waitingCount;
      },
    },
    tidy: async () => {},
    lend: (lane, signal) => lend(lender, lane, signal),
    alone: (work) => alone(config, isDirect, work),
    async close() {
      await pool.end();
      watch.stop();
    },
  };
}

interface Lender {
  pool: pg.Pool;
  gate: ConnectionGate;
  watch: SilenceWatch;
  begin: Record<Lane, Loan['begin']>;
}

async function lend(lender: Lender, lane: Lane, signal?: AbortSignal): Promise<Loan> {
  const { pool, gate, watch } = lender;
  const leave = await gate.enter(lane, signal);
  try {
    await watch.requireSign();
    return loanOf(await pool.connect(), { ...lender, lane, leave });
  } catch (error) {
    leave();
    if (/due to connection timeout/.test((error as Error).message)) watch.heardNothing();
    throw error;
  }
}

function loanOf(
  client: pg.PoolClient,
  { begin, lane, watch, leave }: Lender & { lane: Lane; leave: () => void },
): Loan {
  const { statementMs, silenceMs } = LIMITS[lane];
  const watched: WatchedConnection = {
    patienceTicks: ticksOf(silenceMs),
    limitTicks: ticksOf(statementMs + SERVER_FIRST_MS),
    giveUp: () => destroy(client),
  };
  let isCancelled = false;
  return {
    client,
    begin: begin[lane],
    awaitResponse: (sent) => watch.over(watched, sent),
    cancel() {
      isCancelled = true;
      cancelRunning(client);
    },
    giveBack(broken = false) {
      // a late cancel request would end the next statement of the connection
      client.release(broken || isCancelled);
      leave();
    },
  };
}

/**
 * Returns the SQL that begins a transaction, by lane. Behind PgBouncer every transaction sets its limits; on a direct
 * connection only lanes whose limits differ from those of requests do.
 */
function beginsOf(isDirect: boolean): Record<Lane, Loan['begin']> {
  const beginOf = ({ statementMs, lockMs }: TimeLimits): Loan['begin'] => {
    const limits = `; set local statement_timeout = ${statementMs}; set local lock_timeout = ${lockMs}`;
    return (mode) => `begin ${mode}${limits}`;
  };
  const request: Loan['begin'] = isDirect ? (mode) => `begin ${mode}` : beginOf(REQUEST);
  return { read: request, write: request, background: beginOf(LIMITS.background) };
}

/** Closes a connection at once. pg's own `end` would wait for the statements already sent. */
function destroy(client: pg.ClientBase): void {
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}

/** Connects. @returns true if the connection leads to the server itself; PgBouncer reports process ids of its own */
async function leadsToServer(config: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: FIRST_CONNECT_TIMEOUT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return rows[0]!.pid === (client as unknown as { processID: number | null }).processID;
  } finally {
    client.end().catch(() => undefined);
  }
}

/**
 * Resolves if the server responds. An error sent by the server counts as a response, for example "too many
 * connections".
 */
async function signOfLife(config: pg.ClientConfig, signal: AbortSignal): Promise<void> {
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  signal.addEventListener('abort', () => destroy(client), { once: true });
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
  } finally {
    if (!signal.aborted) client.end().catch(() => undefined);
  }
}

async function alone<T>(
  config: pg.ClientConfig,
  isDirect: boolean,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: FIRST_CONNECT_TIMEOUT_MS });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // A time limit that the operator has set for this user must not stop index builds. Behind PgBouncer the setting
    // would stay on the connection for other users.
    if (isDirect) await client.query('set statement_timeout = 0');
    return await work(client);
  } finally {
    await client.end();
  }
}
