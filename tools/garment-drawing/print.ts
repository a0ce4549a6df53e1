// Printed and woven patterns as SVG tiles.
import { rect, type Inks, type Pattern, type Tile } from './cloth.js';
import { darker, hex, lightness, mix } from './palette.js';

/**
 * Returns the tile of a pattern; undefined for plain cloth. The ground covers at least half of every tile, so that its
 * color dominates.
 */
export function printTile(pattern: Pattern, inks: Inks): Tile | undefined {
  const figure = hex(inks.figure);
  switch (pattern) {
    case 'plain':
      return undefined;
    case 'striped':
      return { width: 240, height: 40, svg: rect([0, 13, 240, 14], figure) };
    case 'pinstriped':
      return { width: 22, height: 240, svg: rect([9, 0, 3, 240], figure, 0.85) };
    case 'checked':
      return checks(figure);
    case 'tartan':
      return tartan(inks);
    case 'dotted':
      return { width: 44, height: 44, svg: dot(11, 11, 7, figure) + dot(33, 33, 7, figure) };
    case 'floral':
      return floral(inks);
  }
}

/**
 * Returns gingham, with the full figure color where the bars cross. A tile has four repeats because renderers replay it
 * for each position.
 */
function checks(figure: string): Tile {
  const at = [0, 36, 72, 108];
  const bars = at.map((x) => rect([x, 0, 15, 144], figure, 0.5) + rect([0, x, 144, 15], figure, 0.5));
  return { width: 144, height: 144, svg: bars.join('') };
}

const dot = (x: number, y: number, radius: number, fill: string): string =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;

function tartan({ ground, figure, accent }: Inks): Tile {
  // offset, width, color and opacity of each bar, equal in both directions
  const sett = [
    [6, 24, hex(darker(ground, 0.55)), 0.4],
    [16, 4, hex(figure), 0.75],
    [56, 5, hex(accent), 0.7],
    [66, 2, hex(figure), 0.5],
  ] as const;
  const weft = sett.map(([at, width, fill, opacity]) => rect([0, at, 84, width], fill, opacity));
  const warp = sett.map(([at, width, fill, opacity]) => rect([at, 0, width, 84], fill, opacity));
  return { width: 84, height: 84, svg: [...weft, ...warp].join('') };
}

interface Bloom {
  petals: string;
  heart: string;
}

/** Draws five notched petals around a center. */
function flower(x: number, y: number, size: number, { petals, heart }: Bloom): string {
  const petal = (turn: number): string =>
    `<path d="M0 0C-9 -4 -10 -15 -3 -17L0 -14L3 -17C10 -15 9 -4 0 0Z" transform="rotate(${turn})"/>`;
  const blossom = `<g fill="${petals}">${[0, 72, 144, 216, 288].map(petal).join('')}</g>`;
  return `<g transform="translate(${x} ${y}) rotate(${(x * 7) % 60}) scale(${size / 17})">${blossom}${dot(0, 0, 4.6, heart)}</g>`;
}

const leaf = (x: number, y: number, turn: number, fill: string): string =>
  `<path d="M0 0C6 -9 18 -9 26 0C17 6 7 6 0 0Z" fill="${fill}" transform="translate(${x} ${y}) rotate(${turn})"/>`;

/** Returns blossoms of two sizes with leaves and buds. They are offset by half a tile, so that no rows are visible. */
function floral({ ground, figure, accent }: Inks): Tile {
  const bright = lightness(ground) > 0.6;
  const green = hex(mix([74, 122, 78], ground, bright ? 0.1 : 0.25));
  const heart = hex(bright ? mix(accent, [240, 190, 60], 0.6) : [246, 214, 120]);
  const large = { petals: hex(figure), heart };
  const small = { petals: hex(accent), heart };
  const svg = [
    leaf(38, 34, 24, green),
    leaf(20, 44, 118, green),
    leaf(92, 98, -148, green),
    leaf(100, 108, 36, green),
    leaf(92, 26, -62, green),
    leaf(30, 100, 196, green),
    flower(30, 30, 21, large),
    flower(96, 94, 19, large),
    flower(92, 38, 12, small),
    flower(32, 92, 13, small),
    dot(62, 64, 3.6, large.petals),
    dot(64, 118, 3, small.petals),
    dot(118, 64, 3, small.petals),
    dot(60, 8, 2.4, large.petals),
  ];
  return { width: 126, height: 126, svg: svg.join('') };
}
