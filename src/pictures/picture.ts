// Encoded bytes to a picture that everything else works on: decoded once, upright, on white, in sRGB. Whatever else the
// file held (EXIF, GPS, thumbnails, colour profile, further frames) ends here.
import { createHash } from 'node:crypto';
import { FitroomError } from '../errors.js';
import { throwIfAbandoned } from '../request.scope.js';
import { decoding, isTimeout, type Pixels, toPixels } from './codec.js';
import { DECODING } from './decoding.turns.js';
import { pricedPicture } from './picture.header.js';
import type { PriceAllowance } from './picture.price.js';
import { isPlainJpeg, isPlainWebp } from './plain.jpeg.js';
import type { Rank } from './turns.js';

/**
 * Longer side that a picture is kept at: twice what is stored. It bounds a decoded picture to 3 MB whatever is sent, and
 * JPEGs of 12 megapixels decode in 35 ms instead of 57. Against one resize from the full size the pixels of the
 * 128 px letterbox differ by 0.7 of 255 in the mean.
 */
const KEPT_SIDE = 1024;

/** More bytes than the pixels of a stored picture (512 × 512 in 4:2:0) have uncompressed: no encoder makes that of a picture. */
export const MAX_PLAIN_BYTES = 512 ** 2 * 1.5;

export interface Picture {
  /** At most 1024 px on the longer side. */
  readonly pixels: Pixels;
  /** SHA-256 in hex of the bytes as they were given: equal bytes are an equal picture. */
  readonly hash: string;
  /** Those bytes, where they are of a form that is stored as it is; absent: they are not. */
  readonly plain?: Uint8Array;
}

/** For whom a picture is opened. */
export interface OpenOptions {
  rank: Rank;
  /** What is left for the pictures of the same call; absent: it is not bounded. */
  allowance?: PriceAllowance;
}

/**
 * Decodes a JPEG, PNG, WebP, AVIF or GIF when its turn comes: turned as its EXIF says, transparency on white, any color space
 * and depth to 8-bit sRGB, first frame only.
 * @param use called within the turn: of the pixels, 3 MB each, only what it returns should be kept
 * @throws FitroomError as `pricedPicture`, IMAGE_UNREADABLE (damaged or cut off), IMAGE_TOO_COSTLY (over 10 s),
 *   PICTURES_BUSY, QUERY_TOO_COMPLEX (the allowance), REQUEST_ABANDONED
 */
export async function withPicture<T>(
  bytes: Uint8Array,
  { rank, allowance }: OpenOptions,
  use: (picture: Picture) => Promise<T>,
): Promise<T> {
  throwIfAbandoned();
  const { bytes: needed, price } = await pricedPicture(bytes);
  allowance?.pay(price);
  return DECODING.run({ rank, weight: price }, async () => use(await opened(bytes, needed)));
}

/** The whole picture, decoded as `withPicture` does it: for one of few. */
export function openPicture(bytes: Uint8Array, rank: Rank = 'JOB'): Promise<Picture> {
  return withPicture(bytes, { rank }, (picture) => Promise.resolve(picture));
}

/** SHA-256 in hex. */
export function pictureHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @param needed the same picture without what no decoder needs */
async function opened(bytes: Uint8Array, needed: Uint8Array): Promise<Picture> {
  const picture = { pixels: await decode(needed), hash: pictureHash(bytes) };
  const isPlain = bytes.length <= MAX_PLAIN_BYTES && (isPlainJpeg(bytes) || isPlainWebp(bytes));
  return isPlain ? { ...picture, plain: bytes } : picture;
}

async function decode(bytes: Uint8Array): Promise<Pixels> {
  throwIfAbandoned();
  try {
    return await toPixels(
      decoding(bytes)
        .autoOrient()
        .flatten({ background: '#ffffff' })
        .resize(KEPT_SIDE, KEPT_SIDE, { fit: 'inside', withoutEnlargement: true, kernel: 'lanczos3' }),
    );
  } catch (cause) {
    throw new FitroomError(isTimeout(cause) ? 'IMAGE_TOO_COSTLY' : 'IMAGE_UNREADABLE', undefined, [], { cause });
  }
}
