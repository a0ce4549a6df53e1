// Remembers what was encoded lately, so that the next page of a request costs nothing and is the same to the bit.
import { LRUCache } from 'lru-cache';
import { FitroomError } from '../errors.js';
import { requestSignal } from '../request.scope.js';
import { Waiters } from './waiters.js';

/** 2,000 vectors of 256 float32 are 2 MB. */
const ENTRIES = 2_000;

interface Entry {
  vector: Promise<Float32Array>;
  /** Absent once the vector is there. */
  waiters?: Waiters;
}

export class VectorCache {
  private readonly entries = new LRUCache<string, Entry>({ max: ENTRIES });

  /**
   * The vector under `key`, made once also where several ask for it while it is made. A failure is not kept.
   * @param make is told who waits: the making may be given up once all of them are gone
   */
  async getOrMake(key: string, make: (waiters: Waiters) => Promise<Float32Array>): Promise<Float32Array> {
    const known = this.entries.get(key);
    if (!known) return this.make(key, make);
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

  private make(key: string, make: (waiters: Waiters) => Promise<Float32Array>): Promise<Float32Array> {
    const waiters = new Waiters().join();
    const entry: Entry = { vector: make(waiters), waiters };
    this.entries.set(key, entry);
    entry.vector.then(
      () => delete entry.waiters,
      () => {
        if (this.entries.peek(key) === entry) this.entries.delete(key);
      },
    );
    return entry.vector;
  }
}

function isAbandoned(error: unknown): boolean {
  return error instanceof FitroomError && error.code === 'REQUEST_ABANDONED';
}
