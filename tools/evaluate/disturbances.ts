// Disturbances: what can happen to a picture between a shop's studio and a shopper's screen.
// Strengths are relative to the picture's longer side, so that small and large pictures suffer equally.
import { drawClutter } from '../garment-drawing/clutter.js';
import type { Random } from '../../src/domain/shared/random.js';
import { ofPixels, toPixels, type Pixels } from '../../src/pictures/codec.js';
import { borderColor } from '../../src/pictures/letterbox.js';
import { openPicture } from '../../src/pictures/picture.js';
import { rasterize } from '../draw/rasterize.js';
import { whiteGround } from './white.ground.js';

const TURN_DEGREES = 20;
const JPEG_QUALITY = 40;
const SMALL_SIDE = 48;
/** σ = longer side ÷ 64, which is 2 px at the 128 px of the default encoder. */
const BLUR_SHARE = 1 / 64;

export interface Disturbance {
  /** Part of the figures' names. */
  name: string;
  label: string;
  /**
   * Returns the disturbed picture, encoded losslessly unless the loss is the disturbance. The same random numbers give
   * the same bytes. Null if the picture does not allow this disturbance.
   */
  apply: (picture: Pixels, random: Random) => Promise<Uint8Array | null>;
}

export const DISTURBANCES: readonly Disturbance[] = [
  { name: 'background', label: 'on a cluttered background', apply: pasteOnClutter },
  {
    name: 'blur',
    label: 'blurred',
    apply: (picture) => asPng(ofPixels(picture).blur(longerSide(picture) * BLUR_SHARE)),
  },
  { name: 'turn', label: `turned by ±${TURN_DEGREES}°`, apply: turn },
  { name: 'jpeg', label: `JPEG of quality ${JPEG_QUALITY}`, apply: compress },
  { name: 'small', label: `shrunk to ${SMALL_SIDE} px and back`, apply: shrinkAndEnlarge },
];

/** Cuts the garment out of its white background and pastes it into a room. Null if it cannot be cut out. */
async function pasteOnClutter(picture: Pixels, random: Random): Promise<Uint8Array | null> {
  const ground = whiteGround(picture);
  if (!ground) return null;
  const { width, height } = picture;
  const room = (await openPicture(await rasterize(drawClutter(width, height, random), width))).pixels;
  const data = picture.data.map((value, i) => {
    const share = softened(ground, Math.floor(i / 3), width);
    return Math.round(value * (1 - share) + room.data[i]! * share);
  });
  return asPng(ofPixels({ data, width, height }));
}

/**
 * Returns the mean of a mask over a pixel and its eight neighbors. Without it the edge would be sharper than in any
 * photo.
 */
function softened(mask: Uint8Array, at: number, width: number): number {
  let [sum, count] = [0, 0];
  for (let y = -1; y <= 1; y += 1) {
    for (let x = Math.max(-1, -(at % width)); x <= Math.min(1, width - 1 - (at % width)); x += 1) {
      const value = mask[at + y * width + x];
      if (value === undefined) continue;
      sum += value;
      count += 1;
    }
  }
  return sum / count;
}

/** Rotates the picture like a tilted camera, in a random direction. The corners get the color of the border. */
async function turn(picture: Pixels, random: Random): Promise<Uint8Array> {
  const [r, g, b] = borderColor(picture);
  const degrees = random.chance(0.5) ? TURN_DEGREES : -TURN_DEGREES;
  const whole = await toPixels(ofPixels(picture).rotate(degrees, { background: { r, g, b } }));
  // a rotated strip can be narrower than the original
  const [width, height] = [Math.min(picture.width, whole.width), Math.min(picture.height, whole.height)];
  const [left, top] = [Math.floor((whole.width - width) / 2), Math.floor((whole.height - height) / 2)];
  return asPng(ofPixels(whole).extract({ left, top, width, height }));
}

function compress(picture: Pixels): Promise<Uint8Array> {
  return ofPixels(picture).jpeg({ quality: JPEG_QUALITY }).toBuffer();
}

async function shrinkAndEnlarge(picture: Pixels): Promise<Uint8Array> {
  const small = await toPixels(ofPixels(picture).resize(SMALL_SIDE, SMALL_SIDE, { fit: 'inside' }));
  return asPng(ofPixels(small).resize(picture.width, picture.height, { fit: 'fill', kernel: 'cubic' }));
}

function longerSide({ width, height }: Pixels): number {
  return Math.max(width, height);
}

function asPng(pipeline: ReturnType<typeof ofPixels>): Promise<Uint8Array> {
  return pipeline.png().toBuffer();
}
