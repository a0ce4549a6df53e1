// The stored picture of a garment, and its other sizes for shop pages.
import { decoding, ofPixels } from './codec.js';
import { DECODING } from './decoding.turns.js';
import { type Picture, type OpenOptions, withPicture } from './picture.js';
import { squareOf, type SquareRule } from './letterbox.js';

/** Longer side of a stored picture: enough for a product page and for embedding with another model. */
const STORED_SIDE = 512;
/**
 * JPEG options: 1.1 ms and 22 kB for 384 × 512 px. A WebP of the same quality at its lowest effort has 17 kB but takes
 * 5.8 ms, a fifth of the import time of a garment. It is no more accurate: for a JPEG input its mean error is 0.8 of
 * 255, against 0.2.
 */
const STORED_JPEG = { quality: 90, optimiseCoding: false };
const SERVED_QUALITY = 80;
/** Maximum memory for resizing a stored picture, in bytes. */
const STORED_PRICE = 1_000_000;

export type ServedFormat = 'webp' | 'jpeg';

export interface StoredPicture {
  bytes: Uint8Array;
  /** In pixels, 1 to 512. */
  width: number;
  height: number;
}

/**
 * Returns a JPEG of at most 512 px on the longer side, without metadata. Smaller pictures keep their size. A JPEG or
 * WebP that already has this form is stored byte for byte, so that an exported picture can be imported again without
 * loss.
 */
export async function toStored(picture: Picture): Promise<StoredPicture> {
  const { plain: original } = picture;
  const { width, height } = picture.pixels;
  if (original && Math.max(width, height) <= STORED_SIDE) {
    return { bytes: original, width, height };
  }
  const { data, info } = await ofPixels(picture.pixels)
    .resize(STORED_SIDE, STORED_SIDE, { fit: 'inside', withoutEnlargement: true, kernel: 'lanczos3' })
    .jpeg(STORED_JPEG)
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

/**
 * Resizes a stored picture to another width in proportion, never wider than the stored one.
 * @param width pixels, ≥ 1
 * @throws FitroomError PICTURES_BUSY, REQUEST_ABANDONED
 */
export async function resizeStored(bytes: Uint8Array, width: number, format: ServedFormat): Promise<Uint8Array> {
  const resized = decoding(bytes).resize({ width, withoutEnlargement: true, kernel: 'lanczos3' });
  const encoded = resized.toFormat(format, { quality: SERVED_QUALITY });
  return DECODING.run({ rank: 'PAGE', weight: STORED_PRICE }, () => encoded.toBuffer());
}

export interface PreparedPicture {
  /** SHA-256 in hex of the original bytes. */
  hash: string;
  /** Input of the picture encoder: RGB [size, size, 3]. */
  square: Uint8Array;
  /** Picture for the catalog. */
  stored: StoredPicture;
}

/** Decodes a picture once for the encoder and for the catalog. @throws FitroomError as `withPicture` */
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
