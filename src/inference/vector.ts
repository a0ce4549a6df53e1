// Rows of a batch as vectors that may leave inference: finite and of unit length, or an error. Pure.

/** float32 and reduced precision keep a normalised vector within this of length 1; a zero or a wild one is far outside. */
const LENGTH_TOLERANCE = 0.01;

/**
 * Cuts a batch into its rows.
 * @param batch [≥ rows, width]
 * @returns `rows` vectors of `width`, each a copy
 */
export function rowsOf(batch: Float32Array, rows: number, width: number): Float32Array[] {
  return Array.from({ length: rows }, (_, row) => batch.slice(row * width, (row + 1) * width));
}

/** @returns the vector, or a RangeError naming the model's file where it holds NaN or infinity, is zero, or is not of unit length */
export function unitOrError(vector: Float32Array, file: string): Float32Array | RangeError {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (Math.abs(length - 1) <= LENGTH_TOLERANCE) return vector;
  return new RangeError(`${file} gave a vector of length ${length} where 1 is due`);
}

/**
 * p_i = exp(z_i / T) / Σ exp(z_j / T): temperature scaling (Guo et al. 2017), T chosen on validation data.
 * @returns probabilities that sum to 1, or a RangeError where a logit is NaN or infinite
 */
export function softmaxOrError(logits: Float32Array, temperature: number): Float32Array | RangeError {
  if (!logits.every(Number.isFinite)) return new RangeError('the head gave a logit that is not finite');
  const highest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = logits.map((logit) => Math.exp((logit - highest) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
