// The decoding cost of a picture: the peak memory of its decoder, estimated from the header.
import { FitroomError } from '../errors.js';
import type { PictureFormat } from './picture.format.js';

export interface PictureHeader {
  format: PictureFormat;
  /** In pixels. */
  width: number;
  height: number;
  channels: number;
  /** Bytes per channel of a pixel: 1 or 2. */
  depth: number;
  /** True for a progressive JPEG or an interlaced PNG. */
  isProgressive: boolean;
}

/**
 * Maximum number of pixels of a picture. A 31 kB PNG can decompress to 256 million pixels, and phones take fewer than
 * 25 million by default.
 */
export const MAX_PICTURE_PIXELS = 25_000_000;

/** Longest side. Decoding has a fixed cost per row, so a PNG of 1 × 25,000,000 pixels takes 9 s of a core. */
export const MAX_PICTURE_SIDE = 16_384;

/**
 * Highest cost of one picture. An AVIF of 12.7 megapixels has this cost and takes half a second to a second of a core.
 */
export const MAX_PICTURE_PRICE = 256_000_000;

/** Bytes of a decoded picture at 1024 px, twice: a second copy exists while it is made smaller. */
const DECODED_BYTES = 6_000_000;

/** Returns the cost in bytes, ≥ 6 MB. docs/operations.md lists it by format, with the decoding time. */
export function picturePrice(header: PictureHeader, encodedBytes: number): number {
  return encodedBytes + header.width * header.height * bytesPerPixel(header) + DECODED_BYTES;
}

/** Returns the maximum megapixels of a picture of this kind, rounded down to a tenth. */
export function mostMegapixels(header: PictureHeader): number {
  const most = Math.min(MAX_PICTURE_PIXELS, (MAX_PICTURE_PRICE - DECODED_BYTES) / bytesPerPixel(header));
  return Math.floor(most / 1e5) / 10;
}

/** Returns the measured peak of memory per pixel, above that of the idle process and rounded up. */
function bytesPerPixel({ format, channels, depth, isProgressive }: PictureHeader): number {
  switch (format) {
    case 'jpeg':
      // the decoder holds all coefficients at once for a picture in several scans
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

/**
 * Highest cost of all pictures of one call: 100 JPEGs of 25 megapixels, or 32 AVIFs of 12, which take half a minute of
 * a core.
 */
const CALL_PRICE = 8_000_000_000;

/** Bounds the total cost of the pictures of one call. */
export class PriceAllowance {
  private left = CALL_PRICE;

  /** Deducts the cost of a picture. @throws FitroomError QUERY_TOO_COMPLEX if the remaining allowance is too small */
  pay(price: number): void {
    if (price > this.left) throw new FitroomError('QUERY_TOO_COMPLEX', TOO_MANY_PIXELS);
    this.left -= price;
  }
}

const TOO_MANY_PIXELS = 'The pictures of this call have too many pixels in total. Send this picture in another call.';
