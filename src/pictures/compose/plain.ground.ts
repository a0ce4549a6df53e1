// The plain background of a product picture, estimated from its outermost pixels.
// The background has one shade or an even gradient, as from studio light.
import { type Pixels } from '../codec.js';

export interface PlainBackground {
  /** Returns the background at a pixel, in one channel. */
  at(pixel: number, channel: number): number;
  /** Distance of each pixel from the background: the largest difference of a channel, 0…255. */
  difference: Uint8Array;
}

/** Share of the border that must be background: garments are often cut off at one side, seldom at more. */
const PLAIN_SHARE = 0.72;
/** Number of fits. Each fit drops the pixels that the previous one does not explain. */
const ROUNDS = 3;

/** c = a + b·x + d·y of one channel, x and y in pixels. */
type Plane = readonly [a: number, b: number, d: number];

/**
 * Returns the background. Null if too little of the border lies on one plane. @param tolerance largest difference of a
 * background pixel from the plane
 */
export function plainBackgroundOf(pixels: Pixels, tolerance: number): PlainBackground | null {
  const ring = ringOf(pixels);
  const median = medianOf(pixels, ring);
  let plain = ring.filter((i) =>
    median.every((value, c) => Math.abs(pixels.data[3 * i + c]! - value) <= 3 * tolerance),
  );
  let planes: Plane[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (plain.length < PLAIN_SHARE * ring.length) return null;
    planes = [0, 1, 2].map((c) => fit(pixels, plain, c));
    const currentPlanes = planes;
    plain = ring.filter((i) => differenceAt(pixels, currentPlanes, i) <= tolerance);
  }
  if (plain.length < PLAIN_SHARE * ring.length) return null;
  const difference = new Uint8Array(pixels.width * pixels.height);
  for (let i = 0; i < difference.length; i++) difference[i] = differenceAt(pixels, planes, i);
  return { difference, at: (pixel, channel) => valueAt(pixels, planes[channel]!, pixel) };
}

function ringOf({ width, height }: Pixels): number[] {
  const across = Array.from({ length: width }, (_, x) => [x, (height - 1) * width + x]);
  const down = Array.from({ length: Math.max(0, height - 2) }, (_, y) => [(y + 1) * width, (y + 2) * width - 1]);
  return [...across.flat(), ...down.flat()];
}

/** Returns the median of the ring, per channel. */
function medianOf({ data }: Pixels, ring: readonly number[]): number[] {
  return [0, 1, 2].map((c) => Uint8Array.from(ring, (i) => data[3 * i + c]!).sort()[ring.length >> 1]!);
}

function valueAt({ width }: Pixels, [a, b, d]: Plane, i: number): number {
  return a + b * (i % width) + d * Math.floor(i / width);
}

function differenceAt(pixels: Pixels, planes: readonly Plane[], i: number): number {
  let most = 0;
  for (let c = 0; c < 3; c++) {
    most = Math.max(most, Math.abs(pixels.data[3 * i + c]! - valueAt(pixels, planes[c]!, i)));
  }
  return Math.min(255, Math.round(most));
}

/** Fits a plane to some pixels by least squares, with the normal equations of centered coordinates. */
function fit({ data, width }: Pixels, pixels: readonly number[], channel: number): Plane {
  const mean = (of: (i: number) => number): number => pixels.reduce((sum, i) => sum + of(i), 0) / pixels.length;
  const [x, y] = [(i: number): number => i % width, (i: number): number => Math.floor(i / width)];
  const value = (i: number): number => data[3 * i + channel]!;
  const [mx, my, mv] = [mean(x), mean(y), mean(value)];
  const [xx, yy] = [mean((i) => (x(i) - mx) ** 2), mean((i) => (y(i) - my) ** 2)];
  const xy = mean((i) => (x(i) - mx) * (y(i) - my));
  const [xv, yv] = [mean((i) => (x(i) - mx) * value(i)), mean((i) => (y(i) - my) * value(i))];
  const determinant = xx * yy - xy * xy;
  if (determinant < 1e-9) return [mv, 0, 0];
  const [b, d] = [(xv * yy - yv * xy) / determinant, (yv * xx - xv * xy) / determinant];
  return [mv - b * mx - d * my, b, d];
}
