// Pixels as a picture file: for pictures that are computed.
import sharp from 'sharp';

/**
 * @param pixels side × side × RGB, row by row
 * @param blur in pixels, over which they are smeared and stretched to the full range again; 0: as they are
 * @returns PNG
 */
export async function pngOf(pixels: Uint8Array, side: number, blur = 0): Promise<Uint8Array> {
  const picture = sharp(pixels, { raw: { width: side, height: side, channels: 3 } });
  return (blur > 0 ? picture.blur(blur).normalise() : picture).png().toBuffer();
}
