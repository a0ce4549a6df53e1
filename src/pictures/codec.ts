// The one place that sets sharp up for the whole process: limits and threads. Knows nothing of garments.
import sharp, { type Sharp } from 'sharp';

// requests are many and small: one thread a picture keeps cores for the other requests and for inference
sharp.concurrency(1);
// no two requests bring the same file; libvips would keep 50 MB of finished operations for nothing
sharp.cache(false);

/** A 31 kB PNG can unpack to 256 million pixels; 25 million are more than phones give by default. */
export const MAX_PICTURE_PIXELS = 25_000_000;

/** RGB pixels, 8 bits a channel, row by row from the top left. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Encoded bytes as a pipeline: first frame only; any damage is an error, not a grey area in the picture. */
export function decoding(bytes: Uint8Array): Sharp {
  return sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PICTURE_PIXELS, page: 0, pages: 1 });
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
