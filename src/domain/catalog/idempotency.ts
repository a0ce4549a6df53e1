// Calls that may arrive twice: the key that a caller gives one, and what is kept under it. Pure; knows no call by name.
import { FitroomError } from '../../errors.js';
import { isLongerThan } from '../shared/text.js';

/** How long an answer is kept at least: a caller that tries again later than that is not trying again. */
export const KEPT_FOR_HOURS = 24;

/** A call that has a key. */
export interface IdempotentCall {
  key: string;
  /** SHA-256 (hex) of all that the call was given. */
  parametersHash: string;
}

/** What a key stands for once its call has had its effect. */
export interface StoredResult<Answer> {
  parametersHash: string;
  answer: Answer;
}

/** @throws FitroomError IDEMPOTENCY_KEY_INVALID unless it has 1 to 255 characters, none of them a control character */
export function requireIdempotencyKey(key: string): string {
  if (key === '' || isLongerThan(key, 255) || /[\p{Cc}\p{Cs}]/u.test(key)) {
    throw new FitroomError('IDEMPOTENCY_KEY_INVALID', undefined, ['idempotencyKey']);
  }
  return key;
}

/** The answer under a key, for a call that brings it again. @throws FitroomError IDEMPOTENCY_KEY_REUSED */
export function storedResultFor<Answer>(kept: StoredResult<Answer>, call: IdempotentCall): Answer {
  if (kept.parametersHash === call.parametersHash) return kept.answer;
  throw new FitroomError('IDEMPOTENCY_KEY_REUSED', undefined, ['idempotencyKey']);
}
