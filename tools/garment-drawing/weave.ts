// Weaves of cloth as SVG tiles, drawn over the print in shades of the cloth.
// Tiles are about 60 units wide although weaves repeat every 5 to 16 units. Renderers replay a tile for every position,
// and with tiles of one repeat a denim jacket took 150 ms instead of 20.
import { rect, type Texture, type Tile } from './cloth.js';
import { darker, hex, lighter, type Rgb } from './palette.js';

interface Shades {
  shade: string;
  gleam: string;
}

interface Thread {
  stroke: string;
  width: number;
  opacity: number;
  dash?: string;
}

function threads(d: string, { stroke, width, opacity, dash }: Thread): string {
  const dashes = dash ? ` stroke-dasharray="${dash}"` : '';
  return `<path d="${d}" stroke="${stroke}" stroke-width="${width}" opacity="${opacity}" fill="none"${dashes}/>`;
}

const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');
const square = (side: number, svg: string): Tile => ({ width: side, height: side, svg });

/**
 * Returns diagonal lines on a square tile. Its side is a multiple of the pitch, so that the lines join at the edges.
 */
const diagonals = (side: number, pitch: number, shift: number): string =>
  times((2 * side) / pitch + 1, (index) => `M${index * pitch + shift - side} ${side}l${side} ${-side}`);

/** Returns horizontal lines, each shifted a little from the one above. */
const rows = (side: number, pitch: number, stagger: number): string =>
  times(side / pitch, (index) => `M${-(index * stagger)} ${index * pitch + pitch / 2}h${side * 2}`);

/** Returns rows of stitches, each a V of 8 by 5 units. */
const stitches = (down: number): string =>
  times(6, (row) => `M0 ${row * 9 + down}${times(6, () => 'm1 0l4 5l4 -5m1 0')}`);

/** Returns horizontal waves with a length of 16 units. */
const waves = (rise: number, from: number): string =>
  times(4, (row) => `M${rise > 0 ? 0 : -8} ${row * 10 + from}q4 -4 8 0${times(9, () => 't8 0')}`);

const WEAVES: Partial<Record<Texture, (shades: Shades) => Tile>> = {
  denim: ({ shade, gleam }) =>
    square(
      60,
      threads(diagonals(60, 5, 0), { stroke: gleam, width: 1.1, opacity: 0.17 }) +
        threads(diagonals(60, 5, 2.5), { stroke: shade, width: 0.8, opacity: 0.2 }),
    ),
  twill: ({ shade }) => square(60, threads(diagonals(60, 6, 0), { stroke: shade, width: 0.8, opacity: 0.14 })),
  knit: ({ shade, gleam }) => ({
    width: 60,
    height: 54,
    svg:
      threads(stitches(1), { stroke: shade, width: 1.3, opacity: 0.26 }) +
      threads(stitches(-1), { stroke: gleam, width: 1, opacity: 0.18 }),
  }),
  ribbed: ({ shade, gleam }) => bars(8, [rect([0, 0, 2.4, 80], shade, 0.2), rect([4, 0, 1.4, 80], gleam, 0.2)]),
  corduroy: ({ shade, gleam }) => bars(9, [rect([0, 0, 3, 80], shade, 0.28), rect([5, 0, 2, 80], gleam, 0.22)]),
  linen: ({ shade, gleam }) =>
    square(
      56,
      threads(rows(56, 7, 9), { stroke: gleam, width: 0.9, opacity: 0.22, dash: '9 5 14 6' }) +
        threads(rows(56, 14, 5), { stroke: shade, width: 0.7, opacity: 0.1 }),
    ),
  straw: ({ shade, gleam }) => ({
    width: 64,
    height: 40,
    svg:
      threads(waves(1, 2.5), { stroke: shade, width: 1.6, opacity: 0.35 }) +
      threads(waves(-1, 7.5), { stroke: gleam, width: 1.6, opacity: 0.45 }),
  }),
  mesh: ({ shade }) =>
    square(64, threads(rows(64, 4, 4), { stroke: shade, width: 2.2, opacity: 0.3, dash: '2.2 5.8' })),
  suede: ({ gleam }) =>
    square(60, threads(rows(60, 5, 7), { stroke: gleam, width: 0.9, opacity: 0.22, dash: '2 11 3 14' })),
};

/** Returns a tile of eight vertical bars, `pitch` units apart. */
function bars(pitch: number, drawn: readonly string[]): Tile {
  const svg = times(8, (index) => `<g transform="translate(${index * pitch} 0)">${drawn.join('')}</g>`);
  return { width: pitch * 8, height: 80, svg };
}

/** Returns the tile of a texture on cloth of a color; undefined if the weave is not visible. */
export function weaveTile(texture: Texture, ground: Rgb): Tile | undefined {
  return WEAVES[texture]?.({ shade: hex(darker(ground, 0.6)), gleam: hex(lighter(ground, 0.7)) });
}
