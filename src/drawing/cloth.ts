/**
 * Owns the look of cloth: printed patterns and woven textures as SVG pattern tiles.
 * Knows nothing of the garment they are cut into.
 */
import { darker, hex, lighter, lightness, mix, type Rgb } from './palette.js';

export type Pattern = 'plain' | 'striped' | 'pinstriped' | 'checked' | 'tartan' | 'dotted' | 'floral';
export type Texture =
  'smooth' | 'jersey' | 'denim' | 'knit' | 'ribbed' | 'linen' | 'corduroy' | 'leather' | 'suede' | 'satin' | 'straw' | 'mesh' | 'twill';

export interface Tile {
  width: number;
  height: number;
  svg: string;
}

/** The colours that a printed cloth is made of: what dominates, what is printed on it, a third for small parts. */
export interface Inks {
  ground: Rgb;
  figure: Rgb;
  accent: Rgb;
}

const rect = (x: number, y: number, width: number, height: number, fill: string, opacity = 1): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`;

/** The tile of a pattern, transparent where the ground shows; undefined for plain cloth. */
export function patternTile(pattern: Pattern, inks: Inks): Tile | undefined {
  const figure = hex(inks.figure);
  switch (pattern) {
    case 'plain':
      return undefined;
    case 'striped':
      return { width: 40, height: 40, svg: rect(0, 13, 40, 14, figure) };
    case 'pinstriped':
      return { width: 22, height: 22, svg: rect(9, 0, 3, 22, figure, 0.85) };
    case 'checked':
      return { width: 36, height: 36, svg: rect(0, 0, 36, 15, figure, 0.5) + rect(0, 0, 15, 36, figure, 0.5) };
    case 'tartan':
      return tartan(inks);
    case 'dotted':
      return { width: 44, height: 44, svg: dot(11, 11, figure) + dot(33, 33, figure) };
    case 'floral':
      return floral(inks);
  }
}

const dot = (x: number, y: number, fill: string): string => `<circle cx="${x}" cy="${y}" r="7" fill="${fill}"/>`;

function tartan({ ground, figure, accent }: Inks): Tile {
  const dark = hex(darker(ground, 0.55));
  const bars = (across: boolean): string => {
    const bar = (at: number, width: number, fill: string, opacity: number): string =>
      across ? rect(0, at, 84, width, fill, opacity) : rect(at, 0, width, 84, fill, opacity);
    return bar(6, 24, dark, 0.4) + bar(16, 4, hex(figure), 0.75) + bar(56, 5, hex(accent), 0.7) + bar(66, 2, hex(figure), 0.5);
  };
  return { width: 84, height: 84, svg: bars(true) + bars(false) };
}

/** Five petals about a heart. */
function flower(x: number, y: number, size: number, petal: string, heart: string): string {
  const petals = [0, 72, 144, 216, 288].map(
    (turn) => `<ellipse cy="${-size * 0.62}" rx="${size * 0.44}" ry="${size * 0.58}" fill="${petal}" transform="rotate(${turn})"/>`,
  );
  return `<g transform="translate(${x} ${y}) rotate(${(x * 7) % 60})">${petals.join('')}<circle r="${size * 0.3}" fill="${heart}"/></g>`;
}

function leaf(x: number, y: number, turn: number, fill: string): string {
  return `<path d="M0 0C6 -9 16 -9 24 0C16 7 6 7 0 0Z" fill="${fill}" transform="translate(${x} ${y}) rotate(${turn})"/>`;
}

function floral({ ground, figure, accent }: Inks): Tile {
  const bright = lightness(ground) > 0.6;
  const green = hex(mix([74, 122, 78], ground, bright ? 0.1 : 0.25));
  const heart = hex(bright ? mix(accent, [240, 190, 60], 0.6) : [246, 214, 120]);
  const petals = hex(figure);
  const others = hex(accent);
  const svg = [
    leaf(34, 30, 20, green), leaf(18, 40, 120, green), leaf(84, 86, -150, green), leaf(92, 98, 40, green), leaf(74, 18, -60, green),
    flower(28, 28, 17, petals, heart), flower(88, 84, 15, petals, heart), flower(82, 32, 10, others, heart), flower(26, 86, 11, others, heart),
    dot(54, 58, petals).replace('r="7"', 'r="3.5"'), dot(56, 108, others).replace('r="7"', 'r="3"'), dot(112, 58, others).replace('r="7"', 'r="3"'),
  ];
  return { width: 118, height: 118, svg: svg.join('') };
}

/** The weave over the print, drawn in the cloth's own shades; undefined for smooth cloth. */
export function textureTile(texture: Texture, ground: Rgb): Tile | undefined {
  const shade = hex(darker(ground, 0.6));
  const gleam = hex(lighter(ground, 0.7));
  const strokes = (d: string, color: string, width: number, opacity: number): string =>
    `<path d="${d}" stroke="${color}" stroke-width="${width}" opacity="${opacity}" fill="none"/>`;
  switch (texture) {
    case 'denim':
      return { width: 5, height: 5, svg: strokes('M-1 6L6 -1M-1 1L1 -1M4 6L6 4', gleam, 1.1, 0.22) + strokes('M-1 3.5L3.5 -1M1.5 6L6 1.5', shade, 0.8, 0.2) };
    case 'twill':
      return { width: 6, height: 6, svg: strokes('M-1 7L7 -1M-1 1L1 -1M5 7L7 5', shade, 0.8, 0.14) };
    case 'knit':
      return { width: 10, height: 9, svg: strokes('M1 1L5 6L9 1M1 10L5 15L9 10', shade, 1.3, 0.26) + strokes('M2 -0.5L5 3.4L8 -0.5', gleam, 1, 0.2) };
    case 'ribbed':
      return { width: 8, height: 8, svg: rect(0, 0, 2.4, 8, shade, 0.2) + rect(4, 0, 1.4, 8, gleam, 0.2) };
    case 'corduroy':
      return { width: 9, height: 9, svg: rect(0, 0, 3, 9, shade, 0.28) + rect(5, 0, 2, 9, gleam, 0.22) };
    case 'linen':
      return { width: 14, height: 14, svg: strokes('M0 3H9M5 10H14', gleam, 0.9, 0.2) + strokes('M4 0V8M11 5V14M0 6.5H14', shade, 0.7, 0.1) };
    case 'straw':
      return { width: 16, height: 10, svg: strokes('M0 2.5Q4 -1 8 2.5T16 2.5', shade, 1.6, 0.35) + strokes('M-4 7.5Q0 4 4 7.5T12 7.5T20 7.5', gleam, 1.6, 0.45) };
    case 'mesh':
      return { width: 8, height: 8, svg: `<circle cx="2" cy="2" r="1.1" fill="${shade}" opacity=".3"/><circle cx="6" cy="6" r="1.1" fill="${shade}" opacity=".3"/>` };
    case 'suede':
      return { width: 12, height: 12, svg: strokes('M1 3l2 1M7 2l2 2M3 9l3 -1M9 8l1 2', gleam, 0.9, 0.25) };
    default:
      return undefined;
  }
}
