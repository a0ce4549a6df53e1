// How far neighbours on a map are neighbours in fact: trustworthiness (Venna & Kaski 2001). Pure.
import type { PointCoordinates } from './alignment.js';
import { innerProduct, squaredLengths, type VectorTable } from './vector.table.js';

/**
 * 1 − 2 / (m·k·(2n − 3k − 1)) · Σ over m rows of Σ over the k nearest on the map of max(0, r − k), with r the rank of that
 * neighbour by distance in fact. 1: no false neighbours; about 0.5: neighbours by chance.
 * @param k neighbours looked at; below n / 2
 * @param rows how many rows are asked, spread evenly: each costs a look at all others
 */
export function trustworthiness(table: VectorTable, points: PointCoordinates, k: number, rows = table.rows): number {
  const n = table.rows;
  if (2 * k >= n) throw new RangeError(`trustworthiness at ${k} needs more than ${2 * k} rows`);
  const lengths = squaredLengths(table);
  const asked = Math.min(rows, n);
  let penalty = 0;
  for (let i = 0; i < asked; i++) {
    const row = Math.floor((i * n) / asked);
    const others = Array.from({ length: n }, (_, other) => other).filter((other) => other !== row);
    const near = Float64Array.from({ length: n }, (_, other) =>
      Math.hypot(points[2 * row]! - points[2 * other]!, points[2 * row + 1]! - points[2 * other + 1]!),
    );
    const far = Float64Array.from({ length: n }, (_, b) => lengths[b]! - 2 * innerProduct(table, row, b));
    const rank = new Uint32Array(n);
    [...others].sort((a, b) => far[a]! - far[b]!).forEach((other, place) => (rank[other] = place + 1));
    others.sort((a, b) => near[a]! - near[b]!);
    for (const other of others.slice(0, k)) penalty += Math.max(0, rank[other]! - k);
  }
  return 1 - (2 * penalty) / (asked * k * (2 * n - 3 * k - 1));
}
