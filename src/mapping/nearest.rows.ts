// Exact nearest neighbors of every row.
// 10,000 rows of 512 numbers take a minute on one core. An approximate search would save most of it, but draw a
// different map each time a row is added.
import { innerProduct, squaredLengths, type VectorTable } from './vector.table.js';

/** Rows compared with rows at once: 64 rows of 512 numbers are 128 KB and stay in the CPU cache. */
const BLOCK = 64;

export interface NeighborRows {
  /** For each row: the row itself, then its neighbors, the nearest first; ties by row. */
  readonly indices: number[][];
  /** Euclidean distances in the same order; the first one is 0. */
  readonly distances: number[][];
}

/** Returns the nearest rows of every row. @param count number per row, itself included; at most the number of rows */
export function nearestNeighbors(table: VectorTable, count: number): NeighborRows {
  const { rows } = table;
  const lengths = squaredLengths(table);
  const nearest = Array.from({ length: rows }, () => new Shortlist(count - 1));
  for (let fromA = 0; fromA < rows; fromA += BLOCK) {
    for (let fromB = fromA; fromB < rows; fromB += BLOCK) {
      for (let a = fromA; a < Math.min(rows, fromA + BLOCK); a++) {
        for (let b = Math.max(a + 1, fromB); b < Math.min(rows, fromB + BLOCK); b++) {
          const squared = lengths[a]! + lengths[b]! - 2 * innerProduct(table, a, b);
          nearest[a]!.offer(b, squared);
          nearest[b]!.offer(a, squared);
        }
      }
    }
  }
  return {
    indices: nearest.map((list, row) => [row, ...list.rows]),
    // in float32, two equal rows may have a squared distance slightly below 0
    distances: nearest.map((list) => [0, ...list.squared.map((value) => Math.sqrt(Math.max(0, value)))]),
  };
}

/** The few smallest of many values, in order. Nearly all offers are refused after one comparison. */
class Shortlist {
  readonly rows: number[] = [];
  readonly squared: number[] = [];

  constructor(private readonly size: number) {}

  offer(row: number, squared: number): void {
    const { size, rows } = this;
    if (rows.length === size && !(squared < this.squared[size - 1]!)) return;
    let at = Math.min(rows.length, size - 1);
    for (; at > 0 && squared < this.squared[at - 1]!; at--) {
      rows[at] = rows[at - 1]!;
      this.squared[at] = this.squared[at - 1]!;
    }
    rows[at] = row;
    this.squared[at] = squared;
  }
}
