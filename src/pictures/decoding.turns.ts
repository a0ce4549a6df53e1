// Turns for decoding pictures, one set per process, weighted by decoding cost in bytes.
import { availableParallelism } from 'node:os';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { Turns } from './turns.js';

/** Number of decoders. libuv has four threads for decoders, files and host names; one stays free for the latter two. */
const DECODERS = Math.max(1, Math.min(3, availableParallelism()));

/**
 * Memory of all turns: the most expensive picture (256 MB) and a shopper's photo of 12 megapixels in each of the other
 * turns.
 */
const MEMORY_AT_ONCE = MEMORY_BOUNDS.decodedPictures.bytes;

/** Cost that may wait per rank. A core decodes about 150 to 300 MB of cost per second. */
const WAITING_PRICE = MEMORY_BOUNDS.waitingDecodings.bytes / 4;

export const DECODING = new Turns({
  atOnce: DECODERS,
  weightAtOnce: MEMORY_AT_ONCE,
  patience: {
    SHOPPER: { waitMs: 4_000, waitingWeight: WAITING_PRICE },
    PAGE: { waitMs: 10_000, waitingWeight: WAITING_PRICE },
    MERCHANT: { waitMs: 30_000, waitingWeight: 2 * WAITING_PRICE },
    JOB: null,
  },
  busy: 'PICTURES_BUSY',
});
