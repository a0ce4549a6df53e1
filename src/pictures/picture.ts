// Encoded bytes to a picture that everything else works on: decoded once, upright, on white, in sRGB. Whatever else the
// file held (EXIF, GPS, thumbnails, colour profile, further frames) ends here.
import { createHash } from 'node:crypto';
import { FitroomError } from '../errors.js';
import { throwIfAbandoned } from '../request.scope.js';
import { decoding, type Pixels, toPixels } from './codec.js';
import { sniffFormat } from './picture.format.js';
import { isPlainJpeg } from './plain.jpeg.js';
import { isPlainWebp } from './plain.webp.js';
import { MAX_PICTURE_BYTES } from './picture.size.js';

/**
 * Longer side that a picture is kept at: twice what is stored. It bounds a decoded picture to 3 MB whatever is sent, and
 * JPEGs of 12 megapixels decode in 35 ms instead of 57. Against one resize from the full size the pixels of the
 * 128 px letterbox differ by 0.7 of 255 in the mean.
 */
const KEPT_SIDE = 1024;

export interface Picture {
  /** At most 1024 px on the longer side. */
  readonly pixels: Pixels;
  /** SHA-256 in hex of the bytes as they were given: equal bytes are an equal picture. */
  readonly hash: string;
  /** Those bytes, where they are of a form that is stored as it is; absent: they are not. */
  readonly plain?: Uint8Array;
}

/**
 * Decodes a JPEG, PNG, WebP, AVIF or GIF: turned as its EXIF says, transparency on white, any colour space and depth to
 * 8-bit sRGB, first frame only.
 * @throws FitroomError IMAGE_EMPTY, IMAGE_TOO_LARGE (over 10 MB or 25 million pixels), IMAGE_FORMAT_UNSUPPORTED,
 *   IMAGE_UNREADABLE (damaged or cut off), REQUEST_ABANDONED
 */
export async function openPicture(bytes: Uint8Array): Promise<Picture> {
  if (bytes.length === 0) throw new FitroomError('IMAGE_EMPTY');
  if (bytes.length > MAX_PICTURE_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
  // libvips opens over twenty formats, SVG and PDF among them: only bytes of the five get that far
  if (sniffFormat(bytes) === null) throw new FitroomError('IMAGE_FORMAT_UNSUPPORTED');
  const opened = { pixels: await decode(bytes), hash: pictureHash(bytes) };
  return isPlainJpeg(bytes) || isPlainWebp(bytes) ? { ...opened, plain: bytes } : opened;
}

/** SHA-256 in hex. */
export function pictureHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
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
    const tooLarge = cause instanceof Error && cause.message.includes('exceeds pixel limit');
    throw new FitroomError(tooLarge ? 'IMAGE_TOO_LARGE' : 'IMAGE_UNREADABLE', undefined, [], { cause });
  }
}
