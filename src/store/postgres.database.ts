// The shared home of the database: a PostgreSQL server at DATABASE_URL. Owns the pool's settings and what a failed
// connection tells the operator. Knows no table.
import pg from 'pg';
import { StartupError } from '../errors.js';
import { isConnectionLoss } from './connection.loss.js';
import type { DatabaseHome } from './database.home.js';

const CONNECT_TIMEOUT_MS = 5_000;
/** No statement of a request may hold its connection longer; migrations and index builds lift it for themselves. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** @throws StartupError that says what to do where no connection comes about */
export async function openPostgres(url: string, poolSize: number): Promise<DatabaseHome> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'fitroom',
    keepAlive: true,
    // statements of one client go out without waiting for each other's answers: settings, search and commit are one round trip
    pipeline: true,
  });
  // a connection that breaks between two statements of a transaction is nobody's: without a listener it ends the process.
  // The next statement on it fails, and that failure is met
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw connectFailure(url, error);
  }
  return {
    kind: 'postgres',
    pool,
    tidy: async () => {},
    inTurn: (statement) => statement(),
    close: () => pool.end(),
  };
}

function connectFailure(url: string, error: unknown): StartupError {
  const { code, message } = error as { code?: string; message: string };
  const { where, database } = target(url);
  const unset = 'or unset DATABASE_URL to use the embedded database';
  const causes: [boolean, string][] = [
    [where === null, `it is no postgres:// address. Write postgres://user:password@host:5432/database, ${unset}.`],
    [code === '3D000', `${where} has no database "${database}". Create it: createdb ${database}`],
    [/^28/.test(code ?? ''), `${where} refuses this user or password. Correct them in the address, ${unset}.`],
    [
      /ssl/i.test(message),
      `${where} and this client do not agree on encryption (${message}). Add or drop ?sslmode=require.`,
    ],
    [
      isConnectionLoss(error),
      `no PostgreSQL answers at ${where} (${code ?? message}). Start it, correct the address, ${unset}.`,
    ],
  ];
  const cause = causes.find(([applies]) => applies)?.[1] ?? `${where} cannot be used: ${message}`;
  return new StartupError(`DATABASE_URL: ${cause}`, { cause: error });
}

/** Host and port, without user and password: start-up messages end up in logs. */
function target(url: string): { where: string | null; database: string } {
  try {
    const { hostname, port, pathname } = new URL(url);
    const where = `${hostname || 'localhost'}:${port || '5432'}`;
    return { where, database: decodeURIComponent(pathname.slice(1)) || 'postgres' };
  } catch {
    return { where: null, database: '' };
  }
}
