// Rasterizer for the project's own SVG. Never pass it foreign SVG, which can read files or loop forever.
import sharp, { type Sharp } from 'sharp';

export type DrawnFormat = 'png' | 'jpeg' | 'mozjpeg';

const ENCODE: Record<DrawnFormat, (drawn: Sharp) => Sharp> = {
  /** Lossless. */
  png: (drawn) => drawn.png({ compressionLevel: 6 }),
  /** The quality that shops usually deliver. */
  jpeg: (drawn) => drawn.jpeg({ quality: 90 }),
  /** Needs two thirds of the bytes and ten times the work, so it is used for pictures that are shipped. */
  mozjpeg: (drawn) => drawn.jpeg({ quality: 76, mozjpeg: true }),
};

/**
 * Returns the encoded picture.
 * @param svg SVG of the project's drawing code
 * @param width width of the result in pixels; the height keeps the proportions
 */
export async function rasterize(svg: string, width: number, format: DrawnFormat = 'png'): Promise<Uint8Array> {
  // libvips renders the vectors at this size instead of enlarging pixels
  return ENCODE[format](sharp(Buffer.from(svg)).resize({ width })).toBuffer();
}
