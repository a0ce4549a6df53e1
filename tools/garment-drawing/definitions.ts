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

  /** The print of the garment for a panel turned by some degrees; undefined for plain cloth. */
  print(grain: number): string | undefined {
    const { pattern, inks, patternScale, patternTurn } = this.dye;
    return this.tile('p', printTile(pattern, inks), { scale: patternScale, turn: grain + patternTurn });
  }

  weave(grain: number): string | undefined {
    return this.tile('w', weaveTile(this.dye.texture, this.dye.inks.ground), { scale: 1, turn: grain });
  }

  light(kind: Exclude<Light, 'none'>): string {
    const id = `l-${kind}`;
    return this.keep(id, () => lightGradient(id, kind, this.lighting));
  }

  toString(): string {
    return [...this.kept.values()].join('');
  }

  /** The tile is kept once; every turn of it refers to that. */
  private tile(
    id: string,
    tile: Tile | undefined,
    { scale, turn }: { scale: number; turn: number },
  ): string | undefined {
    if (!tile) return undefined;
    const box = `width="${tile.width}" height="${tile.height}" patternUnits="userSpaceOnUse"`;
    this.keep(id, () => `<pattern id="${id}" ${box}>${tile.svg}</pattern>`);
    const turned = `rotate(${Math.round(turn)}) scale(${Math.round(scale * 1000) / 1000})`;
    const name = `${id}${Math.round(turn)}`;
    return this.keep(name, () => `<pattern id="${name}" href="#${id}" patternTransform="${turned}"/>`);
  }

  private keep(id: string, make: () => string): string {
    if (!this.kept.has(id)) this.kept.set(id, make());
    return `url(#${id})`;
  }
}
