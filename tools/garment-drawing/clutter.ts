// A drawn cluttered room as a background. No training picture has such a background.
import { hex, mix, type Rgb } from './palette.js';
import type { Random } from '../../src/domain/shared/random.js';

const THINGS = 24;
/** Range of the side of an object, as a share of the picture's longer side. */
const SMALLEST = 0.06;
const LARGEST = 0.4;

/**
 * Draws a wall and a floor, with boxes, discs, bars and striped cloths of random colors in random places.
 * @param width width of the picture in pixels, like `height`
 * @returns SVG
 */
export function drawClutter(width: number, height: number, random: Random): string {
  const wall = anyColor(random);
  const floor = mix(wall, anyColor(random), 0.6);
  const horizon = height * random.between(0.5, 0.8);
  const things = Array.from({ length: THINGS }, () => drawThing(width, height, random));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    rectangle(width, height, hex(wall)),
    `<g transform="translate(0 ${horizon.toFixed(1)})">${rectangle(width, height, hex(floor))}</g>`,
    ...things,
    '</svg>',
  ].join('');
}

function drawThing(width: number, height: number, random: Random): string {
  const longer = Math.max(width, height);
  const [w, h] = [random.between(SMALLEST, LARGEST) * longer, random.between(SMALLEST, LARGEST) * longer];
  const at = `translate(${(random.next() * width).toFixed(1)} ${(random.next() * height).toFixed(1)})`;
  const turn = `rotate(${random.between(-45, 45).toFixed(1)})`;
  const draw = random.pick([drawBox, drawDisc, drawBar, drawStripes]);
  return `<g transform="${at} ${turn} translate(${(-w / 2).toFixed(1)} ${(-h / 2).toFixed(1)})">${draw(w, h, random)}</g>`;
}

/** Draws a box with a darker edge, so that its front looks lit. */
function drawBox(width: number, height: number, random: Random): string {
  const color = anyColor(random);
  return (
    rectangle(width, height, hex(mix(color, [0, 0, 0], 0.35))) + rectangle(width * 0.93, height * 0.93, hex(color))
  );
}

function drawDisc(width: number, height: number, random: Random): string {
  const [x, y] = [width / 2, height / 2].map((half) => half.toFixed(1));
  return `<ellipse cx="${x}" cy="${y}" rx="${x}" ry="${y}" fill="${hex(anyColor(random))}"/>`;
}

function drawBar(width: number, height: number, random: Random): string {
  return rectangle(width * 1.5, height * 0.12, hex(anyColor(random)));
}

function drawStripes(width: number, height: number, random: Random): string {
  const [first, second] = [hex(anyColor(random)), hex(anyColor(random))];
  const count = 3 + Math.floor(random.next() * 6);
  const bands = Array.from({ length: count }, (_, i) => {
    const y = ((i * height) / count).toFixed(1);
    return `<g transform="translate(0 ${y})">${rectangle(width, height / (2 * count), second)}</g>`;
  });
  return rectangle(width, height, first) + bands.join('');
}

function rectangle(width: number, height: number, fill: string): string {
  return `<rect width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${fill}"/>`;
}

/** Returns a random color that is gray in half of the cases, as in real rooms. */
function anyColor(random: Random): Rgb {
  const bright: Rgb = [random.between(20, 235), random.between(20, 235), random.between(20, 235)];
  const gray = random.between(40, 220);
  return mix(bright, [gray, gray, gray], random.next());
}
