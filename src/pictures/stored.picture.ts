// The picture that a garment keeps, and the sizes of it that shop pages ask for. Knows no database and no request.
import { decoding, ofPixels } from './codec.js';
import { DECODING } from './decoding.turns.js';
import { type Picture, type OpenOptions, withPicture } from './picture.js';
import { squareOf, type SquareRule } from './letterbox.js';

/** Longer side of a stored picture: enough for a product page, and for another model to embed it again. */
const STORED_SIDE = 512;
/**
 * 1.1 ms and 22 kB for 384 × 512 px. A WebP of the same quality at its least effort has 17 kB and takes 5.8 ms, a fifth of what
 * an import does for a garment, and is no closer: 0.8 of 255 off in the mean against 0.2 where a JPEG came in.
 */
const STORED_JPEG = { quality: 90, optimiseCoding: false };
const SERVED_QUALITY = 80;
/** Memory that making another size of a stored picture takes at most, in bytes. */
const STORED_PRICE = 1_000_000;

export type ServedFormat = 'webp' | 'jpeg';

export interface StoredPicture {
  bytes: Uint8Array;
  /** Pixels, 1 to 512. */
  width: number;
  height: number;
}

/**
 * A JPEG of at most 512 px on the longer side, without metadata; smaller pictures keep their size. One that is of this form
 * already, or a WebP of it, is kept byte for byte, so that what was exported comes back as it was, and does not pale by being
 * encoded again.
 */
export async function toStored(picture: Picture): Promise<StoredPicture> {
  const { plain: asGiven } = picture;
  const { width, height } = picture.pixels;
  if (asGiven && Math.max(width, height) <= STORED_SIDE) {
    return { bytes: asGiven, width, height };
  }
  const { data, info } = await ofPixels(picture.pixels)
    .resize(STORED_SIDE, STORED_SIDE, { fit: 'inside', withoutEnlargement: true, kernel: 'lanczos3' })
    .jpeg(STORED_JPEG)
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

/**
 * A stored picture at another width, its height in proportion. Never wider than it is stored.
 * @param width pixels, ≥ 1
 * @throws FitroomError PICTURES_BUSY, REQUEST_ABANDONED
 */
export async function resizeStored(bytes: Uint8Array, width: number, format: ServedFormat): Promise<Uint8Array> {
  const resized = decoding(bytes).resize({ width, withoutEnlargement: true, kernel: 'lanczos3' });
  const encoded = resized.toFormat(format, { quality: SERVED_QUALITY });
  return DECODING.run({ rank: 'PAGE', weight: STORED_PRICE }, () => encoded.toBuffer());
}

export interface PreparedPicture {
  /** SHA-256 in hex of the bytes as they were given. */
  hash: string;
  /** For the picture encoder: RGB [size, size, 3]. */
  square: Uint8Array;
  /** For the catalog. */
  stored: StoredPicture;
}

/** @throws FitroomError as `withPicture` */
export async function preparePicture(
  bytes: Uint8Array,
  opening: OpenOptions,
  rule: SquareRule,
): Promise<PreparedPicture> {
  return withPicture(bytes, opening, async (picture) => {
    const [square, stored] = await Promise.all([squareOf(picture, rule), toStored(picture)]);
    return { hash: picture.hash, square, stored };
  });
}
