// Light on cloth: gradients over a panel, and the amount of reflected light.
import type { Texture } from './cloth.js';
import { lightness, type Rgb } from './palette.js';
import type { Light } from './parts.js';

/** Gradient stops: position and shade (negative: light), as shares of the cloth's strength. */
const LIGHTS: Record<Exclude<Light, 'none'>, { to: string; stops: readonly (readonly [number, number])[] }> = {
  tube: {
    to: 'x2="1" y2=".12"',
    stops: [
      [0, 1],
      [0.13, 0.3],
      [0.32, -1],
      [0.52, -0.2],
      [0.8, 0.35],
      [1, 1.15],
    ],
  },
  'tube-left': {
    to: 'x2="1" y2=".3"',
    stops: [
      [0, 0.9],
      [0.3, -0.7],
      [0.6, 0.1],
      [1, 1.1],
    ],
  },
  'tube-right': {
    to: 'x2="1" y2="-.3"',
    stops: [
      [0, 0.8],
      [0.35, -0.6],
      [0.65, 0.2],
      [1, 1.2],
    ],
  },
  drop: {
    to: 'x2=".15" y2="1"',
    stops: [
      [0, -0.8],
      [0.35, 0],
      [1, 1],
    ],
  },
  ball: {
    to: '',
    stops: [
      [0, -1.2],
      [0.45, -0.1],
      [0.8, 0.5],
      [1, 1.1],
    ],
  },
};

/** Strengths of shade and light on a cloth. */
export interface Lighting {
  shade: number;
  gleam: number;
  /** Share of the light that the cloth reflects; 1 is a polished synthetic. */
  sheen: number;
}

/** Returns the lighting. On dark cloth mostly highlights are visible, on light cloth mostly shade. */
export function lightingOf(ground: Rgb, texture: Texture): Lighting {
  const light = lightness(ground);
  const pale = light > 0.75;
  return { shade: pale ? 0.13 : 0.24 + (1 - light) * 0.14, gleam: pale ? 0.35 : 0.16, sheen: sheenOf(texture) };
}

function sheenOf(texture: Texture): number {
  if (texture === 'leather') return 1.6;
  if (texture === 'satin') return 1.4;
  return texture === 'smooth' ? 0.75 : 0.55;
}

/** Returns the SVG gradient of a kind of light. */
export function lightGradient(id: string, kind: Exclude<Light, 'none'>, { shade, gleam, sheen }: Lighting): string {
  const stops = LIGHTS[kind].stops.map(([offset, amount]) => {
    const opacity = amount > 0 ? amount * shade : -amount * gleam * sheen;
    return `<stop offset="${offset}" stop-color="${amount > 0 ? '#0e0a1e' : '#fff'}" stop-opacity="${opacity.toFixed(3)}"/>`;
  });
  if (kind === 'ball') return `<radialGradient id="${id}" cx=".38" cy=".28" r=".85">${stops.join('')}</radialGradient>`;
  return `<linearGradient id="${id}" ${LIGHTS[kind].to}>${stops.join('')}</linearGradient>`;
}
