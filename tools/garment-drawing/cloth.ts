// Names for the appearance of cloth: patterns, textures, inks.
import type { Rgb } from './palette.js';

/** Printed or woven pattern; `plain` means no pattern. */
export type Pattern = 'plain' | 'striped' | 'pinstriped' | 'checked' | 'tartan' | 'dotted' | 'floral';

/** Surface: the weave and its gloss. */
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

/** Colors of one garment: the dominant one, the one of the print or trim, and a third one for small parts. */
export interface Inks {
  ground: Rgb;
  figure: Rgb;
  accent: Rgb;
}

/** An SVG pattern tile, transparent where the ground color shows. */
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
