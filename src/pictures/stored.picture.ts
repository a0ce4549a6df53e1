// The picture that a garment keeps, and the sizes of it that shop pages ask for. Knows no database and no request.
import { decoding, ofPixels } from './codec.js';
import type { Picture } from './picture.js';

/** Longer side of a stored picture: enough for a product page, and for another model to embed it again. */
const STORED_SIDE = 512;
/**
 * 4.7 ms and 16 kB for 384 × 512 px, 0.8 of 255 off in the mean. Effort 2 takes 6 ms, saves 2.5 kB and is no closer, nor is
 * quality 85 with the library's usual effort and smart subsampling, which takes 25 ms. It is the largest part of what an
 * import does beside encoding.
 */
const STORED_WEBP = { quality: 90, effort: 0 };
const SERVED_QUALITY = 80;

export type ServedFormat = 'webp' | 'jpeg';

export interface StoredPicture {
  webp: Uint8Array;
  /** Pixels, 1 to 512. */
  width: number;
  height: number;
}

/** More bytes than pixels of 4:2:0 have uncompressed: no encoder makes that of a picture. */
const MOST_BYTES = STORED_SIDE ** 2 * 1.5;

/**
 * A WebP of at most 512 px on the longer side, without metadata; smaller pictures keep their size. One that is of this form
 * already is kept byte for byte, so that what was exported comes back as it was, and does not pale by being encoded again.
 */
export async function toStoredWebp(picture: Picture): Promise<StoredPicture> {
  const { webp: asGiven } = picture;
  const { width, height } = picture.pixels;
  if (asGiven && Math.max(width, height) <= STORED_SIDE && asGiven.length <= MOST_BYTES) {
    return { webp: asGiven, width, height };
  }
  const { data, info } = await ofPixels(picture.pixels)
    .resize(STORED_SIDE, STORED_SIDE, { fit: 'inside', withoutEnlargement: true, kernel: 'lanczos3' })
    .webp(STORED_WEBP)
    .toBuffer({ resolveWithObject: true });
  return { webp: data, width: info.width, height: info.height };
}

/**
 * A stored picture at another width, its height in proportion. Never wider than it is stored.
 * @param width pixels, ≥ 1
 */
export async function resizeStored(webp: Uint8Array, width: number, format: ServedFormat): Promise<Uint8Array> {
  const resized = decoding(webp).resize({ width, withoutEnlargement: true, kernel: 'lanczos3' });
  return resized.toFormat(format, { quality: SERVED_QUALITY }).toBuffer();
}
