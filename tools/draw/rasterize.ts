// Draws the project's own SVG. Only ever that: a stranger's SVG can read files and loop, and openPicture refuses it.
import sharp, { type Sharp } from 'sharp';

export type DrawnFormat = 'png' | 'jpeg' | 'mozjpeg';

const ENCODE: Record<DrawnFormat, (drawn: Sharp) => Sharp> = {
  /** Keeps every pixel. */
  png: (drawn) => drawn.png({ compressionLevel: 6 }),
  /** As shops deliver. */
  jpeg: (drawn) => drawn.jpeg({ quality: 90 }),
  /** Two thirds of the bytes for ten times the work: for pictures that are shipped. */
  mozjpeg: (drawn) => drawn.jpeg({ quality: 76, mozjpeg: true }),
};

/**
 * @param svg from the project's drawing code
 * @param width of the result in pixels; the height is in proportion
 */
export async function rasterize(svg: string, width: number, format: DrawnFormat = 'png'): Promise<Uint8Array> {
  // libvips draws the vectors at the size asked for, it does not enlarge pixels
  return ENCODE[format](sharp(Buffer.from(svg)).resize({ width })).toBuffer();
}
