/**
 * Owns the drawing of a room full of things, for what stands behind a garment that was not photographed in a studio.
 * No training picture has such a ground. Knows nothing of garments.
 */
import { hex, mix, type Rgb } from './palette.js';
import type { Random } from '../../src/domain/shared/random.js';

const THINGS = 24;
/** Sides of a thing in shares of the picture's longer side. */
const SMALLEST = 0.06;
const LARGEST = 0.4;

/**
 * A wall, a floor, and before them boxes, discs, bars and striped cloths of any colour in any place.
 * @param width, height of the picture in pixels
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

/** With a darker edge, as a thing with a lit front has it. */
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

/** Grey as often as bright: rooms are. */
function anyColor(random: Random): Rgb {
  const bright: Rgb = [random.between(20, 235), random.between(20, 235), random.between(20, 235)];
  const grey = random.between(40, 220);
  return mix(bright, [grey, grey, grey], random.next());
}
