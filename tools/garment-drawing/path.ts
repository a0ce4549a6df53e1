/**
 * Owns the geometry of outlines: smooth curves through points, mirrored halves, SVG path data.
 * Knows nothing of garments. Units are those of the 600 × 800 canvas, y down, the garment's axis at x = 0.
 */
export type Point = readonly [x: number, y: number];
/** Points joined by one smooth curve; two points are a straight line. Runs meet in corners. */
export type Run = readonly Point[];

interface Segment {
  from: Point;
  first: Point;
  second: Point;
  to: Point;
}

/** A point. */
export const p = (x: number, y: number): Point => [x, y];

/** The same points on the other side of the axis. */
export const flip = (run: Run): Point[] => run.map(([x, y]) => p(-x, y));

/** A closed outline from runs that continue each other. */
export const closed = (...runs: Run[]): string => `${open(...runs)}Z`;

/** A closed outline of straight edges. */
export const polygon = (...corners: Point[]): string =>
  closed(...corners.map((corner, index): Run => [corner, corners[(index + 1) % corners.length] as Point]));

/** An open line through runs that continue each other. */
export function open(...runs: Run[]): string {
  return trace(runs.flatMap((run) => segmentsOf(run, false)));
}

/** A closed symmetric outline from its right half, given from the axis at the top to the axis at the bottom. */
export function mirrored(...rightHalf: Run[]): string {
  const right = rightHalf.flatMap((run) => segmentsOf(run, true));
  const left = right
    .map(({ from, first, second, to }) => segment(flipPoint(to), flipPoint(second), flipPoint(first), flipPoint(from)))
    .reverse();
  return `${trace([...right, ...left])}Z`;
}

export function ellipse([cx, cy]: Point, rx: number, ry: number): string {
  const at = (x: number, y: number): string => `${number(x)} ${number(y)}`;
  const arc = `A${at(rx, ry)} 0 1 0 `;
  return `M${at(cx - rx, cy)}${arc}${at(cx + rx, cy)}${arc}${at(cx - rx, cy)}Z`;
}

/** The point a share of the way from one to another. */
export const along = ([ax, ay]: Point, [bx, by]: Point, share: number): Point =>
  p(ax + (bx - ax) * share, ay + (by - ay) * share);

const flipPoint = ([x, y]: Point): Point => p(-x, y);
const segment = (from: Point, first: Point, second: Point, to: Point): Segment => ({ from, first, second, to });
const number = (value: number): string => String(Math.round(value * 10) / 10);
const pair = ([x, y]: Point): string => `${number(x)} ${number(y)}`;

function trace(segments: readonly Segment[]): string {
  const start = segments[0];
  if (!start) return '';
  return segments.reduce((d, s) => `${d}C${pair(s.first)} ${pair(s.second)} ${pair(s.to)}`, `M${pair(start.from)}`);
}

/**
 * Cubic pieces through the points. The direction at a point is that from its neighbour before to its neighbour after,
 * and each handle is a third of its own chord: unlike uniform Catmull-Rom it does not overshoot where spacing is uneven.
 */
function segmentsOf(run: Run, symmetric: boolean): Segment[] {
  return run.slice(1).map((to, index) => {
    const from = run[index] as Point;
    const third = Math.hypot(to[0] - from[0], to[1] - from[1]) / 3;
    const leaving = directionAt(run, index, symmetric);
    const arriving = directionAt(run, index + 1, symmetric);
    return segment(
      from,
      p(from[0] + leaving[0] * third, from[1] + leaving[1] * third),
      p(to[0] - arriving[0] * third, to[1] - arriving[1] * third),
      to,
    );
  });
}

function directionAt(run: Run, index: number, symmetric: boolean): Point {
  const here = run[index] as Point;
  const before = run[index - 1] ?? beyond(here, run[index + 1] as Point, symmetric && run.length > 2);
  const after = run[index + 1] ?? beyond(here, run[index - 1] as Point, symmetric && run.length > 2);
  return unit(p(after[0] - before[0], after[1] - before[1]));
}

/** The neighbour past an end: its mirror image on the axis, so that halves join smoothly, else a straight continuation. */
function beyond(end: Point, neighbour: Point, symmetric: boolean): Point {
  if (end[0] === 0 && symmetric) return flipPoint(neighbour);
  return p(2 * end[0] - neighbour[0], 2 * end[1] - neighbour[1]);
}

function unit([x, y]: Point): Point {
  const length = Math.hypot(x, y) || 1;
  return p(x / length, y / length);
}
