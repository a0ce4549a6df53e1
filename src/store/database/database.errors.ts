// Database failures: connection losses, busy servers, and startup errors that say what to do.
import { FitroomError, StartupError } from '../../errors.js';
// SQLSTATE classes and codes: 08 connection, 53 out of resources, 57P0x server shutting down or starting up, 25006 a
// server that has become a standby. https://www.postgresql.org/docs/current/errcodes-appendix.html
const AWAY_SQLSTATE = /^(08...|53...|57P0.|25006)$/;
// 53300 too many connections, 55P03 waited too long for a row, 57014 the statement took too long
const BUSY_SQLSTATE = new Set(['53300', '55P03', '57014']);
const AWAY_SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);
// pg gives these errors no code
const AWAY_MESSAGE =
  /connection terminated|connection error and is not queryable|client was closed|timeout exceeded when trying to connect|cannot use a pool after calling end/i;

/** Returns true if the server cannot be reached, shuts down or starts up. */
export function isConnectionLoss(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (AWAY_SQLSTATE.test(code) || AWAY_SYSTEM.has(code))) return !isBusy(error);
  return typeof message === 'string' && AWAY_MESSAGE.test(message);
}

/** Returns true if the server is up but has no room or time for this statement now. */
export function isBusy(error: unknown): boolean {
  return BUSY_SQLSTATE.has(String((error as { code?: unknown } | null)?.code));
}

/**
 * Runs `work`. Turns a lost connection into SERVICE_UNAVAILABLE and a busy server into DATABASE_BUSY; rethrows other
 * errors unchanged.
 */
export async function outageAsCode<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isBusy(cause)) throw new FitroomError('DATABASE_BUSY', undefined, [], { cause });
    if (!isConnectionLoss(cause)) throw cause;
    throw new FitroomError('SERVICE_UNAVAILABLE', 'The database is temporarily unavailable. Try again.', [], { cause });
  }
}

// SQLSTATE foreign_key_violation. Migrations 0004 and 0014 define the constraint names.
const FOREIGN_KEY_VIOLATION = '23503';
const TO_STORES = /(_of_store|_store_id_fkey)$/;

/** Runs `work`. Turns a write for a store that does not exist into STORE_UNKNOWN; rethrows other errors unchanged. */
export async function missingStoreAsUnknown<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
    if (code !== FOREIGN_KEY_VIOLATION || !TO_STORES.test(String(constraint))) throw error;
    throw new FitroomError('STORE_UNKNOWN', undefined, [], { cause: error });
  }
}

const UNSET = 'or unset DATABASE_URL to use the embedded database';

/** Returns the failure of the first connection as an error whose message says what to do. */
export function connectFailure(url: string, error: unknown): StartupError {
  const { code, message } = error as { code?: string; message: string };
  const { where, database } = target(url);
  const causes: [boolean, string][] = [
    [
      where === null,
      `it is not a postgres:// URL. Write postgres://user:password@host:5432/database, ${UNSET}. ` +
        'Special characters in a password are written as %40 for @, %2F for /, %25 for %.',
    ],
    [code === '3D000', `${where} has no database "${database}". Create it: createdb ${database}`],
    [/^28/.test(code ?? ''), `${where} refuses this user or password. Correct them in the address, ${UNSET}.`],
    [code === '42501', `this user may not connect to the database "${database}" of ${where} (${message}).`],
    [code === '53300', `${where} has no connection left (${message}). Raise max_connections, or close other clients.`],
    [
      code === 'ENOENT' && !message.startsWith('connect'),
      `a file that the URL names cannot be read (${message}). Correct its path.`,
    ],
    [
      /ssl|certificate|tls/i.test(message),
      `${where} and this client do not agree on encryption (${message}). Add or drop ?sslmode=require.`,
    ],
    [
      isConnectionLoss(error) || code === 'ENOENT',
      `no PostgreSQL answers at ${where} (${code ?? message}). Start it, correct the address, ${UNSET}.`,
    ],
  ];
  const cause = causes.find(([applies]) => applies)?.[1] ?? `${where} cannot be used: ${message}`;
  return new StartupError(`DATABASE_URL: ${cause}`, { cause: error });
}

/**
 * Returns host and port without user and password: startup messages end up in logs. `where` is null for an invalid URL.
 */
function target(url: string): { where: string | null; database: string } {
  try {
    // pg accepts a URL without a host, as with ?host= for a socket; URL refuses it
    const { hostname, port, pathname, searchParams, username, password } = new URL(url.replace('@/', '@localhost/'));
    // pg decodes both with decodeURIComponent, which throws on a lone %
    decodeURIComponent(username + password);
    const where = searchParams.get('host') ?? (decodeURIComponent(hostname) || 'localhost');
    return { where: `${where}:${port || '5432'}`, database: decodeURIComponent(pathname.slice(1)) || 'postgres' };
  } catch {
    return { where: null, database: '' };
  }
}

/**
 * Returns the failure of a migration or another startup statement as an error whose message says what to do. Returns
 * errors without an SQLSTATE unchanged.
 */
export function preparationFailure(error: unknown): unknown {
  if (error instanceof StartupError) return error;
  const message = String((error as Error).message).split('\n', 1)[0]!;
  // node-pg-migrate reports errors of its own table as text, without their codes
  const isDenied = message.includes('permission denied');
  const { code = isDenied ? '42501' : undefined } = error as { code?: string };
  if (code === undefined || !/^[0-9A-Z]{5}$/.test(code)) return error;
  const causes: Record<string, string> = {
    '42501':
      `This user may not prepare the database (${message}).\n` +
      'Let its owner run: grant create on database <name> to <this user>; grant create on schema public to <this user>;',
    '25006': 'The database is read-only. Use the primary server, or turn read-only mode off.',
    '53100': `The disk of the database is full (${message}). Make room, then start again.`,
    '55P03': 'Another session holds a lock on the tables of fitroom. Wait until it ends, then start again.',
  };
  const cause = causes[code] ?? `The database could not be prepared: ${message} (${code}).`;
  return new StartupError(cause, { cause: error });
}
