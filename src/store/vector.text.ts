// Vectors on their way to and from PostgreSQL: as text like '[0.1,-0.2]', checked on the way in. Knows no table.

/**
 * A vector as pgvector reads it, with 6 significant digits: more than halfvec keeps (11 bits) and what float32 is sure of.
 * @throws RangeError where a value is not finite, before PostgreSQL would refuse the whole statement
 */
export function vectorText(vector: Float32Array): string {
  const digits = Array.from(vector, (value) => {
    if (!Number.isFinite(value)) throw new RangeError('a vector holds a value that is not finite');
    return value === 0 ? '0' : value.toPrecision(6);
  });
  return `[${digits.join(',')}]`;
}

/**
 * Refuses what has no direction: a zero vector is in no index and equally far from everything.
 * @throws RangeError naming the vector
 */
export function requireDirection(vector: Float32Array, name: string): Float32Array {
  if (!vector.every(Number.isFinite)) throw new RangeError(`${name} holds a value that is not finite`);
  if (!vector.some((value) => value !== 0)) throw new RangeError(`${name} is a zero vector`);
  return vector;
}

/** '[0.1,-0.2]' → Float32Array. */
export function parseVector(text: string): Float32Array {
  return Float32Array.from(text.slice(1, -1).split(','), Number);
}

/** [first ; second] of equal lengths; null stands for zeros of the other's length. */
export function concatenated(first: Float32Array | null, second: Float32Array | null): Float32Array {
  const dimensions = (first ?? second)?.length ?? 0;
  if (first && second && first.length !== second.length) {
    throw new RangeError(`halves of ${first.length} and ${second.length} dimensions do not make one vector`);
  }
  const whole = new Float32Array(2 * dimensions);
  if (first) whole.set(first);
  if (second) whole.set(second, dimensions);
  return whole;
}
