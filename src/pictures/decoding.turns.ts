// The turns at decoding pictures, one set for the process. A picture weighs what it costs to open, in bytes of memory.
import { availableParallelism } from 'node:os';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { Turns } from './turns.js';

/** libuv has four threads for decoders, files and names of hosts: one stays free for the others. */
const DECODERS = Math.max(1, Math.min(3, availableParallelism()));

/** Beside the dearest picture (256 MB) there is room for a shopper's photo of 12 megapixels in each other turn. */
const MEMORY_AT_ONCE = MEMORY_BOUNDS.decodedPictures.bytes;

/** A core decodes some 150 to 300 MB of price a second. */
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
