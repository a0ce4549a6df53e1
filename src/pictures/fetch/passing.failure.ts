// Transient failures of a download, which may succeed on a retry.
import { FitroomError } from '../../errors.js';

/** A transient failure: too many requests, a server error, a lost connection or a silent host. */
export class PassingFailure extends FitroomError {
  /** @param retryAfterMs delay that the host requested; null if it named none */
  constructor(
    message?: string,
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super('IMAGE_URL_UNREACHABLE', message, [], options);
  }
}

/**
 * Codes of refused, reset and unroutable connections, and of a temporary resolver failure. An unknown host name is
 * permanent.
 */
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

/** Returns true for request timeout, too many requests, and server errors. */
export function isPassingStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/**
 * Parses a Retry-After header. @param header seconds or a date (RFC 9110 §10.2.3) @returns milliseconds, at least 0;
 * null if it is absent or invalid
 */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | null {
  if (header === undefined) return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/**
 * Converts the failure of an exchange to an error for the caller. @param signal of the exchange; aborted when its time
 * is up
 */
export function fetchFailure(cause: unknown, signal: AbortSignal): FitroomError {
  if (cause instanceof FitroomError) return cause;
  if (signal.aborted || PASSING_CODES.has((cause as NodeJS.ErrnoException).code ?? '')) {
    return new PassingFailure(undefined, null, { cause });
  }
  return new FitroomError('IMAGE_URL_UNREACHABLE', undefined, [], { cause });
}
