// Rows of a batch as checked vectors: finite and of unit length, or an error.

/**
 * float32 and reduced precision keep a normalized vector within this distance of length 1. Zero and corrupt vectors are
 * far outside.
 */
const LENGTH_TOLERANCE = 0.01;

/**
 * Splits a batch into its rows.
 * @param batch [≥ rows, width]
 * @returns `rows` vectors of `width`, each a copy
 */
export function rowsOf(batch: Float32Array, rows: number, width: number): Float32Array[] {
  return Array.from({ length: rows }, (_, row) => batch.slice(row * width, (row + 1) * width));
}

/**
 * Returns the vector, or a RangeError with the model's file if it holds NaN or infinity, is zero, or does not have unit
 * length.
 */
export function unitOrError(vector: Float32Array, file: string): Float32Array | RangeError {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (Math.abs(length - 1) <= LENGTH_TOLERANCE) return vector;
  return new RangeError(`${file} returned a vector of length ${length} instead of 1`);
}

/**
 * Returns p_i = exp(z_i / T) / Σ exp(z_j / T): temperature scaling (Guo et al. 2017), with T chosen on validation data.
 * @returns probabilities that sum to 1, or a RangeError if a logit is NaN or infinite
 */
export function softmaxOrError(logits: Float32Array, temperature: number): Float32Array | RangeError {
  if (!logits.every(Number.isFinite)) return new RangeError('the head returned a logit that is not finite');
  const highest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = logits.map((logit) => Math.exp((logit - highest) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
