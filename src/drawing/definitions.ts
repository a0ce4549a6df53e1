/** Owns what an SVG picture refers to by id: outlines with their clips, gradients, pattern tiles, each once. Knows nothing of garments. */
import type { Inks, Pattern, Texture, Tile } from './cloth.js';
import { lightGradient, type Lighting, lightingOf } from './light.js';
import type { Light } from './parts.js';
import { printTile } from './print.js';
import { weaveTile } from './weave.js';

export interface Paint {
  inks: Inks;
  pattern: Pattern;
  texture: Texture;
  /** Size of the pattern, 1 = usual. */
  patternScale: number;
  /** Degrees that the pattern is turned by on the body: 90 makes stripes vertical. */
  patternTurn: number;
}

export class Definitions {
  readonly lighting: Lighting;
  private readonly kept = new Map<string, string>();

  constructor(private readonly dye: Paint) {
    this.lighting = lightingOf(dye.inks.ground, dye.texture);
  }

  /** An outline, to be painted over and over by its id; `c` before the id names what clips to it. */
  shape(d: string): string {
    const id = `s${this.kept.size}`;
    this.kept.set(id, `<clipPath id="c${id}"><path id="${id}" d="${d}"/></clipPath>`);
    return id;
  }

  print(grain: number): string | undefined {
    const { pattern, inks, patternScale, patternTurn } = this.dye;
    return this.tile(`p${Math.round(grain)}`, printTile(pattern, inks), patternScale, grain + patternTurn);
  }

  weave(grain: number): string | undefined {
    return this.tile(`w${Math.round(grain)}`, weaveTile(this.dye.texture, this.dye.inks.ground), 1, grain);
  }

  light(kind: Exclude<Light, 'none'>): string {
    return this.keep(`l-${kind}`, (id) => lightGradient(id, kind, this.lighting));
  }

  toString(): string {
    return [...this.kept.values()].join('');
  }

  private tile(id: string, tile: Tile | undefined, scale: number, turn: number): string | undefined {
    if (!tile) return undefined;
    const turned = `rotate(${Math.round(turn)}) scale(${scale})`;
    const box = `width="${tile.width}" height="${tile.height}"`;
    return this.keep(
      id,
      (name) =>
        `<pattern id="${name}" ${box} patternUnits="userSpaceOnUse" patternTransform="${turned}">${tile.svg}</pattern>`,
    );
  }

  private keep(id: string, make: (id: string) => string): string {
    if (!this.kept.has(id)) this.kept.set(id, make(id));
    return `url(#${id})`;
  }
}
