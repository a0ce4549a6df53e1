// The plane in which rows differ most: the two leading principal components, by power iteration. Where a first map begins,
// so that the large distances are right before UMAP sees to the small ones. Pure.
import type { Random } from '../domain/shared/random.js';
import type { PointCoordinates } from './alignment.js';
import type { VectorTable } from './vector.table.js';

/** Enough for a start: the directions need not be exact, only the same every time. */
const ROUNDS = 30;

/** Each row on the plane, centred; the wider axis reaches from −`reach` to `reach`. */
export function onPrincipalPlane(table: VectorTable, reach: number, random: Random): PointCoordinates {
  const mean = meanOf(table);
  const first = leading(table, mean, { random, without: null });
  const second = leading(table, mean, { random, without: first });
  const points = new Float64Array(2 * table.rows);
  [first, second].forEach((direction, axis) => {
    along(table, mean, direction).forEach((value, row) => (points[2 * row + axis] = value));
  });
  const widest = points.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return widest === 0 ? points : points.map((value) => (value * reach) / widest);
}

function leading(
  table: VectorTable,
  mean: Float64Array,
  { random, without }: { random: Random; without: Float64Array | null },
): Float64Array {
  let direction = unit(
    Float64Array.from(mean, () => random.between(-1, 1)),
    without,
  );
  for (let round = 0; round < ROUNDS; round++) {
    const weights = along(table, mean, direction);
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

/** How far each row, less the mean, reaches in a direction. */
function along({ rows, width, values }: VectorTable, mean: Float64Array, direction: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += (values[row * width + i]! - mean[i]!) * direction[i]!;
    return sum;
  });
}

/** At a right angle to `without`, and of length 1; zero stays zero. */
function unit(vector: Float64Array, without: Float64Array | null): Float64Array {
  const share = without ? vector.reduce((sum, value, i) => sum + value * without[i]!, 0) : 0;
  const left = without ? vector.map((value, i) => value - share * without[i]!) : vector;
  const length = Math.hypot(...left);
  return length === 0 ? left : left.map((value) => value / length);
}
