// Vectors on their way to and from PostgreSQL: checked, and in pgvector's own bytes on the way in, since printing and
// parsing 512 numbers as text takes longer (0.6 ms on the embedded database) than all else about a row. Knows no table.

import type { Features } from '../../domain/recommend/fusion.js';

/**
 * A vector as a parameter of the type `vector` (vector_recv in pgvector): dimensions and zero as int16, then float32, big-endian.
 * @throws RangeError where a value is not finite, before PostgreSQL would refuse the whole statement
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

/** The vector in what vector_send gives: reading 512 numbers as text takes twenty times longer. */
export function vectorOfBytes(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.readInt16BE(0) }, (_, i) => bytes.readFloatBE(4 + 4 * i));
}

/** float32 one behind the other, the lowest byte first, as answers are kept. */
export function littleEndianVector(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}

/** Which values are above zero, as text of the type `bit varying`: vectors that are nearly equal differ in few of them. */
export function signsOf(vector: Float32Array): string {
  return Array.from(vector, (value) => (value > 0 ? '1' : '0')).join('');
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

/** A stored [F_t ; F_i] as its halves; one that the garment has not is null. */
export function storedModalities(row: { embedding: string; hasText: boolean; hasImage: boolean }): Features {
  const whole = parseVector(row.embedding);
  const dimensions = whole.length / 2;
  return {
    text: row.hasText ? whole.slice(0, dimensions) : null,
    image: row.hasImage ? whole.slice(dimensions) : null,
  };
}
