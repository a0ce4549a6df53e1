// The setup of sharp for the whole process: limits, threads and time.
import sharp, { type Metadata, type Sharp } from 'sharp';
import { MAX_PICTURE_PIXELS, type PictureHeader } from './picture.price.js';
// Requests are many and small: with one thread per picture, other requests and inference keep their cores.
sharp.concurrency(1);
// Requests do not repeat files; libvips would keep 50 MB of finished operations without use.
sharp.cache(false);

/** Longest time for decoding one picture, in seconds. A picture within the limits of its header takes 2 s at most. */
const MAX_SECONDS = 10;

/** RGB pixels, 8 bits per channel, row by row from the top left. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Returns encoded bytes as a pipeline of the first frame. Any damage is an error, not a gray area in the picture. */
export function decoding(bytes: Uint8Array): Sharp {
  return openBytes(bytes, MAX_PICTURE_PIXELS).timeout({ seconds: MAX_SECONDS });
}

/** Reads the header of encoded bytes, in about 0.2 ms and without decoding the picture. */
export async function headerOf(bytes: Uint8Array): Promise<Header> {
  const { width, height, channels, depth, isProgressive = false }: Metadata = await openBytes(bytes, false).metadata();
  return { width, height, channels, depth: depth === 'uchar' ? 1 : 2, isProgressive };
}

type Header = Omit<PictureHeader, 'format'>;

/** Returns true if the error means that a pipeline exceeded its time limit. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('timeout: ');
}

function openBytes(bytes: Uint8Array, limitInputPixels: number | false): Sharp {
  return sharp(bytes, { failOn: 'error', limitInputPixels, page: 0, pages: 1 });
}

/** Returns RGB pixels as a pipeline. */
export function ofPixels(pixels: Pixels): Sharp {
  return sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } });
}

/** Runs a pipeline and returns RGB pixels. */
export async function toPixels(pipeline: Sharp): Promise<Pixels> {
  const { data, info } = await pipeline.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`a picture has ${info.channels} channels instead of 3`);
  return { data, width: info.width, height: info.height };
}

/**
 * Encodes pixels as PNG.
 * @param pixels side × side × RGB, row by row
 * @param blur radius in pixels; blurred pixels are stretched to the full range again. 0 for no blur.
 * @returns PNG
 */
export async function pngOf(pixels: Uint8Array, side: number, blur = 0): Promise<Uint8Array> {
  const picture = sharp(pixels, { raw: { width: side, height: side, channels: 3 } });
  return (blur > 0 ? picture.blur(blur).normalise() : picture).png().toBuffer();
}
