// The nearest rows of every row, exactly. A minute for 10,000 rows of 512 numbers on one core; an approximate search
// would save most of it and draw another map each time a row is added. Pure.
import { innerProduct, squaredLengths, type VectorTable } from './vector.table.js';

/** Rows that are compared with rows at once: 64 of 512 numbers are 128 KB, and stay in the processor's cache. */
const BLOCK = 64;

export interface NeighborRows {
  /** Of each row: itself, then the nearest others, the nearest first; ties by row. */
  readonly indices: number[][];
  /** Euclidean, in the same order; the first is 0. */
  readonly distances: number[][];
}

/** @param count how many of each, itself included; at most the number of rows */
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
    // float32 may give two equal rows a distance a little below 0
    distances: nearest.map((list) => [0, ...list.squared.map((value) => Math.sqrt(Math.max(0, value)))]),
  };
}

/** The few smallest of many, kept in order: nearly all that is offered is refused at the first look. */
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
