// What a failed connection, or a database that cannot be prepared, tells the operator at the start.
import { StartupError } from '../errors.js';
import { isConnectionLoss } from './connection.loss.js';

const UNSET = 'or unset DATABASE_URL to use the embedded database';

/** The failure of the first connection, as one sentence that says what to do. */
export function connectFailure(url: string, error: unknown): StartupError {
  const { code, message } = error as { code?: string; message: string };
  const { where, database } = target(url);
  const causes: [boolean, string][] = [
    [
      where === null,
      `it is no postgres:// address. Write postgres://user:password@host:5432/database, ${UNSET}. ` +
        'Special characters in a password are written as %40 for @, %2F for /, %25 for %.',
    ],
    [code === '3D000', `${where} has no database "${database}". Create it: createdb ${database}`],
    [/^28/.test(code ?? ''), `${where} refuses this user or password. Correct them in the address, ${UNSET}.`],
    [code === '42501', `this user may not connect to the database "${database}" of ${where} (${message}).`],
    [code === '53300', `${where} has no connection left (${message}). Raise max_connections, or close other clients.`],
    [
      code === 'ENOENT' && !message.startsWith('connect'),
      `a file that the address names cannot be read (${message}). Correct its path.`,
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

/** Host and port, without user and password: start-up messages end up in logs. */
function target(url: string): { where: string | null; database: string } {
  try {
    // without a host, as for a socket that ?host= names, pg takes an address that URL refuses
    const { hostname, port, pathname, searchParams, username, password } = new URL(url.replace('@/', '@localhost/'));
    // pg reads both with decodeURIComponent, which throws on a lone %
    decodeURIComponent(username + password);
    const where = searchParams.get('host') ?? (decodeURIComponent(hostname) || 'localhost');
    return { where: `${where}:${port || '5432'}`, database: decodeURIComponent(pathname.slice(1)) || 'postgres' };
  } catch {
    return { where: null, database: '' };
  }
}

/** The failure of a migration or of another statement of the start, as one sentence that says what to do. */
export function preparationFailure(error: unknown): unknown {
  if (error instanceof StartupError) return error;
  const message = String((error as Error).message).split('\n', 1)[0]!;
  // node-pg-migrate puts the errors of its own table into a text, without their codes
  const isDenied = message.includes('permission denied');
  const { code = isDenied ? '42501' : undefined } = error as { code?: string };
  if (code === undefined || !/^[0-9A-Z]{5}$/.test(code)) return error;
  const causes: Record<string, string> = {
    '42501':
      `This user may not prepare the database (${message}).\n` +
      'Let its owner run: grant create on database <name> to <this user>; grant create on schema public to <this user>;',
    '25006': 'The database takes no changes: it is read-only. Use the primary server, or switch read-only off.',
    '53100': `The disk of the database is full (${message}). Make room, then start again.`,
    '55P03': 'Another session holds a lock on the tables of fitroom. Let it end, then start again.',
  };
  const cause = causes[code] ?? `The database could not be prepared: ${message} (${code}).`;
  return new StartupError(cause, { cause: error });
}
