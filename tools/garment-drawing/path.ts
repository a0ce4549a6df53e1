// Geometry of outlines: smooth curves through points, mirrored halves, SVG path data.
// Units are those of the 600 × 800 canvas, y points down, and the garment's axis is x = 0.
export type Point = readonly [x: number, y: number];
/** Points joined by a smooth curve; two points form a straight line. Two runs meet in a corner. */
export type Run = readonly Point[];

interface Segment {
  from: Point;
  first: Point;
  second: Point;
  to: Point;
}

/** Returns a point. */
export const p = (x: number, y: number): Point => [x, y];

/** Returns the points mirrored at the axis. */
export const flip = (run: Run): Point[] => run.map(([x, y]) => p(-x, y));

/** Returns a closed outline of consecutive runs. */
export const closed = (...runs: Run[]): string => `${open(...runs)}Z`;

/** Returns a closed outline with straight edges. */
export const polygon = (...corners: Point[]): string =>
  closed(...corners.map((corner, index): Run => [corner, corners[(index + 1) % corners.length] as Point]));

/** Returns an open line of consecutive runs. */
export function open(...runs: Run[]): string {
  return trace(runs.flatMap((run) => segmentsOf(run, false)));
}

/** Returns a closed symmetric outline. @param rightHalf the right half, from the top of the axis to its bottom */
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

/** Returns the point at a share of the way from one point to another. */
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
 * Returns cubic curves through the points. The direction at a point is the one from the previous to the next point.
 * Each handle is a third of its own chord, so unlike uniform Catmull-Rom the curve does not overshoot at uneven
 * spacing.
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

/**
 * Returns the neighbor beyond an end: its mirror image on the axis, so that the halves join smoothly, else a straight
 * continuation.
 */
function beyond(end: Point, neighbor: Point, symmetric: boolean): Point {
  if (end[0] === 0 && symmetric) return flipPoint(neighbor);
  return p(2 * end[0] - neighbor[0], 2 * end[1] - neighbor[1]);
}

function unit([x, y]: Point): Point {
  const length = Math.hypot(x, y) || 1;
  return p(x / length, y / length);
}
