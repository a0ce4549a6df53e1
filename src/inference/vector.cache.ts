// Remembers what was encoded lately, so that the next page of a request costs nothing and is the same to the bit.
import { LRUCache } from 'lru-cache';

/** 2,000 vectors of 256 float32 are 2 MB. */
const ENTRIES = 2_000;

export class VectorCache {
  private readonly vectors = new LRUCache<string, Promise<Float32Array>>({ max: ENTRIES });

  /** The vector under `key`, made once also where several ask for it while it is made. A failure is not kept. */
  getOrMake(key: string, make: () => Promise<Float32Array>): Promise<Float32Array> {
    const known = this.vectors.get(key);
    if (known) return known;
    const made = make();
    this.vectors.set(key, made);
    made.catch(() => {
      if (this.vectors.peek(key) === made) this.vectors.delete(key);
    });
    return made;
  }
}
