// Shades of one garment: a color for every tone, edges and seams.
import type { Inks } from './cloth.js';
import { darker, lighter, lightness, mix, type Rgb } from './palette.js';
import type { Tone } from './parts.js';

export type Tones = Record<Tone, Rgb>;

/** Returns a color for every tone of a garment printed in these inks. */
export function tonesOf({ ground, figure, accent }: Inks): Tones {
  const light = lightness(ground);
  return {
    main: ground,
    second: figure,
    inside: darker(ground, light > 0.75 ? 0.2 : 0.38),
    dark: darker(ground, 0.3),
    deep: darker(ground, light > 0.75 ? 0.42 : 0.6),
    light: lighter(ground, 0.28),
    stitch: light > 0.6 ? darker(ground, 0.28) : lighter(ground, 0.38),
    button: light > 0.5 ? mix(darker(ground, 0.5), [120, 90, 60], 0.3) : lighter(ground, 0.5),
    metal: [190, 193, 198],
    sole: light > 0.8 ? [226, 224, 219] : [243, 242, 238],
    outsole: [62, 48, 42],
    white: [250, 250, 250],
    leather: [176, 122, 78],
    accent,
  };
}

/** Returns the color of edges. Dark cloth gets a slightly lighter outline, so that its panels stay distinct. */
export function edgeOf(color: Rgb): Rgb {
  const light = lightness(color);
  if (light > 0.75) return darker(color, 0.3);
  return light < 0.16 ? mix(darker(color, 0.5), [120, 120, 130], 0.14) : darker(color, 0.45);
}

/** Returns the color of seams: darker than the cloth, or lighter on nearly black cloth. */
export function seamOf(color: Rgb): Rgb {
  const light = lightness(color);
  return light < 0.2 ? lighter(color, 0.16) : darker(color, light > 0.75 ? 0.26 : 0.4);
}
