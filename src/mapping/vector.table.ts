// Many vectors of one width in one array.
// It is built from slices, so that no thread copies ten thousand rows at once.

/** Rows of `width` numbers, one row after the other. */
export interface VectorTable {
  readonly rows: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** Joins slices into one table. @throws RangeError if the slices do not consist of whole rows */
export function tableOf(slices: readonly Float32Array[], width: number): VectorTable {
  const size = slices.reduce((sum, slice) => sum + slice.length, 0);
  if (!Number.isInteger(size / width)) throw new RangeError(`${size} numbers do not form rows of ${width}`);
  const values = new Float32Array(size);
  let at = 0;
  for (const slice of slices) {
    values.set(slice, at);
    at += slice.length;
  }
  return { rows: size / width, width, values };
}

/**
 * Returns Σ a_i · b_i of two rows. It uses four separate sums, so the CPU does not wait for one addition before the
 * next.
 */
export function innerProduct({ values, width }: VectorTable, a: number, b: number): number {
  const [from, to] = [a * width, b * width];
  const whole = width - (width % 4);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i < whole; i += 4) {
    s0 += values[from + i]! * values[to + i]!;
    s1 += values[from + i + 1]! * values[to + i + 1]!;
    s2 += values[from + i + 2]! * values[to + i + 2]!;
    s3 += values[from + i + 3]! * values[to + i + 3]!;
  }
  for (; i < width; i++) s0 += values[from + i]! * values[to + i]!;
  return s0 + s1 + s2 + s3;
}

/** Returns |row|² of every row. */
export function squaredLengths(table: VectorTable): Float64Array {
  return Float64Array.from({ length: table.rows }, (_, row) => innerProduct(table, row, row));
}
