// Alignment of a map with an earlier one: ordinary Procrustes analysis (Gower 1975).
// In the plane, rotations are complex numbers, so no matrix decomposition is needed.

/** x and y of each point, one point after the other. NaN for a point without coordinates. */
export type PointCoordinates = Float64Array;

/**
 * Rotates, mirrors, scales and moves `drawn` so that its points lie as near as possible to `earlier`: least squares
 * over s, R, t of Σ |s·R·p + t − q|² with s ≥ 0 and R a rotation with or without a reflection.
 * @param drawn changed in place
 * @param earlier coordinates of the same points on the earlier map; with fewer than two of them nothing changes
 */
export function align(drawn: PointCoordinates, earlier: PointCoordinates): void {
  const shared = sharedPoints(drawn, earlier);
  if (shared.length < 2) return;
  const [from, to] = [centroid(drawn, shared), centroid(earlier, shared)];
  // With p and q as complex numbers: q ≈ turned·p, or q ≈ mirrored·conj(p). The larger factor explains more of q.
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

function centroid(points: PointCoordinates, offsets: readonly number[]): { x: number; y: number } {
  let [x, y] = [0, 0];
  for (const at of offsets) {
    x += points[at]!;
    y += points[at + 1]!;
  }
  return { x: x / offsets.length, y: y / offsets.length };
}
