// Draws the project's own SVG. Only ever that: a stranger's SVG can read files and loop, and openPicture refuses it.
import sharp from 'sharp';

/**
 * @param svg from the project's drawing code
 * @param width of the result in pixels; the height is in proportion
 * @param format PNG keeps every pixel; JPEG (quality 90) is what shops deliver
 */
export async function rasterize(svg: string, width: number, format: 'png' | 'jpeg' = 'png'): Promise<Uint8Array> {
  // libvips draws the vectors at the size asked for, it does not enlarge pixels
  const drawn = sharp(Buffer.from(svg)).resize({ width });
  return (format === 'jpeg' ? drawn.jpeg({ quality: 90 }) : drawn.png({ compressionLevel: 6 })).toBuffer();
}
