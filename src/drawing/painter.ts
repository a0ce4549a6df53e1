/**
 * Owns how cut parts become an SVG picture: colours for tones, patterns clipped to their panels, light, folds, edges, backdrop.
 * Knows nothing of which garment it paints.
 */
import { patternTile, textureTile, type Inks, type Pattern, type Texture, type Tile } from './cloth.js';
import { darker, hex, lighter, lightness, mix, type Rgb } from './palette.js';
import type { Placing } from './stage.js';
import type { Light, Mark, Panel, Part, Tone } from './parts.js';

export interface Paint {
  inks: Inks;
  pattern: Pattern;
  texture: Texture;
  /** Size of the pattern, 1 = usual. */
  patternScale: number;
  /** Degrees that the pattern is turned by on the body: 90 makes stripes vertical. */
  patternTurn: number;
}

export interface Scene extends Placing {
  /** Top and bottom of the backdrop. */
  backdrop: readonly [Rgb, Rgb];
  /** Degrees, about the middle of the canvas. */
  rotation: number;
  mirrored: boolean;
}

export const CANVAS = { width: 600, height: 800 } as const;

/** The picture: an SVG document of 600 × 800 units. */
export function paint(parts: readonly Part[], dye: Paint, scene: Scene): string {
  const colors = tones(dye.inks);
  const defs = new Definitions(dye, colors);
  const body = parts.map((part) => paintPart(part, colors, defs)).join('');
  const place = `translate(300 400) rotate(${short(scene.rotation)}) scale(${short(scene.mirrored ? -scene.scale : scene.scale)} ${short(scene.scale)}) translate(${short(-scene.centre[0])} ${short(-scene.centre[1])})`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 800" width="600" height="800">` +
    `<defs>${backdrop(scene)}${defs.toString()}</defs><rect width="600" height="800" fill="url(#wall)"/>` +
    `<g transform="${place}">${groundShadow(scene)}<g stroke-linejoin="round" stroke-linecap="round">${body}</g></g></svg>`
  );
}

const short = (value: number): string => String(Math.round(value * 1000) / 1000);

function tones({ ground, figure, accent }: Inks): Record<Tone, Rgb> {
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

function backdrop({ backdrop: [top, bottom] }: Scene): string {
  return (
    `<linearGradient id="wall" x2="0" y2="1"><stop stop-color="${hex(top)}"/><stop offset="1" stop-color="${hex(bottom)}"/></linearGradient>` +
    `<radialGradient id="floor"><stop stop-color="#15131c" stop-opacity=".42"/><stop offset=".55" stop-color="#15131c" stop-opacity=".16"/><stop offset="1" stop-color="#15131c" stop-opacity="0"/></radialGradient>`
  );
}

function groundShadow({ ground }: Scene): string {
  if (!ground) return '';
  return `<ellipse cx="0" cy="${ground.y}" rx="${ground.width}" ry="${Math.max(14, ground.width * 0.085)}" fill="url(#floor)"/>`;
}

/** Gathers gradients, clip paths and pattern tiles, each once. */
class Definitions {
  private readonly kept = new Map<string, string>();
  private readonly strength: { shade: number; gleam: number };
  readonly sheen: number;

  constructor(
    private readonly dye: Paint,
    colors: Record<Tone, Rgb>,
  ) {
    const light = lightness(colors.main);
    this.sheen = sheenOf(dye.texture);
    // On dark cloth shade is hardly seen and light shapes it; on light cloth the reverse.
    this.strength = { shade: light > 0.75 ? 0.17 : 0.24 + (1 - light) * 0.14, gleam: light > 0.75 ? 0.35 : 0.16 };
  }

  /** An outline, to be painted over and over by its id; `c` before the id names what clips to it. */
  shape(d: string): string {
    const id = `s${this.kept.size}`;
    this.kept.set(id, `<clipPath id="c${id}"><path id="${id}" d="${d}"/></clipPath>`);
    return id;
  }

  print(grain: number): string | undefined {
    const { pattern, inks, patternScale, patternTurn } = this.dye;
    return this.tile(`p${Math.round(grain)}`, patternTile(pattern, inks), patternScale, grain + patternTurn);
  }

  weave(grain: number): string | undefined {
    return this.tile(`w${Math.round(grain)}`, textureTile(this.dye.texture, this.dye.inks.ground), 1, grain);
  }

  light(kind: Exclude<Light, 'none'>): string {
    return this.keep(`l-${kind}`, (id) => lightGradient(id, kind, this.strength, this.dye.texture));
  }

  toString(): string {
    return [...this.kept.values()].join('');
  }

  private tile(id: string, tile: Tile | undefined, scale: number, turn: number): string | undefined {
    if (!tile) return undefined;
    const turned = `rotate(${Math.round(turn)}) scale(${scale})`;
    const box = `width="${tile.width}" height="${tile.height}"`;
    return this.keep(id, (name) => `<pattern id="${name}" ${box} patternUnits="userSpaceOnUse" patternTransform="${turned}">${tile.svg}</pattern>`);
  }

  private keep(id: string, make: (id: string) => string): string {
    if (!this.kept.has(id)) this.kept.set(id, make(id));
    return `url(#${id})`;
  }
}

/** Stops: where, how much shade (negative: light), in shares of the cloth's strength. */
const LIGHTS: Record<Exclude<Light, 'none'>, { to: string; stops: readonly (readonly [number, number])[] }> = {
  tube: { to: 'x2="1" y2=".12"', stops: [[0, 1], [0.13, 0.3], [0.32, -1], [0.52, -0.2], [0.8, 0.35], [1, 1.15]] },
  'tube-left': { to: 'x2="1" y2=".3"', stops: [[0, 0.9], [0.3, -0.7], [0.6, 0.1], [1, 1.1]] },
  'tube-right': { to: 'x2="1" y2="-.3"', stops: [[0, 0.8], [0.35, -0.6], [0.65, 0.2], [1, 1.2]] },
  drop: { to: 'x2=".15" y2="1"', stops: [[0, -0.8], [0.35, 0], [1, 1]] },
  ball: { to: '', stops: [[0, -1.2], [0.45, -0.1], [0.8, 0.5], [1, 1.1]] },
};

/** How much light a cloth throws back, 1 = a smooth synthetic. */
function sheenOf(texture: Texture): number {
  if (texture === 'leather') return 1.6;
  if (texture === 'satin') return 1.4;
  return texture === 'smooth' ? 0.75 : 0.55;
}

function lightGradient(id: string, kind: Exclude<Light, 'none'>, strength: { shade: number; gleam: number }, texture: Texture): string {
  const sheen = sheenOf(texture);
  const stops = LIGHTS[kind].stops.map(([offset, amount]) => {
    const opacity = amount > 0 ? amount * strength.shade : -amount * strength.gleam * sheen;
    return `<stop offset="${offset}" stop-color="${amount > 0 ? '#0e0a1e' : '#fff'}" stop-opacity="${opacity.toFixed(3)}"/>`;
  });
  if (kind === 'ball') return `<radialGradient id="${id}" cx=".38" cy=".28" r=".85">${stops.join('')}</radialGradient>`;
  return `<linearGradient id="${id}" ${LIGHTS[kind].to}>${stops.join('')}</linearGradient>`;
}

function paintPart(part: Part, colors: Record<Tone, Rgb>, defs: Definitions): string {
  if (part.kind === 'group') return `<g transform="${part.transform}">${part.parts.map((inner) => paintPart(inner, colors, defs)).join('')}</g>`;
  if (part.kind === 'panel') return paintPanel(part, colors, defs);
  const color = colors[part.tone];
  if (part.kind === 'line') {
    const dash = part.dash ? ` stroke-dasharray="${part.dash}" stroke-linecap="butt"` : '';
    return `<path d="${part.d}" fill="none" stroke="${hex(color)}" stroke-width="${part.width}"${dash}/>`;
  }
  const [x, y] = part.at.map((value) => Math.round(value * 10) / 10) as [number, number];
  const r = part.radius;
  return (
    `<circle cx="${x}" cy="${y + 1.2}" r="${r}" fill="#000" opacity=".25"/><circle cx="${x}" cy="${y}" r="${r}" fill="${hex(color)}" stroke="${hex(darker(color, 0.4))}" stroke-width="1"/>` +
    (r > 3.4 ? `<circle cx="${x}" cy="${y}" r="${r * 0.55}" fill="${hex(darker(color, 0.18))}"/>` : '')
  );
}

function paintPanel({ d, tone, light, grain, marks, edge }: Panel, colors: Record<Tone, Rgb>, defs: Definitions): string {
  const color = colors[tone];
  const shape = defs.shape(d);
  const over = (fill: string | undefined): string => (fill ? `<use href="#${shape}" fill="${fill}"/>` : '');
  const woven = tone === 'main' || tone === 'second' || tone === 'inside';
  const layers = [
    over(hex(color)),
    over(tone === 'main' ? defs.print(grain) : undefined),
    over(woven ? defs.weave(grain) : undefined),
    over(light === 'none' ? undefined : defs.light(light)),
    marks.length ? `<g clip-path="url(#c${shape})">${marks.map((mark) => paintMark(mark, color, colors, defs.sheen)).join('')}</g>` : '',
    edge ? `<use href="#${shape}" fill="none" stroke="${hex(edgeOf(color))}" stroke-width="2"/>` : '',
  ];
  return layers.join('');
}

/** Dark cloth is outlined a little lighter inside its own shade, so that panels stay apart. */
const edgeOf = (color: Rgb): Rgb => {
  const light = lightness(color);
  if (light > 0.75) return darker(color, 0.3);
  return light < 0.16 ? mix(darker(color, 0.5), [120, 120, 130], 0.14) : darker(color, 0.45);
};

function paintMark({ kind, layers, tone, strength = 1 }: Mark, color: Rgb, colors: Record<Tone, Rgb>, sheen: number): string {
  const light = lightness(color);
  const style = (): string => {
    const seamColor = hex(light < 0.2 ? lighter(color, 0.16) : darker(color, light > 0.75 ? 0.26 : 0.4));
    switch (kind) {
      case 'fold':
        return `fill="#0e0a1e" fill-opacity="${short(strength * (light > 0.75 ? 0.07 : 0.13))}"`;
      case 'shine':
        return `fill="#fff" fill-opacity="${short(strength * sheen * (light < 0.2 ? 0.055 : 0.1))}"`;
      case 'seam':
        return `fill="none" stroke="${seamColor}" stroke-width="2"`;
      case 'rib':
        return `fill="none" stroke="${seamColor}" stroke-width="1.6" opacity=".55"`;
      case 'stitch':
        return `fill="none" stroke="${hex(colors.stitch)}" stroke-width="1.5" stroke-dasharray="5 3.5" stroke-linecap="butt"`;
      case 'fill':
        return `fill="${hex(colors[tone ?? 'dark'])}"`;
    }
  };
  const paths = layers.map((d) => `<path d="${d}"/>`).join('');
  return layers.length > 1 ? `<g ${style()}>${paths}</g>` : paths.replace('/>', ` ${style()}/>`);
}
