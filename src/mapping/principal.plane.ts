// The plane of the two leading principal components, by power iteration.
// It is the start of a first map: large distances are right before UMAP improves the small ones.
import type { Random } from '../domain/shared/random.js';
import type { PointCoordinates } from './alignment.js';
import type { VectorTable } from './vector.table.js';

/**
 * Rounds of power iteration. They are enough for a start: the directions need not be exact, only the same every time.
 */
const ROUNDS = 30;

/** Returns each row on the plane, centered. The wider axis reaches from −`reach` to `reach`. */
export function onPrincipalPlane(table: VectorTable, reach: number, random: Random): PointCoordinates {
  const mean = meanOf(table);
  const first = leadingDirection(table, mean, { random, without: null });
  const second = leadingDirection(table, mean, { random, without: first });
  const points = new Float64Array(2 * table.rows);
  [first, second].forEach((direction, axis) => {
    projections(table, mean, direction).forEach((value, row) => (points[2 * row + axis] = value));
  });
  const widest = points.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return widest === 0 ? points : points.map((value) => (value * reach) / widest);
}

function leadingDirection(
  table: VectorTable,
  mean: Float64Array,
  { random, without }: { random: Random; without: Float64Array | null },
): Float64Array {
  let direction = unit(
    Float64Array.from(mean, () => random.between(-1, 1)),
    without,
  );
  for (let round = 0; round < ROUNDS; round++) {
    const weights = projections(table, mean, direction);
    const next = new Float64Array(table.width);
    weights.forEach((weight, row) => {
      const at = row * table.width;
      for (let i = 0; i < table.width; i++) next[i]! += weight * (table.values[at + i]! - mean[i]!);
    });
    direction = unit(next, without);
  }
  return direction;
}

function meanOf({ rows, width, values }: VectorTable): Float64Array {
  const mean = new Float64Array(width);
  for (let at = 0; at < rows * width; at++) mean[at % width]! += values[at]! / rows;
  return mean;
}

/** Returns the projection of each row, minus the mean, on a direction. */
function projections({ rows, width, values }: VectorTable, mean: Float64Array, direction: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += (values[row * width + i]! - mean[i]!) * direction[i]!;
    return sum;
  });
}

/** Returns the vector orthogonal to `without` and scaled to length 1. Zero stays zero. */
function unit(vector: Float64Array, without: Float64Array | null): Float64Array {
  const overlap = without ? vector.reduce((sum, value, i) => sum + value * without[i]!, 0) : 0;
  const rest = without ? vector.map((value, i) => value - overlap * without[i]!) : vector;
  const length = Math.hypot(...rest);
  return length === 0 ? rest : rest.map((value) => value / length);
}
