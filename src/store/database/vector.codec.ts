// Conversion of vectors to and from PostgreSQL, in pgvector's binary format.
// Printing and parsing 512 numbers as text would take longer (0.6 ms on the embedded database) than the rest of a row.

import type { Features } from '../../domain/recommend/fusion.js';

/**
 * Returns a vector as a parameter of type `vector` (vector_recv in pgvector): dimensions and zero as int16, then
 * float32, big-endian.
 * @throws RangeError if a value is not finite; PostgreSQL would refuse the whole statement
 */
export function vectorBytes(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 + 4 * vector.length);
  bytes.writeInt16BE(vector.length, 0);
  vector.forEach((value, i) => {
    if (!Number.isFinite(value)) throw new RangeError('a vector holds a value that is not finite');
    bytes.writeFloatBE(value, 4 + 4 * i);
  });
  return bytes;
}

/** Reads the output of vector_send. Reading 512 numbers as text takes twenty times longer. */
export function vectorOfBytes(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.readInt16BE(0) }, (_, i) => bytes.readFloatBE(4 + 4 * i));
}

/** Reads consecutive float32 values, little-endian: the format of the recommendation log. */
export function littleEndianVector(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}

/**
 * Returns which values are above zero, as text of type `bit varying`. Nearly equal vectors differ in few of these bits.
 */
export function signsOf(vector: Float32Array): string {
  return Array.from(vector, (value) => (value > 0 ? '1' : '0')).join('');
}

/**
 * Returns the vector if it has a direction. A zero vector is in no index and equally far from all others.
 * @param name name of the vector for the error message
 * @throws RangeError if a value is not finite or all are zero
 */
export function requireDirection(vector: Float32Array, name: string): Float32Array {
  if (!vector.every(Number.isFinite)) throw new RangeError(`${name} holds a value that is not finite`);
  if (!vector.some((value) => value !== 0)) throw new RangeError(`${name} is a zero vector`);
  return vector;
}

/** Parses '[0.1,-0.2]' into a Float32Array. */
export function parseVector(text: string): Float32Array {
  return Float32Array.from(text.slice(1, -1).split(','), Number);
}

/** Returns [first ; second] of equal lengths; null stands for zeros of the other's length. */
export function concatenated(first: Float32Array | null, second: Float32Array | null): Float32Array {
  const dimensions = (first ?? second)?.length ?? 0;
  if (first && second && first.length !== second.length) {
    throw new RangeError(`vectors of ${first.length} and ${second.length} dimensions cannot be joined`);
  }
  const whole = new Float32Array(2 * dimensions);
  if (first) whole.set(first);
  if (second) whole.set(second, dimensions);
  return whole;
}

/** Splits a stored [F_t ; F_i] into its modalities. Null for a modality that the garment lacks. */
export function storedModalities(row: { embedding: string; hasText: boolean; hasImage: boolean }): Features {
  const whole = parseVector(row.embedding);
  const dimensions = whole.length / 2;
  return {
    text: row.hasText ? whole.slice(0, dimensions) : null,
    image: row.hasImage ? whole.slice(dimensions) : null,
  };
}
