// Classification of API errors for the pages.
import { ApiError, UNREACHABLE } from '../../../client/api.error.js';

/** Returns a thrown ApiError. It throws anything else again, so that faults of the page appear in the console. */
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

/** Returns whether the same request may succeed later. */
export function mayPass({ code }: ApiError): boolean {
  return MAY_PASS.has(code);
}

export function needsKey({ code }: ApiError): boolean {
  return code === 'UNAUTHENTICATED' || code === 'STORE_UNKNOWN';
}

/** Returns whether a newer request aborted this one. */
export function wasAborted(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError';
}
