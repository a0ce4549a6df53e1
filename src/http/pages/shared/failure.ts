// What went wrong between a page and the API, and what helps against it.
import { ApiError, UNREACHABLE } from '../../../client/api.error.js';

/** Whatever was thrown, as an ApiError. A fault of the page itself is thrown on: the console is to have it. */
export function failureOf(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  throw thrown;
}

const MAY_PASS: ReadonlySet<string> = new Set([
  UNREACHABLE,
  'SERVICE_UNAVAILABLE',
  'SERVER_BUSY',
  'DATABASE_BUSY',
  'PICTURES_BUSY',
  'INTERNAL_SERVER_ERROR',
]);

/** Whether the same again may work. */
export function mayPass({ code }: ApiError): boolean {
  return MAY_PASS.has(code);
}

export function needsKey({ code }: ApiError): boolean {
  return code === 'UNAUTHENTICATED' || code === 'STORE_UNKNOWN';
}

/** A newer request has taken this one's place. */
export function wasAborted(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError';
}
