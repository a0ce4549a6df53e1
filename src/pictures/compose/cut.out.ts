// A garment freed from a plain background: filled from the border, soft at the edge, its shadow kept as a shadow. Knows no
// garment and no layout.
import { type Pixels } from '../codec.js';
import { plainBackgroundOf, type PlainBackground } from './plain.ground.js';

/** RGBA, 8 bits a channel, not premultiplied, row by row from the top left. */
export interface CutOut {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Most that a pixel of the background differs from it in any channel: twice what WebP and JPEG leave. */
const GROUND_TOLERANCE = 11;
/** Shadows are darker than the ground by up to this, colourless, and change from pixel to pixel by no more than the step. */
const SHADOW_DEPTH = 80;
const SHADOW_TINT = 10;
const SHADOW_STEP = 4;
/** Difference from the ground at which a pixel of the edge is all garment. */
const SOLID_FROM = 56;
/** Less of the picture than this share is no garment but what is left of one. */
const LEAST_SHARE = 0.025;
/** Mean difference from the ground along a true edge is above this; where the fill ran into the garment it ends in folds. */
const LEAST_CONTRAST = 17;

/** A hole in the garment is at least this share of the picture wide, twice, and hardly differs from the ground. */
const HOLE_SHARE = 0.016;
const HOLE_TOLERANCE = 3;

const KEPT = 0;
const CLEARED = 1;
const SHADE = 2;

/**
 * The garment alone, cropped to it; null where the background is not plain, or the fill runs into the garment.
 * @param pixels at most some 512 px on the longer side: it takes some 10 ms of the thread
 */
export function cutOut(pixels: Pixels): CutOut | null {
  const ground = plainBackgroundOf(pixels, GROUND_TOLERANCE);
  if (ground === null) return null;
  const cleared = fillFromBorder(pixels, ground);
  if (!isWhole(pixels, ground, cleared)) return null;
  return cropped({ data: matted(pixels, ground, cleared), width: pixels.width, height: pixels.height });
}

/** What of the picture is background and what shadow on it, from the border inwards. */
function fillFromBorder({ data, width, height }: Pixels, ground: PlainBackground): Uint8Array {
  const cleared = new Uint8Array(width * height);
  const queue = new Int32Array(width * height);
  let [head, tail] = [0, 0];
  const visit = (i: number, from: number): void => {
    if (cleared[i] !== KEPT) return;
    const kind = ground.difference[i]! <= GROUND_TOLERANCE ? CLEARED : isShade(data, ground, i, from) ? SHADE : KEPT;
    if (kind === KEPT) return;
    cleared[i] = kind;
    queue[tail++] = i;
  };
  for (let x = 0; x < width; x++) for (const i of [x, (height - 1) * width + x]) visit(i, i);
  for (let y = 0; y < height; y++) for (const i of [y * width, y * width + width - 1]) visit(i, i);
  const holes = holesOf(ground, { width, height });
  for (const i of holes) visit(i, i);
  while (head < tail) {
    const i = queue[head++]!;
    const x = i % width;
    if (x > 0) visit(i - 1, i);
    if (x < width - 1) visit(i + 1, i);
    if (i >= width) visit(i - width, i);
    if (i < cleared.length - width) visit(i + width, i);
  }
  return cleared;
}

/** Where an arm, a handle or a strap closes a piece of ground in: pixels that are the ground itself, with all around them. */
function holesOf({ difference }: PlainBackground, { width, height }: { width: number; height: number }): number[] {
  const reach = Math.max(1, Math.round(HOLE_SHARE * Math.min(width, height)));
  const found: number[] = [];
  for (let y = reach; y < height - reach; y += reach) {
    for (let x = reach; x < width - reach; x += reach) {
      const around = [-reach, 0, reach].flatMap((dy) => [-reach, 0, reach].map((dx) => (y + dy) * width + x + dx));
      if (around.every((i) => difference[i]! <= HOLE_TOLERANCE)) found.push(y * width + x);
    }
  }
  return found;
}

/** Darker than the ground by the same in each channel, and hardly other than the pixel that led to it. */
function isShade(data: Uint8Array, ground: PlainBackground, i: number, from: number): boolean {
  let [least, most] = [255, -255];
  for (let c = 0; c < 3; c++) {
    if (Math.abs(data[3 * i + c]! - data[3 * from + c]!) > SHADOW_STEP) return false;
    const darker = ground.at(i, c) - data[3 * i + c]!;
    least = Math.min(least, darker);
    most = Math.max(most, darker);
  }
  return least >= 0 && most <= SHADOW_DEPTH && most - least <= SHADOW_TINT;
}

/** Whether what is left is a garment with an edge of its own. */
function isWhole({ width, height }: Pixels, { difference }: PlainBackground, cleared: Uint8Array): boolean {
  let [kept, edge, contrast] = [0, 0, 0];
  for (let i = 0; i < cleared.length; i++) {
    if (cleared[i] !== KEPT) continue;
    kept++;
    if (!isEdge(cleared, i, width)) continue;
    edge++;
    contrast += difference[i]!;
  }
  return kept >= LEAST_SHARE * width * height && edge > 0 && contrast / edge >= LEAST_CONTRAST;
}

function isEdge(cleared: Uint8Array, i: number, width: number): boolean {
  const around = [i - 1, i + 1, i - width, i + width];
  return around.some((other) => other >= 0 && other < cleared.length && cleared[other] !== KEPT);
}

/** Colours with their opacity: pixels of the edge take the colour that lies behind it, and shadows become black that shines through. */
function matted({ data, width }: Pixels, ground: PlainBackground, cleared: Uint8Array): Uint8Array {
  const out = new Uint8Array(4 * cleared.length);
  for (let i = 0; i < cleared.length; i++) {
    if (cleared[i] === CLEARED) continue;
    if (cleared[i] === SHADE) {
      out[4 * i + 3] = ground.difference[i]! - GROUND_TOLERANCE;
      continue;
    }
    const edge = isEdge(cleared, i, width);
    const source = edge ? innerNeighbour(cleared, i, width) : i;
    for (let c = 0; c < 3; c++) out[4 * i + c] = data[3 * source + c]!;
    out[4 * i + 3] = edge ? Math.round(255 * Math.min(1, Math.max(0.25, ground.difference[i]! / SOLID_FROM))) : 255;
  }
  return out;
}

/** A pixel beside one of the edge that is all garment; that pixel itself where there is none. */
function innerNeighbour(cleared: Uint8Array, i: number, width: number): number {
  const around = [-width, width, -1, 1, -width - 1, -width + 1, width - 1, width + 1];
  const inner = around.find((step) => cleared[i + step] === KEPT && !isEdge(cleared, i + step, width));
  return i + (inner ?? 0);
}

/** Down to what is well visible. */
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
