/** Owns how the drawing tests look at pictures: rasterised pixels and what is garment among them. */
import sharp from 'sharp';
import { drawGarment, STUDIO, type GarmentDrawing } from '../../../tools/garment-drawing/garment.drawing.js';
import type { Rgb } from '../../../tools/garment-drawing/palette.js';

export interface Pixels {
  width: number;
  height: number;
  at: (x: number, y: number) => Rgb;
}

export async function rasterise(svg: string, width = 150): Promise<Pixels> {
  // 72 dpi is one pixel a unit: at fewer, the picture is small from the start
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

/** The pixels that do not change with the wall behind: those of the garment itself. */
export async function garmentPixels(drawing: GarmentDrawing): Promise<Rgb[]> {
  const onWall = (wall: Rgb): Promise<Pixels> => rasterise(drawGarment(drawing, { ...STUDIO, backdrop: [wall, wall] }));
  const [green, violet] = await Promise.all([onWall([0, 255, 0]), onWall([160, 0, 255])]);
  const found: Rgb[] = [];
  for (let y = 0; y < green.height; y += 1)
    for (let x = 0; x < green.width; x += 1)
      if (distance(green.at(x, y), violet.at(x, y)) < 6) found.push(green.at(x, y));
  return found;
}

/** The middle value of each channel. */
export function medianColor(pixels: readonly Rgb[]): Rgb {
  const channel = (index: 0 | 1 | 2): number =>
    pixels.map((pixel) => pixel[index]).sort((a, b) => a - b)[pixels.length >> 1]!;
  return [channel(0), channel(1), channel(2)];
}
