// Which pixels of a product's photo are the studio's white ground, so that another can take its place. Knows no model.
import type { Pixels } from '../../src/pictures/codec.js';

/** A pixel is near-white where its darkest channel reaches this: JPEG greys what lies next to a garment. */
const NEAR_WHITE = 238;
/** A pickier fill stops at cloth that is nearly as white as the ground; what lies behind its edge is no ground. */
const SURELY_WHITE = 250;
/** An edge that JPEG smears is this wide, in pixels, on pictures of any size. */
const EDGE = 2;
/** Of the garment's pixels. 436 of 578 pictures of the test split stay below; at twice this, sleeves and shoulders are lost. */
const MOST_LEAK = 0.02;
/** Of the picture. Less is what a leak has left over; more is no garment on white. */
const GARMENT_COVERS = { least: 0.05, most: 0.85 };

/**
 * What can be reached from the border through near-white pixels, side by side.
 * @returns 1 for ground and 0 for garment, [height · width]; null where the two cannot be told apart
 */
export function whiteGround(pixels: Pixels): Uint8Array | null {
  const ground = fillFromBorder(pixels, NEAR_WHITE);
  const garment = ground.length - sum(ground);
  const covers = garment / ground.length;
  if (covers < GARMENT_COVERS.least || covers > GARMENT_COVERS.most) return null;
  const surely = fillFromBorder(pixels, SURELY_WHITE);
  const leaked = ground.map((value, at) => Number(value === 1 && isDeep(surely, at, pixels)));
  return sum(leaked) > MOST_LEAK * garment ? null : ground;
}

/** Whether no ground is within an edge's width. */
function isDeep(ground: Uint8Array, at: number, { width, height }: Pixels): boolean {
  const [x, y] = [at % width, Math.floor(at / width)];
  for (let row = Math.max(0, y - EDGE); row <= Math.min(height - 1, y + EDGE); row += 1) {
    for (let column = Math.max(0, x - EDGE); column <= Math.min(width - 1, x + EDGE); column += 1) {
      if (ground[row * width + column] === 1) return false;
    }
  }
  return true;
}

function fillFromBorder({ data, width, height }: Pixels, least: number): Uint8Array {
  const ground = new Uint8Array(width * height);
  const waiting: number[] = [];
  const reach = (x: number, y: number): void => {
    const at = y * width + x;
    if (x < 0 || x >= width || y < 0 || y >= height || ground[at] === 1) return;
    if (Math.min(data[3 * at]!, data[3 * at + 1]!, data[3 * at + 2]!) < least) return;
    ground[at] = 1;
    waiting.push(at);
  };
  for (let x = 0; x < width; x += 1) [0, height - 1].forEach((y) => reach(x, y));
  for (let y = 0; y < height; y += 1) [0, width - 1].forEach((x) => reach(x, y));
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const [x, y] = [at % width, Math.floor(at / width)];
    reach(x - 1, y);
    reach(x + 1, y);
    reach(x, y - 1);
    reach(x, y + 1);
  }
  return ground;
}

function sum(mask: Uint8Array): number {
  return mask.reduce((total, value) => total + value, 0);
}
