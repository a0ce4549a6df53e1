// A picture as the square of pixels that a bundle's picture encoder takes: letterboxed, squashed or cropped. Knows no model.
import { ofPixels, toPixels } from './codec.js';
import { letterbox } from './letterbox.js';
import type { Picture } from './picture.js';

export interface SquareRule {
  /** Side in pixels, ≥ 1. */
  size: number;
  /** Absent: letterboxed. squash: each side to `size`. crop: the shorter side to `size`, then the middle. */
  resize?: { fit: 'squash' | 'crop'; kernel: 'linear' | 'cubic' | 'lanczos3' };
}

/** @returns RGB [size, size, 3], 0…255 */
export async function squareOf(picture: Picture, { size, resize }: SquareRule): Promise<Uint8Array> {
  if (!resize) return letterbox(picture, size);
  const fit = resize.fit === 'squash' ? 'fill' : 'cover';
  const square = ofPixels(picture.pixels).resize(size, size, { fit, kernel: resize.kernel, position: 'centre' });
  return (await toPixels(square)).data;
}
