// The one place that sets sharp up for the whole process: limits, threads and time.
import sharp, { type Metadata, type Sharp } from 'sharp';
import { MAX_PICTURE_PIXELS, type PictureHeader } from './picture.price.js';
// requests are many and small: one thread a picture keeps cores for the other requests and for inference
sharp.concurrency(1);
// no two requests bring the same file; libvips would keep 50 MB of finished operations for nothing
sharp.cache(false);

/** Longest that a decoder works on one picture, in seconds. What its header promises takes 2 s at most. */
const MAX_SECONDS = 10;

/** RGB pixels, 8 bits a channel, row by row from the top left. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Encoded bytes as a pipeline: first frame only; any damage is an error, not a grey area in the picture. */
export function decoding(bytes: Uint8Array): Sharp {
  return opened(bytes, MAX_PICTURE_PIXELS).timeout({ seconds: MAX_SECONDS });
}

/** The header of encoded bytes: some 0.2 ms, and nothing of the picture is decoded. */
export async function headerOf(bytes: Uint8Array): Promise<Header> {
  const { width, height, channels, depth, isProgressive = false }: Metadata = await opened(bytes, false).metadata();
  return { width, height, channels, depth: depth === 'uchar' ? 1 : 2, isProgressive };
}

type Header = Omit<PictureHeader, 'format'>;

/** Whether a pipeline was ended because it took too long. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('timeout: ');
}

function opened(bytes: Uint8Array, limitInputPixels: number | false): Sharp {
  return sharp(bytes, { failOn: 'error', limitInputPixels, page: 0, pages: 1 });
}

/** RGB pixels as a pipeline. */
export function ofPixels(pixels: Pixels): Sharp {
  return sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } });
}

/** Runs a pipeline to RGB pixels. */
export async function toPixels(pipeline: Sharp): Promise<Pixels> {
  const { data, info } = await pipeline.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`a picture came out with ${info.channels} channels where 3 are due`);
  return { data, width: info.width, height: info.height };
}

/**
 * @param pixels side × side × RGB, row by row
 * @param blur in pixels, over which they are smeared and stretched to the full range again; 0: as they are
 * @returns PNG
 */
export async function pngOf(pixels: Uint8Array, side: number, blur = 0): Promise<Uint8Array> {
  const picture = sharp(pixels, { raw: { width: side, height: side, channels: 3 } });
  return (blur > 0 ? picture.blur(blur).normalise() : picture).png().toBuffer();
}
