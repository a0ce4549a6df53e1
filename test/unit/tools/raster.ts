// Rasterized pictures for the drawing tests, and the pixels that belong to the garment.
import sharp from 'sharp';
import { drawGarment, STUDIO, type GarmentDrawing } from '../../../tools/garment-drawing/garment.drawing.js';
import type { Rgb } from '../../../tools/garment-drawing/palette.js';

export interface Pixels {
  width: number;
  height: number;
  at: (x: number, y: number) => Rgb;
}

export async function rasterize(svg: string, width = 150): Promise<Pixels> {
  // one pixel per unit is 72 dpi; a lower density renders a smaller picture directly
  const { data, info } = await sharp(Buffer.from(svg), { density: (72 * width) / 600 })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): Rgb => {
    const start = (y * info.width + x) * 3;
    return [data[start]!, data[start + 1]!, data[start + 2]!];
  };
  return { width: info.width, height: info.height, at };
}

export const distance = (a: Rgb, b: Rgb): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** Returns the pixels that stay the same when the wall color changes, which are those of the garment. */
export async function garmentPixels(drawing: GarmentDrawing): Promise<Rgb[]> {
  const onWall = (wall: Rgb): Promise<Pixels> => rasterize(drawGarment(drawing, { ...STUDIO, backdrop: [wall, wall] }));
  const [green, violet] = await Promise.all([onWall([0, 255, 0]), onWall([160, 0, 255])]);
  const garment: Rgb[] = [];
  for (let y = 0; y < green.height; y += 1)
    for (let x = 0; x < green.width; x += 1)
      if (distance(green.at(x, y), violet.at(x, y)) < 6) garment.push(green.at(x, y));
  return garment;
}

/** Returns the median of each channel. */
export function medianColor(pixels: readonly Rgb[]): Rgb {
  const channel = (index: 0 | 1 | 2): number =>
    pixels.map((pixel) => pixel[index]).sort((a, b) => a - b)[pixels.length >> 1]!;
  return [channel(0), channel(1), channel(2)];
}
