// Color histogram of a picture, a baseline without shapes (Swain & Ballard 1991, with coarse bins).
import { openPicture } from '../../src/pictures/picture.js';

const BINS = 4;

/** Returns the shares of the pixels in 4 × 4 × 4 bins of red, green and blue, scaled to unit length: [64]. */
export async function colorHistogram(encoded: Uint8Array): Promise<Float32Array> {
  const { data } = (await openPicture(encoded)).pixels;
  const histogram = new Float32Array(BINS ** 3);
  const binOf = (value: number): number => Math.floor((value * BINS) / 256);
  for (let i = 0; i < data.length; i += 3) {
    const bin = (binOf(data[i]!) * BINS + binOf(data[i + 1]!)) * BINS + binOf(data[i + 2]!);
    histogram[bin]! += 1;
  }
  const length = Math.hypot(...histogram);
  return histogram.map((pixels) => pixels / length);
}
