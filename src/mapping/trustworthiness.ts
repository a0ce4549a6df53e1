// Trustworthiness of a map (Venna & Kaski 2001): how many neighbors on it are true neighbors.
import type { PointCoordinates } from './alignment.js';
import { innerProduct, squaredLengths, type VectorTable } from './vector.table.js';

/**
 * Returns 1 − 2 / (m·k·(2n − 3k − 1)) · Σ over m rows of Σ over the k nearest on the map of max(0, r − k), with r the
 * rank of that neighbor by true distance. 1 stands for no false neighbors, about 0.5 for random neighbors.
 * @param k number of neighbors; below n / 2
 * @param rows number of measured rows, spread evenly; each one is compared with all others
 * @throws RangeError if the table has too few rows for k
 */
export function trustworthiness(table: VectorTable, points: PointCoordinates, k: number, rows = table.rows): number {
  const n = table.rows;
  if (2 * k >= n) throw new RangeError(`trustworthiness at ${k} needs more than ${2 * k} rows`);
  const lengths = squaredLengths(table);
  const measured = Math.min(rows, n);
  let penalty = 0;
  for (let i = 0; i < measured; i++) {
    const row = Math.floor((i * n) / measured);
    const others = Array.from({ length: n }, (_, other) => other).filter((other) => other !== row);
    const mapDistances = Float64Array.from({ length: n }, (_, other) =>
      Math.hypot(points[2 * row]! - points[2 * other]!, points[2 * row + 1]! - points[2 * other + 1]!),
    );
    const trueDistances = Float64Array.from({ length: n }, (_, b) => lengths[b]! - 2 * innerProduct(table, row, b));
    const rank = new Uint32Array(n);
    [...others]
      .sort((a, b) => trueDistances[a]! - trueDistances[b]!)
      .forEach((other, place) => (rank[other] = place + 1));
    others.sort((a, b) => mapDistances[a]! - mapDistances[b]!);
    for (const other of others.slice(0, k)) penalty += Math.max(0, rank[other]! - k);
  }
  return 1 - (2 * penalty) / (measured * k * (2 * n - 3 * k - 1));
}
