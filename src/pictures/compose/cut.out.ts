// Cutout of a garment from a plain background: a fill from the border, with soft edges and shadows.
import { type Pixels } from '../codec.js';
import { plainBackgroundOf, type PlainBackground } from './plain.ground.js';

/** RGBA pixels, 8 bits per channel, not premultiplied, row by row from the top left. */
export interface CutOut {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Largest difference of a background pixel in any channel: twice the error of WebP and JPEG. */
const BACKGROUND_TOLERANCE = 11;
/**
 * Limits of a shadow: it is darker than the background by up to SHADOW_DEPTH, colorless within SHADOW_TINT, and changes
 * between neighboring pixels by at most SHADOW_STEP.
 */
const SHADOW_DEPTH = 80;
const SHADOW_TINT = 10;
const SHADOW_STEP = 4;
/** Difference from the background at which an edge pixel is fully opaque. */
const SOLID_FROM = 56;
/** Smallest share of the picture that counts as a garment. */
const LEAST_SHARE = 0.025;
/**
 * Smallest mean difference from the background along a real edge. A lower value means that the fill ran into the
 * garment and ended in its folds.
 */
const LEAST_CONTRAST = 17;

/**
 * Smallest half-width of a hole in the garment, as a share of the picture, and the largest difference of its pixels
 * from the background.
 */
const HOLE_SHARE = 0.016;
const HOLE_TOLERANCE = 3;

const GARMENT = 0;
const BACKGROUND = 1;
const SHADOW = 2;

/**
 * Returns the garment alone, cropped to it. Null if the background is not plain or the fill runs into the garment.
 * @param pixels at most about 512 px on the longer side: it takes about 10 ms of the thread
 */
export function cutOut(pixels: Pixels): CutOut | null {
  const background = plainBackgroundOf(pixels, BACKGROUND_TOLERANCE);
  if (background === null) return null;
  const pixelKinds = fillFromBorder(pixels, background);
  if (!isWhole(pixels, background, pixelKinds)) return null;
  return cropped({ data: matted(pixels, background, pixelKinds), width: pixels.width, height: pixels.height });
}

/** Classifies pixels as garment, background or shadow by a fill from the border and from holes. */
function fillFromBorder({ data, width, height }: Pixels, background: PlainBackground): Uint8Array {
  const pixelKinds = new Uint8Array(width * height);
  const queue = new Int32Array(width * height);
  let [head, tail] = [0, 0];
  const visit = (i: number, from: number): void => {
    if (pixelKinds[i] !== GARMENT) return;
    const kind =
      background.difference[i]! <= BACKGROUND_TOLERANCE
        ? BACKGROUND
        : isShadow(data, background, i, from)
          ? SHADOW
          : GARMENT;
    if (kind === GARMENT) return;
    pixelKinds[i] = kind;
    queue[tail++] = i;
  };
  for (let x = 0; x < width; x++) for (const i of [x, (height - 1) * width + x]) visit(i, i);
  for (let y = 0; y < height; y++) for (const i of [y * width, y * width + width - 1]) visit(i, i);
  const holes = holesOf(background, { width, height });
  for (const i of holes) visit(i, i);
  while (head < tail) {
    const i = queue[head++]!;
    const x = i % width;
    if (x > 0) visit(i - 1, i);
    if (x < width - 1) visit(i + 1, i);
    if (i >= width) visit(i - width, i);
    if (i < pixelKinds.length - width) visit(i + width, i);
  }
  return pixelKinds;
}

/**
 * Returns background pixels enclosed by the garment, for example by an arm, a handle or a strap: pixels whose whole
 * surroundings match the background.
 */
function holesOf({ difference }: PlainBackground, { width, height }: { width: number; height: number }): number[] {
  const reach = Math.max(1, Math.round(HOLE_SHARE * Math.min(width, height)));
  const holes: number[] = [];
  for (let y = reach; y < height - reach; y += reach) {
    for (let x = reach; x < width - reach; x += reach) {
      const around = [-reach, 0, reach].flatMap((dy) => [-reach, 0, reach].map((dx) => (y + dy) * width + x + dx));
      if (around.every((i) => difference[i]! <= HOLE_TOLERANCE)) holes.push(y * width + x);
    }
  }
  return holes;
}

/**
 * Returns true if a pixel is a shadow: darker than the background by the same amount in each channel, and nearly equal
 * to the pixel that led to it.
 */
function isShadow(data: Uint8Array, background: PlainBackground, i: number, from: number): boolean {
  let [least, most] = [255, -255];
  for (let c = 0; c < 3; c++) {
    if (Math.abs(data[3 * i + c]! - data[3 * from + c]!) > SHADOW_STEP) return false;
    const darker = background.at(i, c) - data[3 * i + c]!;
    least = Math.min(least, darker);
    most = Math.max(most, darker);
  }
  return least >= 0 && most <= SHADOW_DEPTH && most - least <= SHADOW_TINT;
}

/** Returns true if the remaining pixels are a garment with a distinct edge. */
function isWhole({ width, height }: Pixels, { difference }: PlainBackground, pixelKinds: Uint8Array): boolean {
  let [garmentPixels, edge, contrast] = [0, 0, 0];
  for (let i = 0; i < pixelKinds.length; i++) {
    if (pixelKinds[i] !== GARMENT) continue;
    garmentPixels++;
    if (!isEdge(pixelKinds, i, width)) continue;
    edge++;
    contrast += difference[i]!;
  }
  return garmentPixels >= LEAST_SHARE * width * height && edge > 0 && contrast / edge >= LEAST_CONTRAST;
}

function isEdge(pixelKinds: Uint8Array, i: number, width: number): boolean {
  const around = [i - 1, i + 1, i - width, i + width];
  return around.some((other) => other >= 0 && other < pixelKinds.length && pixelKinds[other] !== GARMENT);
}

/**
 * Returns colors with opacity. Edge pixels take the color of an inner neighbor, and shadows become translucent black.
 */
function matted({ data, width }: Pixels, background: PlainBackground, pixelKinds: Uint8Array): Uint8Array {
  const out = new Uint8Array(4 * pixelKinds.length);
  for (let i = 0; i < pixelKinds.length; i++) {
    if (pixelKinds[i] === BACKGROUND) continue;
    if (pixelKinds[i] === SHADOW) {
      out[4 * i + 3] = background.difference[i]! - BACKGROUND_TOLERANCE;
      continue;
    }
    const edge = isEdge(pixelKinds, i, width);
    const source = edge ? innerNeighbor(pixelKinds, i, width) : i;
    for (let c = 0; c < 3; c++) out[4 * i + c] = data[3 * source + c]!;
    out[4 * i + 3] = edge ? Math.round(255 * Math.min(1, Math.max(0.25, background.difference[i]! / SOLID_FROM))) : 255;
  }
  return out;
}

/** Returns a fully opaque pixel next to an edge pixel, or the edge pixel itself if there is none. */
function innerNeighbor(pixelKinds: Uint8Array, i: number, width: number): number {
  const around = [-width, width, -1, 1, -width - 1, -width + 1, width - 1, width + 1];
  const inner = around.find((step) => pixelKinds[i + step] === GARMENT && !isEdge(pixelKinds, i + step, width));
  return i + (inner ?? 0);
}

/** Crops to the clearly visible pixels. */
function cropped({ data, width, height }: CutOut): CutOut {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let i = 0; i < width * height; i++) {
    if (data[4 * i + 3]! < 64) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  const out = new Uint8Array(4 * (right - left + 1) * (bottom - top + 1));
  for (let y = top; y <= bottom; y++) {
    const start = 4 * (y * width + left);
    out.set(data.subarray(start, start + 4 * (right - left + 1)), 4 * (y - top) * (right - left + 1));
  }
  return { data: out, width: right - left + 1, height: bottom - top + 1 };
}
