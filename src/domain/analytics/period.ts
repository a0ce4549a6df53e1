// The stretch of time that an analyst asks about.
import { FitroomError } from '../../errors.js';
import { EARLIEST } from '../shared/instant.js';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const MOST_DAYS = 400;

export interface Period {
  from: Date;
  /** Not in it. */
  to: Date;
}

/**
 * The 30 days to now where nothing is said, else what is said.
 * @throws FitroomError PERIOD_INVALID unless it begins before it ends and lasts at most 400 days
 */
export function periodOf(given: { from?: Date | null; to?: Date | null }, now: Date): Period {
  const to = given.to ?? now;
  const from = given.from ?? new Date(Math.max(EARLIEST.getTime(), to.getTime() - DEFAULT_DAYS * DAY_MS));
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (!(days > 0 && days <= MOST_DAYS)) throw new FitroomError('PERIOD_INVALID', undefined, ['from']);
  return { from, to };
}
