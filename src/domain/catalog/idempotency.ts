// Idempotency keys of calls that can arrive twice, and the result stored under a key.
import { FitroomError } from '../../errors.js';
import { isLongerThan } from '../shared/text.js';

/** Minimum retention of a result. A later call with the same key counts as a new call. */
export const KEPT_FOR_HOURS = 24;

/** The key and the parameters of a call. */
export interface IdempotentCall {
  key: string;
  /** SHA-256 (hex) of all parameters of the call. */
  parametersHash: string;
}

/** The result stored under a key after its call has completed. */
export interface StoredResult<Result> {
  parametersHash: string;
  answer: Result;
}

/**
 * Returns the key.
 * @throws FitroomError IDEMPOTENCY_KEY_INVALID unless it has 1 to 255 characters without control characters
 */
export function requireIdempotencyKey(key: string): string {
  if (key === '' || isLongerThan(key, 255) || /[\p{Cc}\p{Cs}]/u.test(key)) {
    throw new FitroomError('IDEMPOTENCY_KEY_INVALID', undefined, ['idempotencyKey']);
  }
  return key;
}

/**
 * Returns the stored result for a repeated call.
 * @throws FitroomError IDEMPOTENCY_KEY_REUSED if the parameters differ
 */
export function storedResultFor<Result>(stored: StoredResult<Result>, call: IdempotentCall): Result {
  if (stored.parametersHash === call.parametersHash) return stored.answer;
  throw new FitroomError('IDEMPOTENCY_KEY_REUSED', undefined, ['idempotencyKey']);
}
