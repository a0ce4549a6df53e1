/** Owns the weave of cloth as SVG tiles, laid over its print in the cloth's own shades. Knows nothing of garments. */
import { rect, type Texture, type Tile } from './cloth.js';
import { darker, hex, lighter, type Rgb } from './palette.js';

interface Shades {
  shade: string;
  gleam: string;
}

const threads = (d: string, stroke: string, width: number, opacity: number): string =>
  `<path d="${d}" stroke="${stroke}" stroke-width="${width}" opacity="${opacity}" fill="none"/>`;
const square = (side: number, svg: string): Tile => ({ width: side, height: side, svg });

const WEAVES: Partial<Record<Texture, (shades: Shades) => Tile>> = {
  denim: ({ shade, gleam }) =>
    square(
      5,
      threads('M-1 6L6 -1M-1 1L1 -1M4 6L6 4', gleam, 1.1, 0.22) +
        threads('M-1 3.5L3.5 -1M1.5 6L6 1.5', shade, 0.8, 0.2),
    ),
  twill: ({ shade }) => square(6, threads('M-1 7L7 -1M-1 1L1 -1M5 7L7 5', shade, 0.8, 0.14)),
  knit: ({ shade, gleam }) => ({
    width: 10,
    height: 9,
    svg: threads('M1 1L5 6L9 1M1 10L5 15L9 10', shade, 1.3, 0.26) + threads('M2 -0.5L5 3.4L8 -0.5', gleam, 1, 0.2),
  }),
  ribbed: ({ shade, gleam }) => square(8, rect([0, 0, 2.4, 8], shade, 0.2) + rect([4, 0, 1.4, 8], gleam, 0.2)),
  corduroy: ({ shade, gleam }) => square(9, rect([0, 0, 3, 9], shade, 0.28) + rect([5, 0, 2, 9], gleam, 0.22)),
  linen: ({ shade, gleam }) =>
    square(14, threads('M0 3H9M5 10H14', gleam, 0.9, 0.2) + threads('M4 0V8M11 5V14M0 6.5H14', shade, 0.7, 0.1)),
  straw: ({ shade, gleam }) => ({
    width: 16,
    height: 10,
    svg:
      threads('M0 2.5Q4 -1 8 2.5T16 2.5', shade, 1.6, 0.35) +
      threads('M-4 7.5Q0 4 4 7.5T12 7.5T20 7.5', gleam, 1.6, 0.45),
  }),
  mesh: ({ shade }) => square(8, rect([1, 1, 2.2, 2.2], shade, 0.3) + rect([5, 5, 2.2, 2.2], shade, 0.3)),
  suede: ({ gleam }) => square(12, threads('M1 3l2 1M7 2l2 2M3 9l3 -1M9 8l1 2', gleam, 0.9, 0.25)),
};

/** The tile of a texture on cloth of a colour; undefined where it has no visible weave. */
export function weaveTile(texture: Texture, ground: Rgb): Tile | undefined {
  return WEAVES[texture]?.({ shade: hex(darker(ground, 0.6)), gleam: hex(lighter(ground, 0.7)) });
}
