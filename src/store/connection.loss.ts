// Which failures mean "the database is away, try again" and not "the statement is wrong". Knows no table.
import { FitroomError } from '../errors.js';

// SQLSTATE classes and codes: 08 connection, 53 out of resources, 57P0x server going down or coming up,
// 57014 the statement timeout. https://www.postgresql.org/docs/current/errcodes-appendix.html
const AWAY_SQLSTATE = /^(08...|53...|57P0.|57014)$/;
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

/** Whether another try may succeed without anything being changed. */
export function isConnectionLoss(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (AWAY_SQLSTATE.test(code) || AWAY_SYSTEM.has(code))) return true;
  return typeof message === 'string' && AWAY_MESSAGE.test(message);
}

/** Runs `work`; a lost connection becomes SERVICE_UNAVAILABLE, any other failure stays what it is. */
export async function connectionLossAsUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isConnectionLoss(error)) {
      throw new FitroomError('SERVICE_UNAVAILABLE', 'The database is away for the moment: try again.', [], {
        cause: error,
      });
    }
    throw error;
  }
}
