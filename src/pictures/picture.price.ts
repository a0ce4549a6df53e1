// What a picture costs to open: the memory that its decoder needs at most, estimated from its header.
import { FitroomError } from '../errors.js';
import type { PictureFormat } from './picture.format.js';

export interface PictureHeader {
  format: PictureFormat;
  /** Pixels. */
  width: number;
  height: number;
  channels: number;
  /** Bytes of one channel of one pixel: 1 or 2. */
  depth: number;
  /** Progressive (JPEG) or interlaced (PNG). */
  isProgressive: boolean;
}

/** A 31 kB PNG can unpack to 256 million pixels; 25 million are more than phones give by default. */
export const MAX_PICTURE_PIXELS = 25_000_000;

/** A PNG of 1 × 25,000,000 pixels takes 9 s of a core, since each row has a price of its own. */
export const MAX_PICTURE_SIDE = 16_384;

/** Most that one picture may cost. An AVIF of 12.7 megapixels costs that, and takes half a second to a second of a core. */
export const MAX_PICTURE_PRICE = 256_000_000;

/** A picture that is kept at 1024 px, and once more while it is made smaller. */
const KEPT_BYTES = 6_000_000;

/** Bytes, ≥ 6 MB. docs/operations.md lists them by format, with the seconds that they take. */
export function picturePrice(header: PictureHeader, encodedBytes: number): number {
  return encodedBytes + header.width * header.height * bytesPerPixel(header) + KEPT_BYTES;
}

/** Most megapixels of a picture of this kind, rounded down to a tenth. */
export function mostMegapixels(header: PictureHeader): number {
  const most = Math.min(MAX_PICTURE_PIXELS, (MAX_PICTURE_PRICE - KEPT_BYTES) / bytesPerPixel(header));
  return Math.floor(most / 1e5) / 10;
}

/** Measured at their peak over what the process has without them, and rounded up. */
function bytesPerPixel({ format, channels, depth, isProgressive }: PictureHeader): number {
  switch (format) {
    case 'jpeg':
      // all coefficients are held at once where a picture comes in several scans
      return isProgressive ? 2.2 * channels : 1;
    case 'png':
      return isProgressive ? channels * depth + 2 : 3;
    case 'webp':
      return 5;
    case 'gif':
      return 6;
    case 'avif':
      return depth === 1 ? 20 : 27;
  }
}

/** What the pictures of one call may cost altogether: 100 JPEGs of 25 megapixels, or 32 AVIFs of 12, which take half a minute of a core. */
const CALL_PRICE = 8_000_000_000;

/** Pays for the pictures of one call. */
export class PriceAllowance {
  private left = CALL_PRICE;

  /** @throws FitroomError QUERY_TOO_COMPLEX where the pictures before leave too little */
  pay(price: number): void {
    if (price > this.left) throw new FitroomError('QUERY_TOO_COMPLEX', TOO_MANY_PIXELS);
    this.left -= price;
  }
}

const TOO_MANY_PIXELS = 'The pictures of the call have too many pixels altogether: send this one in another call.';
