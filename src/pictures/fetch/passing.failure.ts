// Failures of a fetch that may be gone a moment later, told from those that stay. Knows no policy of trying again.
import { FitroomError } from '../../errors.js';

/** Too many requests, a server's error, a lost connection, silence. */
export class PassingFailure extends FitroomError {
  /** @param retryAfterMs how long the host asks to be left alone; null where it does not say */
  constructor(
    message?: string,
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super('IMAGE_URL_UNREACHABLE', message, [], options);
  }
}

/** Refused, reset or unroutable connections, and a resolver that asks to be asked again. An unknown name stays unknown. */
const PASSING_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);

/** Request timeout, too many requests, and whatever the server blames on itself. */
export function isPassingStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** @param header seconds or a date (RFC 9110 §10.2.3) @returns at least 0; null where it is absent or neither */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | null {
  if (header === undefined) return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** What went wrong in an exchange, as the caller is told. @param signal of the exchange: aborted, its time was up */
export function fetchFailure(cause: unknown, signal: AbortSignal): FitroomError {
  if (cause instanceof FitroomError) return cause;
  if (signal.aborted || PASSING_CODES.has((cause as NodeJS.ErrnoException).code ?? '')) {
    return new PassingFailure(undefined, null, { cause });
  }
  return new FitroomError('IMAGE_URL_UNREACHABLE', undefined, [], { cause });
}
