// Separation of a product photo into the studio's white background and the garment.
import type { Pixels } from '../../src/pictures/codec.js';

/** A pixel is near-white if its darkest channel reaches this value. JPEG grays the pixels next to a garment. */
const NEAR_WHITE = 238;
/** A fill with this stricter threshold stops at cloth that is nearly as white as the background. */
const SURELY_WHITE = 250;
/** Width in pixels of an edge that JPEG blurs, on pictures of any size. */
const EDGE = 2;
/**
 * Maximum leak, as a share of the garment's pixels. 436 of 578 pictures of the test split stay below it; at twice this
 * value sleeves and shoulders are lost.
 */
const MOST_LEAK = 0.02;
/**
 * Share of a picture that a garment covers. A lower share means a leak, a higher share means that the background is not
 * white.
 */
const GARMENT_COVERS = { least: 0.05, most: 0.85 };

/**
 * Returns the mask of the near-white pixels that are connected to the border.
 * @returns 1 for background and 0 for garment, [height · width]; null if the two cannot be distinguished
 */
export function whiteGround(pixels: Pixels): Uint8Array | null {
  const ground = fillFromBorder(pixels, NEAR_WHITE);
  const garment = ground.length - sum(ground);
  const covers = garment / ground.length;
  if (covers < GARMENT_COVERS.least || covers > GARMENT_COVERS.most) return null;
  const strictGround = fillFromBorder(pixels, SURELY_WHITE);
  const leak = ground.map((value, at) => Number(value === 1 && isDeep(strictGround, at, pixels)));
  return sum(leak) > MOST_LEAK * garment ? null : ground;
}

/** Returns true if no background pixel lies within the width of an edge. */
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
  const queue: number[] = [];
  const reach = (x: number, y: number): void => {
    const at = y * width + x;
    if (x < 0 || x >= width || y < 0 || y >= height || ground[at] === 1) return;
    if (Math.min(data[3 * at]!, data[3 * at + 1]!, data[3 * at + 2]!) < least) return;
    ground[at] = 1;
    queue.push(at);
  };
  for (let x = 0; x < width; x += 1) [0, height - 1].forEach((y) => reach(x, y));
  for (let y = 0; y < height; y += 1) [0, width - 1].forEach((x) => reach(x, y));
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
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
