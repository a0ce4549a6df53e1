// Owns what befalls a picture between a shop's studio and a shopper's screen, made to happen to the very pictures of the split.
// Strengths go by the picture's longer side, so that small and large ones suffer alike. Knows no label and no figure.
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
/** σ = longer side ÷ 64, which is 2 px of the default encoder's 128. */
const BLUR_SHARE = 1 / 64;

export interface Disturbance {
  /** Of its figures' names. */
  name: string;
  label: string;
  /**
   * The disturbed picture, encoded; without further loss where the disturbance is not the loss itself. The same chance gives
   * the same bytes. Null: cannot be done to this picture.
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

/** What stands on white is cut out and set into a room; null where it cannot be cut out. */
async function pasteOnClutter(picture: Pixels, random: Random): Promise<Uint8Array | null> {
  const ground = whiteGround(picture);
  if (!ground) return null;
  const { width, height } = picture;
  const room = (await openPicture(await rasterize(drawClutter(width, height, random), width))).pixels;
  const data = picture.data.map((value, i) => {
    const share = softly(ground, Math.floor(i / 3), width);
    return Math.round(value * (1 - share) + room.data[i]! * share);
  });
  return asPng(ofPixels({ data, width, height }));
}

/** Mean of a mask over a pixel and its eight neighbours: without it the cut would be sharper than any photo's edge. */
function softly(mask: Uint8Array, at: number, width: number): number {
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

/** As by a camera held askew, to either side by chance: the frame stays, its corners take the border's colour. */
async function turn(picture: Pixels, random: Random): Promise<Uint8Array> {
  const [r, g, b] = borderColor(picture);
  const degrees = random.chance(0.5) ? TURN_DEGREES : -TURN_DEGREES;
  const whole = await toPixels(ofPixels(picture).rotate(degrees, { background: { r, g, b } }));
  // a strip that is turned can be narrower than it was
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
