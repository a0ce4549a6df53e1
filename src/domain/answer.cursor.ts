// Cursors of the log of answers: an instant and an id, so that answers that come in meanwhile move no page.
import { FitroomError } from '../errors.js';
import type { KeptAnswer } from './answer.record.js';
import { isStorableInstant } from './instant.js';
import { cursorParts, opaqueCursor } from './opaque.cursor.js';

export function answerCursor({ at, id }: Pick<KeptAnswer, 'at' | 'id'>): string {
  return opaqueCursor(`a1:${at.getTime()}:${id}`);
}

/** @throws FitroomError CURSOR_INVALID */
export function answerAfter(cursor: string): { at: Date; id: string } {
  const [time, id] = cursorParts(cursor, /^a1:(\d{1,15}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/);
  const at = new Date(Number(time));
  if (!isStorableInstant(at)) throw new FitroomError('CURSOR_INVALID', undefined, ['after']);
  return { at, id: id! };
}
