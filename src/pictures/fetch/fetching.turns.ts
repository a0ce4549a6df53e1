// The turns at fetching pictures from addresses, one set for shoppers and one for merchants: slow hosts of one hold up no other.
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { MAX_PICTURE_BYTES } from '../picture.limits.js';
import { type Patience, Turns } from '../turns.js';

/** Of shoppers, and of merchants. Each may hold 10 MB. Workers of imports fetch 16 at once, so a merchant's call finds turns beside them. */
const AT_ONCE = Math.floor(MEMORY_BOUNDS.fetchedPictures.bytes / 2 / MAX_PICTURE_BYTES);
const WAITING = 100 * MAX_PICTURE_BYTES;

const patience: Patience = {
  SHOPPER: { waitMs: 4_000, waitingWeight: WAITING },
  PAGE: { waitMs: 4_000, waitingWeight: WAITING },
  MERCHANT: { waitMs: 30_000, waitingWeight: 2 * WAITING },
  JOB: null,
};
const limits = { atOnce: AT_ONCE, weightAtOnce: AT_ONCE * MAX_PICTURE_BYTES, patience, busy: 'PICTURES_BUSY' } as const;

export const SHOPPERS_FETCHES = new Turns(limits);
export const MERCHANTS_FETCHES = new Turns(limits);
