// Parts of a garment, ordered from back to front: panels, marks, buttons and groups. The painter draws them in this
// order.
import { flip, open, p, type Point, type Run } from './path.js';

/** Tone of a part, which the painter maps to a color. `main` has the pattern and the texture of the garment. */
export type Tone =
  | 'main'
  | 'second'
  | 'inside'
  | 'dark'
  | 'deep'
  | 'light'
  | 'stitch'
  | 'button'
  | 'metal'
  | 'sole'
  | 'outsole'
  | 'white'
  | 'leather'
  | 'accent';

/**
 * Light on a panel: `tube` rounds it across, `drop` darkens it downwards, `tube-left` and `tube-right` round a limb.
 */
export type Light = 'tube' | 'tube-left' | 'tube-right' | 'drop' | 'ball' | 'none';

export interface Mark {
  kind: 'fold' | 'shine' | 'seam' | 'stitch' | 'rib' | 'fill';
  /** Path data; several layers are painted over each other. */
  layers: readonly string[];
  /** Used only by `fill`. */
  tone?: Tone;
  /** Strength; 1 is usual. */
  strength?: number;
}

export interface Panel {
  kind: 'panel';
  d: string;
  tone: Tone;
  light: Light;
  /** Rotation of the pattern on this panel in degrees. */
  grain: number;
  marks: Mark[];
  /** True for an outline in a darker shade of the panel. */
  edge: boolean;
}
export interface Line {
  kind: 'line';
  d: string;
  tone: Tone;
  width: number;
  dash?: string;
}
export interface Button {
  kind: 'button';
  at: Point;
  radius: number;
  tone: Tone;
}
/** Parts that are moved together, such as the second shoe of a pair. `transform` has the SVG syntax. */
export interface Group {
  kind: 'group';
  transform: string;
  parts: Part[];
}
export type Part = Panel | Line | Button | Group;

export function panel(d: string, options: Partial<Omit<Panel, 'kind' | 'd'>> = {}): Panel {
  return { kind: 'panel', d, tone: 'main', light: 'tube', grain: 0, marks: [], edge: true, ...options };
}
export const line = (d: string, tone: Tone, width: number, dash?: string): Line =>
  dash === undefined ? { kind: 'line', d, tone, width } : { kind: 'line', d, tone, width, dash };
export const group = (transform: string, parts: Part[]): Group => ({ kind: 'group', transform, parts });
export const button = (at: Point, radius = 5, tone: Tone = 'button'): Button => ({ kind: 'button', at, radius, tone });

export const seam = (...runs: Run[]): Mark => ({ kind: 'seam', layers: [open(...runs)] });
export const stitch = (...runs: Run[]): Mark => ({ kind: 'stitch', layers: [open(...runs)] });
export const rib = (...runs: Run[]): Mark => ({ kind: 'rib', layers: [open(...runs)] });
export const fill = (d: string, tone: Tone): Mark => ({ kind: 'fill', layers: [d], tone });

/** Returns a soft shadow along a run, `width` wide in its middle and pointed at both ends. Three crescents overlap. */
export const fold = (run: Run, width = 16, strength = 1): Mark => ({
  kind: 'fold',
  layers: crescents(run, width),
  strength,
});
/** Returns a highlight along a run, shaped like `fold`. */
export const shine = (run: Run, width = 14, strength = 1): Mark => ({
  kind: 'shine',
  layers: crescents(run, width),
  strength,
});

/** Side of the axis that a part is for: returns the run unchanged or mirrored. */
export type Turn = (run: Run) => Run;

/** Returns the parts for the right side (sign 1) and, mirrored, for the left side (sign −1). */
export const bothSides = <T>(make: (turn: Turn, sign: 1 | -1) => T[]): T[] => [
  ...make((run) => run, 1),
  ...make(flip, -1),
];

/** Returns `count` evenly spaced values from `first` to `last`, both included. */
export const spread = (first: number, last: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => (count === 1 ? first : first + ((last - first) * index) / (count - 1)));

function crescents(run: Run, width: number): string[] {
  return (width < 14 ? [1, 0.5] : [1, 0.62, 0.3]).map((share) => crescent(run, width * share));
}

/** Returns two arcs between the ends of the run, through points on both sides of its middle. */
function crescent(run: Run, width: number): string {
  const [start, end] = [run[0] as Point, run[run.length - 1] as Point];
  const through = run.length === 2 ? middle(start, end) : (run[Math.floor(run.length / 2)] as Point);
  const length = Math.hypot(end[0] - start[0], end[1] - start[1]) || 1;
  const across: Point = p((-(end[1] - start[1]) / length) * (width / 2), ((end[0] - start[0]) / length) * (width / 2));
  const arc = (sign: number, to: Point): string => {
    const handle = [0, 1].map((axis) => 2 * (through[axis]! + sign * across[axis]!) - (start[axis]! + end[axis]!) / 2);
    return `Q${whole(handle[0]!)} ${whole(handle[1]!)} ${whole(to[0])} ${whole(to[1])}`;
  };
  return `M${whole(start[0])} ${whole(start[1])}${arc(1, end)}${arc(-1, start)}Z`;
}

const whole = (value: number): string => String(Math.round(value));
const middle = ([ax, ay]: Point, [bx, by]: Point): Point => p((ax + bx) / 2, (ay + by) / 2);
