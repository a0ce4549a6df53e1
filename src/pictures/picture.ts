// Decoded pictures: upright, on white, in sRGB, decoded once.
// Decoding drops everything else in the file: EXIF, GPS, thumbnails, color profile, further frames.
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
 * Longer side of a decoded picture: twice that of a stored one. It bounds a decoded picture to 3 MB, and JPEGs of 12
 * megapixels decode in 35 ms instead of 57. Compared to one resize from full size, the pixels of the 128 px letterbox
 * differ by 0.7 of 255 on average.
 */
const DECODED_SIDE = 1024;

/**
 * Maximum bytes of a picture that is stored unchanged: the uncompressed size of a stored picture (512 × 512 in 4:2:0).
 * No encoder needs more.
 */
export const MAX_PLAIN_BYTES = 512 ** 2 * 1.5;

export interface Picture {
  /** At most 1024 px on the longer side. */
  readonly pixels: Pixels;
  /** SHA-256 in hex of the original bytes: equal bytes are an equal picture. */
  readonly hash: string;
  /** The original bytes, if their form can be stored unchanged. Absent otherwise. */
  readonly plain?: Uint8Array;
}

/** Options for opening a picture. */
export interface OpenOptions {
  rank: Rank;
  /** Allowance shared by the pictures of one call. Absent for no bound. */
  allowance?: PriceAllowance;
}

/**
 * Decodes a JPEG, PNG, WebP, AVIF or GIF when its turn comes: rotated by its EXIF, transparency on white, any color
 * space and depth converted to 8-bit sRGB, first frame only.
 * @param use called within the turn; do not keep the pixels (3 MB) beyond its result
 * @throws FitroomError as `pricedPicture`, IMAGE_UNREADABLE (damaged or cut off), IMAGE_TOO_COSTLY (over 10 s),
 * PICTURES_BUSY, QUERY_TOO_COMPLEX (the allowance), REQUEST_ABANDONED
 */
export async function withPicture<T>(
  bytes: Uint8Array,
  { rank, allowance }: OpenOptions,
  use: (picture: Picture) => Promise<T>,
): Promise<T> {
  throwIfAbandoned();
  const { bytes: strippedBytes, price } = await pricedPicture(bytes);
  allowance?.pay(price);
  return DECODING.run({ rank, weight: price }, async () => use(await decodedPicture(bytes, strippedBytes)));
}

/**
 * Returns the decoded picture, as `withPicture` does. Use it only for few pictures at a time, since each holds 3 MB.
 */
export function openPicture(bytes: Uint8Array, rank: Rank = 'JOB'): Promise<Picture> {
  return withPicture(bytes, { rank }, (picture) => Promise.resolve(picture));
}

/** Returns the SHA-256 in hex. */
export function pictureHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Decodes a picture and hashes its bytes. @param strippedBytes the same picture without the parts that no decoder needs
 */
async function decodedPicture(bytes: Uint8Array, strippedBytes: Uint8Array): Promise<Picture> {
  const picture = { pixels: await decode(strippedBytes), hash: pictureHash(bytes) };
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
        .resize(DECODED_SIDE, DECODED_SIDE, { fit: 'inside', withoutEnlargement: true, kernel: 'lanczos3' }),
    );
  } catch (cause) {
    throw new FitroomError(isTimeout(cause) ? 'IMAGE_TOO_COSTLY' : 'IMAGE_UNREADABLE', undefined, [], { cause });
  }
}
