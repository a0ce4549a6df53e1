/** Owns the names of what cloth looks like. Knows nothing of how it is drawn. */
import type { Rgb } from './palette.js';

/** Printed or woven in; `plain` is none. */
export type Pattern = 'plain' | 'striped' | 'pinstriped' | 'checked' | 'tartan' | 'dotted' | 'floral';

/** The surface: how it is woven and how much it shines. */
export type Texture =
  | 'smooth'
  | 'jersey'
  | 'denim'
  | 'knit'
  | 'ribbed'
  | 'linen'
  | 'corduroy'
  | 'leather'
  | 'suede'
  | 'satin'
  | 'straw'
  | 'mesh'
  | 'twill';

/** The colours of one garment: what dominates, what is printed on it or trims it, a third for small parts. */
export interface Inks {
  ground: Rgb;
  figure: Rgb;
  accent: Rgb;
}

/** An SVG pattern tile; transparent where the ground is to show. */
export interface Tile {
  width: number;
  height: number;
  svg: string;
}

type Box = readonly [x: number, y: number, width: number, height: number];

export function rect([x, y, width, height]: Box, fill: string, opacity = 1): string {
  const faint = opacity < 1 ? ` opacity="${opacity}"` : '';
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"${faint}/>`;
}
