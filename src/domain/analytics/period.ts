// Time periods of analytics queries.
import { FitroomError } from '../../errors.js';
import { EARLIEST } from '../shared/instant.js';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const MOST_DAYS = 400;

export interface Period {
  from: Date;
  /** Exclusive. */
  to: Date;
}

/**
 * Returns the requested period. The default is the 30 days up to now.
 * @throws FitroomError PERIOD_INVALID unless it starts before it ends and lasts at most 400 days
 */
export function periodOf(requested: { from?: Date | null; to?: Date | null }, now: Date): Period {
  const to = requested.to ?? now;
  const from = requested.from ?? new Date(Math.max(EARLIEST.getTime(), to.getTime() - DEFAULT_DAYS * DAY_MS));
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (!(days > 0 && days <= MOST_DAYS)) throw new FitroomError('PERIOD_INVALID', undefined, ['from']);
  return { from, to };
}
