// A merchant's picture on its way into the catalog: decoded once, and kept only as what is made of it, 65 kB instead of 3 MB.
import { type Opening, withPicture } from './picture.js';
import { squareOf, type SquareRule } from './square.js';
import { type StoredPicture, toStored } from './stored.picture.js';

export interface PreparedPicture {
  /** SHA-256 in hex of the bytes as they were given. */
  hash: string;
  /** For the picture encoder: RGB [size, size, 3]. */
  square: Uint8Array;
  /** For the catalog. */
  stored: StoredPicture;
}

/** @throws FitroomError as `withPicture` */
export async function preparePicture(bytes: Uint8Array, opening: Opening, rule: SquareRule): Promise<PreparedPicture> {
  return withPicture(bytes, opening, async (picture) => {
    const [square, stored] = await Promise.all([squareOf(picture, rule), toStored(picture)]);
    return { hash: picture.hash, square, stored };
  });
}
