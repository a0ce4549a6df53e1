// The bytes that a cache counts, compared to the memory that its entries take.
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { boundedCache } from '../../src/memory/bounded.cache.js';
import type { MemoryBound } from '../../src/memory/bounds.js';
import { heapBytes } from '../../src/memory/heap.size.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Returns the bytes of the heap and of buffers after garbage collection. */
async function heldNow(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    collect();
    await sleep(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const bound: MemoryBound = { kind: 'cache', name: 'test', holds: '', bytes: 1_000_000_000 };

it('a cache counts between nine tenths and three times of the memory that its entries take', async () => {
  const cache = boundedCache<object>(bound, { sizeOf: heapBytes });
  const before = await heldNow();
  for (let i = 0; i < 20_000; i++) {
    const name = Buffer.from(`garment ${i} 红色连衣裙 ${'x'.repeat(i % 100)}`).toString();
    const ranks = Array.from({ length: i % 40 }, (_, rank) => ({ rank, score: i / 7 }));
    cache.set(name, { name, vector: new Float32Array(i % 300), ranks });
  }
  const taken = (await heldNow()) - before;
  expect(cache.calculatedSize).toBeGreaterThan(0.9 * taken);
  expect(cache.calculatedSize).toBeLessThan(3 * taken);
});
