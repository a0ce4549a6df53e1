// Turns for downloads, one set for shoppers and one for merchants.
// Slow hosts of one group do not block the other.
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { MAX_PICTURE_BYTES } from '../picture.limits.js';
import { type Patience, Turns } from '../turns.js';

/**
 * Turns of each set. Each may hold 10 MB. Import workers download 16 pictures at once, so a merchant's call still finds
 * free turns.
 */
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
