// Conversion of a picture to the square input of the picture encoder.
// For training, models/training/fitroom_training/letterbox.py computes the same pixels; golden pictures test both.
import { ofPixels, type Pixels, toPixels } from './codec.js';
import type { Picture } from './picture.js';

/**
 * Letterboxes a picture. Resizes it with lanczos3, smaller pictures included, so that the longer side is `size` and the
 * other max(1, round(side · size / longer)). Centers it, with left and top rounded down, and fills the rest with the
 * color of its border.
 * @param size side of the square in pixels, ≥ 1
 * @returns RGB [size, size, 3], 0…255
 */
export async function letterbox(picture: Picture, size: number): Promise<Uint8Array> {
  const { pixels } = picture;
  const longer = Math.max(pixels.width, pixels.height);
  const [width, height] = [pixels.width, pixels.height].map((side) => Math.max(1, Math.round((side * size) / longer)));
  const resized = await toPixels(ofPixels(pixels).resize(width, height, { fit: 'fill', kernel: 'lanczos3' }));
  return centered(resized, size);
}

/** Returns the picture in the center of a square with the color of its border. */
function centered(picture: Pixels, size: number): Uint8Array {
  const square = new Uint8Array(size * size * 3);
  square.set(borderColor(picture));
  for (let filled = 3; filled < square.length; filled *= 2) square.copyWithin(filled, 0, filled);
  const left = Math.floor((size - picture.width) / 2);
  const top = Math.floor((size - picture.height) / 2);
  const row = picture.width * 3;
  for (let y = 0; y < picture.height; y++) {
    square.set(picture.data.subarray(y * row, (y + 1) * row), ((top + y) * size + left) * 3);
  }
  return square;
}

/**
 * Returns the median of the outermost ring of pixels, per channel. For an even number of pixels it is the mean of the
 * middle two, rounded down.
 */
export function borderColor({ data, width, height }: Pixels): [number, number, number] {
  const ring: [number[], number[], number[]] = [[], [], []];
  for (let y = 0; y < height; y++) {
    const inner = y > 0 && y < height - 1;
    for (let x = 0; x < width; x += inner ? Math.max(1, width - 1) : 1) {
      ring.forEach((channel, c) => channel.push(data[(y * width + x) * 3 + c]!));
    }
  }
  return ring.map(lowMedian) as [number, number, number];
}

function lowMedian(values: number[]): number {
  const sorted = Uint8Array.from(values).sort();
  const last = sorted.length - 1;
  return Math.floor((sorted[Math.floor(last / 2)]! + sorted[Math.ceil(last / 2)]!) / 2);
}

export interface SquareRule {
  /** Side in pixels, ≥ 1. */
  size: number;
  /**
   * Resize mode. squash: each side to `size`. crop: the shorter side to `size`, then the middle. Absent for a
   * letterbox.
   */
  resize?: { fit: 'squash' | 'crop'; kernel: 'linear' | 'cubic' | 'lanczos3' };
}

/** Converts a picture to the square of a rule. @returns RGB [size, size, 3], 0…255 */
export async function squareOf(picture: Picture, { size, resize }: SquareRule): Promise<Uint8Array> {
  if (!resize) return letterbox(picture, size);
  const fit = resize.fit === 'squash' ? 'fill' : 'cover';
  const square = ofPixels(picture.pixels).resize(size, size, { fit, kernel: resize.kernel, position: 'centre' });
  return (await toPixels(square)).data;
}
