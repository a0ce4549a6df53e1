// Cursors of the log of answers: an instant and an id, so that answers that come in meanwhile move no page.
import { FitroomError } from '../errors.js';
import type { KeptAnswer } from './answer.record.js';

export function answerCursor({ at, id }: Pick<KeptAnswer, 'at' | 'id'>): string {
  return Buffer.from(`a1:${at.getTime()}:${id}`).toString('base64url');
}

/** @throws FitroomError CURSOR_INVALID */
export function answerAfter(cursor: string): { at: Date; id: string } {
  const bytes = Buffer.from(cursor, 'base64url');
  const parts = /^a1:(\d{1,15}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(bytes.toString());
  // decoding passes over characters that are none of base64url; what does not encode back to itself is forged
  if (!parts || bytes.toString('base64url') !== cursor) throw new FitroomError('CURSOR_INVALID', undefined, ['after']);
  return { at: new Date(Number(parts[1])), id: parts[2]! };
}
