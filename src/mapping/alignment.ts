// Turns, mirrors, stretches and moves a drawing so that what it shares with an earlier one lies where it lay: ordinary
// Procrustes analysis (Gower 1975) in the plane, where rotations are complex numbers and no decomposition is needed. Pure.

/** x and y of each point, one behind the other; NaN where a point has none. */
export type PointCoordinates = Float64Array;

/**
 * Least squares over s, R, t of Σ |s·R·p + t − q|² with s ≥ 0, and R a rotation with or without a reflection.
 * @param drawn moved in place
 * @param earlier the same points as they lay before; fewer than two of them: nothing is moved
 */
export function align(drawn: PointCoordinates, earlier: PointCoordinates): void {
  const shared = sharedPoints(drawn, earlier);
  if (shared.length < 2) return;
  const [from, to] = [centre(drawn, shared), centre(earlier, shared)];
  // with p and q as complex numbers: q ≈ turned·p, or mirrored·conj(p); the larger of the two explains more
  const sums = { turnedRe: 0, turnedIm: 0, mirroredRe: 0, mirroredIm: 0, length: 0 };
  for (const at of shared) {
    const [px, py] = [drawn[at]! - from.x, drawn[at + 1]! - from.y];
    const [qx, qy] = [earlier[at]! - to.x, earlier[at + 1]! - to.y];
    sums.turnedRe += px * qx + py * qy;
    sums.turnedIm += px * qy - py * qx;
    sums.mirroredRe += px * qx - py * qy;
    sums.mirroredIm += px * qy + py * qx;
    sums.length += px * px + py * py;
  }
  if (sums.length === 0) return;
  const isMirrored = Math.hypot(sums.mirroredRe, sums.mirroredIm) > Math.hypot(sums.turnedRe, sums.turnedIm);
  const re = (isMirrored ? sums.mirroredRe : sums.turnedRe) / sums.length;
  const im = (isMirrored ? sums.mirroredIm : sums.turnedIm) / sums.length;
  for (let at = 0; at < drawn.length; at += 2) {
    const [px, py] = [drawn[at]! - from.x, (drawn[at + 1]! - from.y) * (isMirrored ? -1 : 1)];
    drawn[at] = re * px - im * py + to.x;
    drawn[at + 1] = re * py + im * px + to.y;
  }
}

function sharedPoints(drawn: PointCoordinates, earlier: PointCoordinates): number[] {
  const shared: number[] = [];
  for (let at = 0; at < drawn.length; at += 2) if (!Number.isNaN(earlier[at]!)) shared.push(at);
  return shared;
}

function centre(points: PointCoordinates, of: readonly number[]): { x: number; y: number } {
  let [x, y] = [0, 0];
  for (const at of of) {
    x += points[at]!;
    y += points[at + 1]!;
  }
  return { x: x / of.length, y: y / of.length };
}
