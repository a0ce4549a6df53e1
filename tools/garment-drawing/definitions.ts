// Definitions of an SVG picture that other elements refer to by id: outlines, clips, gradients, pattern tiles.
import type { Inks, Pattern, Texture, Tile } from './cloth.js';
import { lightGradient, type Lighting, lightingOf } from './light.js';
import type { Light } from './parts.js';
import { printTile } from './print.js';
import { weaveTile } from './weave.js';

export interface Paint {
  inks: Inks;
  pattern: Pattern;
  texture: Texture;
  /** Scale of the pattern; 1 is usual. */
  patternScale: number;
  /** Rotation of the pattern on the body in degrees: 90 makes stripes vertical. */
  patternTurn: number;
}

export class Definitions {
  readonly lighting: Lighting;
  private readonly elements = new Map<string, string>();

  constructor(private readonly paint: Paint) {
    this.lighting = lightingOf(paint.inks.ground, paint.texture);
  }

  /** Defines an outline once and returns its id. The clip path of the outline has the id with a `c` before it. */
  shape(d: string): string {
    const id = `s${this.elements.size}`;
    this.elements.set(id, `<clipPath id="c${id}"><path id="${id}" d="${d}"/></clipPath>`);
    return id;
  }

  /** Returns the fill of the print for a panel whose grain is rotated by some degrees; undefined for plain cloth. */
  print(grain: number): string | undefined {
    const { pattern, inks, patternScale, patternTurn } = this.paint;
    return this.tile('p', printTile(pattern, inks), { scale: patternScale, turn: grain + patternTurn });
  }

  weave(grain: number): string | undefined {
    return this.tile('w', weaveTile(this.paint.texture, this.paint.inks.ground), { scale: 1, turn: grain });
  }

  light(kind: Exclude<Light, 'none'>): string {
    const id = `l-${kind}`;
    return this.define(id, () => lightGradient(id, kind, this.lighting));
  }

  toString(): string {
    return [...this.elements.values()].join('');
  }

  /** Defines the tile once; every rotation refers to it. */
  private tile(
    id: string,
    tile: Tile | undefined,
    { scale, turn }: { scale: number; turn: number },
  ): string | undefined {
    if (!tile) return undefined;
    const box = `width="${tile.width}" height="${tile.height}" patternUnits="userSpaceOnUse"`;
    this.define(id, () => `<pattern id="${id}" ${box}>${tile.svg}</pattern>`);
    const transform = `rotate(${Math.round(turn)}) scale(${Math.round(scale * 1000) / 1000})`;
    const name = `${id}${Math.round(turn)}`;
    return this.define(name, () => `<pattern id="${name}" href="#${id}" patternTransform="${transform}"/>`);
  }

  private define(id: string, createElement: () => string): string {
    if (!this.elements.has(id)) this.elements.set(id, createElement());
    return `url(#${id})`;
  }
}
