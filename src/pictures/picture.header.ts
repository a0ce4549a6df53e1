// The check of an encoded picture's header, before anything is decoded.
import { FitroomError } from '../errors.js';
import { headerOf } from './codec.js';
import { sniffFormat } from './picture.format.js';
import {
  MAX_PICTURE_PIXELS,
  MAX_PICTURE_PRICE,
  MAX_PICTURE_SIDE,
  mostMegapixels,
  picturePrice,
  type PictureHeader,
} from './picture.price.js';
import { MAX_PICTURE_BYTES } from './picture.limits.js';
import { hasTooManyScans } from './progressive.scans.js';
import { stripPngText } from './png.text.js';

/** A picture that may be decoded, with its cost. */
export interface PricedPicture {
  /** The bytes without parts that no decoder needs. */
  bytes: Uint8Array;
  /** Cost in bytes of memory, see picture.price.ts. */
  price: number;
}

/**
 * Checks an encoded picture and computes its cost.
 * @throws FitroomError IMAGE_EMPTY, IMAGE_TOO_LARGE (bytes, pixels, sides, memory), IMAGE_FORMAT_UNSUPPORTED,
 * IMAGE_UNREADABLE, IMAGE_TOO_COSTLY (a JPEG of over 64 scans)
 */
export async function pricedPicture(input: Uint8Array): Promise<PricedPicture> {
  if (input.length === 0) throw new FitroomError('IMAGE_EMPTY');
  if (input.length > MAX_PICTURE_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
  // libvips opens over twenty formats, SVG and PDF among them; only the five supported formats pass this check
  const format = sniffFormat(input);
  if (format === null) throw new FitroomError('IMAGE_FORMAT_UNSUPPORTED');
  const bytes = format === 'png' ? stripPngText(input) : input;
  const { width, height, channels, depth, isProgressive } = await readHeader(bytes);
  const header: PictureHeader = { format, width, height, channels, depth, isProgressive };
  const price = picturePrice(header, bytes.length);
  requirePixels(header, price);
  if (format === 'jpeg' && isProgressive && hasTooManyScans(bytes)) throw new FitroomError('IMAGE_TOO_COSTLY');
  return { bytes, price };
}

async function readHeader(bytes: Uint8Array): ReturnType<typeof headerOf> {
  try {
    return await headerOf(bytes);
  } catch (cause) {
    throw new FitroomError('IMAGE_UNREADABLE', undefined, [], { cause });
  }
}

function requirePixels(header: PictureHeader, price: number): void {
  const { format, width, height } = header;
  if (Math.max(width, height) > MAX_PICTURE_SIDE) {
    throw new FitroomError('IMAGE_TOO_LARGE', `A side of the picture has more than ${MAX_PICTURE_SIDE} pixels.`);
  }
  if (width * height <= MAX_PICTURE_PIXELS && price <= MAX_PICTURE_PRICE) return;
  const most = `${mostMegapixels(header)} million pixels`;
  throw new FitroomError('IMAGE_TOO_LARGE', `A ${format.toUpperCase()} of this kind may have at most ${most}.`);
}
