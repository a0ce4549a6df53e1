// Painted pictures without symmetry, so that a rotation, mirror image or swapped channel shows.
import sharp, { type Sharp } from 'sharp';

export interface Scene {
  width: number;
  height: number;
  /** RGB [height, width, 3]. */
  data: Uint8Array;
}

/** Paints a white scene with a red block at the top left, a blue block beneath it and a green gradient on the right. */
export function paintScene(width = 120, height = 160): Scene {
  const data = new Uint8Array(width * height * 3).fill(255);
  const paint = (x: number, y: number, color: number[]) => data.set(color, (y * width + x) * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x > width / 10 && x < width / 2 && y > height / 10 && y < height * 0.9) {
        paint(x, y, y < height / 2 ? [200, 30, 40] : [30, 40, 190]);
      }
      if (x > width * 0.6 && x < width * 0.9 && y > height / 4)
        paint(x, y, [20, 90 + Math.floor((y / height) * 150), 60]);
    }
  }
  return { width, height, data };
}

/** Returns the scene as a sharp image. */
export function asSharp({ width, height, data }: Scene): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Returns the scene as a file. Lossy formats use a quality that leaves almost no visible loss. */
export async function encodeScene(scene: Scene, format: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif'): Promise<Buffer> {
  const options = {
    jpeg: { quality: 98, chromaSubsampling: '4:4:4' },
    webp: { lossless: true },
    avif: { lossless: true },
    png: {},
    gif: {},
  };
  return asSharp(scene).toFormat(format, options[format]).toBuffer();
}

/**
 * Position in the scene of a stored row and column, by EXIF orientation (EXIF 2.3 says where row 0 and column 0 lie).
 * Positions counted from the right or bottom are −1 − i.
 */
const SCENE_POSITION: Record<number, (row: number, column: number) => [x: number, y: number]> = {
  1: (r, c) => [c, r],
  2: (r, c) => [-1 - c, r],
  3: (r, c) => [-1 - c, -1 - r],
  4: (r, c) => [c, -1 - r],
  5: (r, c) => [r, c],
  6: (r, c) => [-1 - r, c],
  7: (r, c) => [-1 - r, -1 - c],
  8: (r, c) => [r, -1 - c],
};

/**
 * Returns the scene as a camera held at an EXIF orientation (1 to 8) writes it: rotated pixels, and the tag that
 * rotates them back.
 */
export async function asHeldCamera(scene: Scene, orientation: number): Promise<Buffer> {
  const [width, height] = orientation >= 5 ? [scene.height, scene.width] : [scene.width, scene.height];
  const data = new Uint8Array(scene.data.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [x, y] = SCENE_POSITION[orientation]!(row, column);
      const from = (((y + scene.height) % scene.height) * scene.width + ((x + scene.width) % scene.width)) * 3;
      data.set(scene.data.subarray(from, from + 3), (row * width + column) * 3);
    }
  }
  const options = { quality: 98, chromaSubsampling: '4:4:4' };
  return asSharp({ width, height, data }).withMetadata({ orientation }).jpeg(options).toBuffer();
}

/** Returns the mean difference of the channels of two pictures, 0…255. Infinite for different sizes. */
export function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}
