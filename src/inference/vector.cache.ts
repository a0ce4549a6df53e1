// Recent embeddings, so that the next page of a request costs nothing and is the same to the bit.
import { FitroomError } from '../errors.js';
import { boundedCache } from '../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { requestSignal } from '../request.scope.js';
import { Waiters } from './waiters.js';

/** A Float32Array, its buffer and the promise of it, beside its numbers. */
const VECTOR_HEADER = 300;

interface Entry {
  vector: Promise<Float32Array>;
  bytes: number;
  /** Absent once the vector is there. */
  waiters?: Waiters;
}

/** One for all models that are open, so that the bound holds for their sum. */
const vectors = boundedCache<Entry>(MEMORY_BOUNDS.vectors, { sizeOf: ({ bytes }) => bytes });
let caches = 0;

export class VectorCache {
  /** Tells the vectors of this model from those of others. */
  private readonly name = String(++caches);

  /** @param dimensions of every vector */
  constructor(private readonly dimensions: number) {}

  /**
   * The vector under `key`, made once even if several callers ask for it meanwhile. A failure is not kept.
   * @param make is told who waits: the making may be given up once all of them are gone
   */
  async getOrMake(key: string, make: (waiters: Waiters) => Promise<Float32Array>): Promise<Float32Array> {
    const name = `${this.name} ${key}`;
    const known = vectors.get(name);
    if (!known) return this.make(name, make);
    if (!known.waiters) return known.vector;
    known.waiters.join();
    try {
      return await known.vector;
    } catch (error) {
      // it was given up for those before, in the moment in which this request came
      if (isAbandoned(error) && !requestSignal()?.aborted) return this.getOrMake(key, make);
      throw error;
    }
  }

  private make(name: string, make: (waiters: Waiters) => Promise<Float32Array>): Promise<Float32Array> {
    const waiters = new Waiters().join();
    const bytes = VECTOR_HEADER + Float32Array.BYTES_PER_ELEMENT * this.dimensions;
    const entry: Entry = { vector: make(waiters), bytes, waiters };
    vectors.set(name, entry);
    entry.vector.then(
      () => delete entry.waiters,
      () => {
        if (vectors.peek(name) === entry) vectors.delete(name);
      },
    );
    return entry.vector;
  }
}

function isAbandoned(error: unknown): boolean {
  return error instanceof FitroomError && error.code === 'REQUEST_ABANDONED';
}
