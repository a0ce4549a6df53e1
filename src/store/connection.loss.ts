// Failures that mean "the database is away" or "it is busy", and not "the statement is wrong".
import { FitroomError } from '../errors.js';

// SQLSTATE classes and codes: 08 connection, 53 out of resources, 57P0x server going down or coming up, 25006 a server that has
// become a standby. https://www.postgresql.org/docs/current/errcodes-appendix.html
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
// pg gives these no code
const AWAY_MESSAGE =
  /connection terminated|connection error and is not queryable|client was closed|timeout exceeded when trying to connect|cannot use a pool after calling end/i;

/** Whether the server cannot be reached, or is going down or coming up. */
export function isConnectionLoss(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (AWAY_SQLSTATE.test(code) || AWAY_SYSTEM.has(code))) return !isBusy(error);
  return typeof message === 'string' && AWAY_MESSAGE.test(message);
}

/** Whether the server is there and has no room or time for this statement now. */
export function isBusy(error: unknown): boolean {
  return BUSY_SQLSTATE.has(String((error as { code?: unknown } | null)?.code));
}

/** Runs `work`; a lost connection becomes SERVICE_UNAVAILABLE, a busy server DATABASE_BUSY, any other failure stays what it is. */
export async function outageAsCode<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isBusy(cause)) throw new FitroomError('DATABASE_BUSY', undefined, [], { cause });
    if (!isConnectionLoss(cause)) throw cause;
    throw new FitroomError('SERVICE_UNAVAILABLE', 'The database is away for the moment: try again.', [], { cause });
  }
}
