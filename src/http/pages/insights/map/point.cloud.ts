// Draws points into the pixels of a canvas, on the processor: 50,000 take some milliseconds, with a GPU or without, a tenth of
// what the canvas's own rectangles take (docs/adr/0024).

export interface Cloud {
  /** On the map's own scale, y upwards. */
  x: Float32Array;
  y: Float32Array;
  /** 0xBBGGRR; HIDDEN is left out. */
  color: Int32Array;
}

/** From the map's scale to pixels: x · scale + left, top − y · scale. */
export interface View {
  scale: number;
  left: number;
  top: number;
}

export const HIDDEN = -1;
const OPAQUE = 0xff000000;

/** @param radius in pixels @returns how many points lie in the picture */
export function drawCloud(picture: ImageData, cloud: Cloud, view: View, radius: number): number {
  const { width, height } = picture;
  const stamp = stampOf(radius);
  const sheet = { pixels: new Uint32Array(picture.data.buffer), width, stamp };
  const reach = stamp.reach;
  let drawn = 0;
  for (let i = 0; i < cloud.x.length; i++) {
    const color = cloud.color[i]!;
    if (color === HIDDEN) continue;
    const column = Math.round(cloud.x[i]! * view.scale + view.left);
    const row = Math.round(view.top - cloud.y[i]! * view.scale);
    if (column < reach || row < reach || column >= width - reach || row >= height - reach) continue;
    press(sheet, row * width + column, color);
    drawn++;
  }
  return drawn;
}

interface Stamp {
  reach: number;
  /** Of each pixel in it: how far right and down of the middle, and how much of it is covered, 1 to 256. */
  across: Int8Array;
  down: Int8Array;
  cover: Int16Array;
}

/** What is drawn on, and with what. */
interface Sheet {
  pixels: Uint32Array;
  width: number;
  stamp: Stamp;
}

/** Colours are blended channel by channel, red and blue in one step. */
function press({ pixels, width, stamp }: Sheet, middle: number, color: number): void {
  const { across, down, cover } = stamp;
  const [redBlue, green] = [color & 0xff00ff, color & 0x00ff00];
  for (let p = 0; p < cover.length; p++) {
    const at = middle + down[p]! * width + across[p]!;
    const share = cover[p]!;
    if (share === 256) {
      pixels[at] = OPAQUE | color;
      continue;
    }
    const below = pixels[at]!;
    const rest = 256 - share;
    const mixedRedBlue = (((below & 0xff00ff) * rest + redBlue * share) / 256) & 0xff00ff;
    const mixedGreen = (((below & 0x00ff00) * rest + green * share) / 256) & 0x00ff00;
    pixels[at] = OPAQUE | mixedRedBlue | mixedGreen;
  }
}

const stamps = new Map<number, Stamp>();

/** A disc whose edge is as soft as a pixel is wide. */
function stampOf(radius: number): Stamp {
  const known = stamps.get(radius);
  if (known) return known;
  const reach = Math.ceil(radius);
  const covered: [number, number, number][] = [];
  for (let down = -reach; down <= reach; down++) {
    for (let across = -reach; across <= reach; across++) {
      const cover = Math.round(256 * Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(across, down))));
      if (cover > 0) covered.push([across, down, cover]);
    }
  }
  const stamp = {
    reach,
    across: Int8Array.from(covered, ([across]) => across),
    down: Int8Array.from(covered, ([, down]) => down),
    cover: Int16Array.from(covered, ([, , cover]) => cover),
  };
  stamps.set(radius, stamp);
  return stamp;
}

/** @param css `#rrggbb` @returns as pixels have it */
export function pixelOf(css: string): number {
  const value = Number.parseInt(css.slice(1), 16);
  return ((value & 0xff) << 16) | (value & 0xff00) | (value >> 16);
}

/** @param css `#rgb` or `#rrggbb` */
export function fill(picture: ImageData, css: string): void {
  const long = css.length === 4 ? css.replace(/[\da-f]/gi, '$&$&') : css;
  new Uint32Array(picture.data.buffer).fill(OPAQUE | pixelOf(long));
}
