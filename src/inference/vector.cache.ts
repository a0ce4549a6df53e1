// Recent embeddings, so that the next page of a request costs nothing and is the same to the bit.
import { boundedCache } from '../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';

/** A Float32Array, its buffer and the promise of it, beside its numbers. */
const VECTOR_HEADER = 300;

interface Entry {
  vector: Promise<Float32Array>;
  bytes: number;
}

/** One for all models that are open, so that the bound holds for their sum. */
const vectors = boundedCache<Entry>(MEMORY_BOUNDS.vectors, { sizeOf: ({ bytes }) => bytes });
let caches = 0;

export class VectorCache {
  /** Tells the vectors of this model from those of others. */
  private readonly name = String(++caches);

  /** @param dimensions of every vector */
  constructor(private readonly dimensions: number) {}

  /** The vector under `key`, made once even if several callers ask for it meanwhile. A failure is not kept. */
  getOrMake(key: string, make: () => Promise<Float32Array>): Promise<Float32Array> {
    const name = `${this.name} ${key}`;
    const known = vectors.get(name);
    if (known) return known.vector;
    const entry = { vector: make(), bytes: VECTOR_HEADER + Float32Array.BYTES_PER_ELEMENT * this.dimensions };
    vectors.set(name, entry);
    entry.vector.catch(() => {
      if (vectors.peek(name) === entry) vectors.delete(name);
    });
    return entry.vector;
  }
}
