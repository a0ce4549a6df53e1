// The picture that a garment keeps, and the sizes of it that shop pages ask for. Knows no database and no request.
import { decoding, ofPixels } from './codec.js';
import type { Picture } from './picture.js';

/** Longer side of a stored picture: enough for a product page, and for another model to embed it again. */
const STORED_SIDE = 512;
/** At 85 the letterboxed pixels stay within 2 of 255 of the original's in the mean, at some 30 kB. */
const STORED_QUALITY = 85;
const SERVED_QUALITY = 80;

export type ServedFormat = 'webp' | 'jpeg';

export interface StoredPicture {
  webp: Uint8Array;
  /** Pixels, 1 to 512. */
  width: number;
  height: number;
}

/** A WebP of at most 512 px on the longer side, without metadata; smaller pictures keep their size. */
export async function toStoredWebp(picture: Picture): Promise<StoredPicture> {
  const { data, info } = await ofPixels(picture.pixels)
    .resize(STORED_SIDE, STORED_SIDE, { fit: 'inside', withoutEnlargement: true, kernel: 'lanczos3' })
    .webp({ quality: STORED_QUALITY, smartSubsample: true })
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
