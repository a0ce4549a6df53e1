// Vectors shared by several requests: computed once, for as long as one of them waits.
import { FitroomError } from '../../../src/errors.js';
import { VectorCache } from '../../../src/inference/encoders.js';
import type { WaitingCallers } from '../../../src/inference/waiters.js';
import { withinRequest } from '../../../src/request.scope.js';

const VECTOR = new Float32Array([1, 0]);

/**
 * Returns a computation that ends when the test says so: with the vector, or with REQUEST_ABANDONED if no request still
 * waits.
 */
function gatedComputation() {
  const ends: (() => void)[] = [];
  let computations = 0;
  const make = async (waiters: WaitingCallers): Promise<Float32Array> => {
    computations += 1;
    await new Promise<void>((resolve) => ends.push(resolve));
    if (waiters.areGone) throw new FitroomError('REQUEST_ABANDONED');
    return VECTOR;
  };
  return { make, end: () => ends.shift()!(), computations: () => computations };
}

it('a shared computation continues for the second request when the client of the first disconnects', async () => {
  const cache = new VectorCache(2);
  const { make, end, computations } = gatedComputation();
  const gone = new AbortController();
  const first = withinRequest(gone.signal, () => cache.getOrMake('key', make));
  const second = withinRequest(new AbortController().signal, () => cache.getOrMake('key', make));
  gone.abort();
  end();
  expect(await Promise.all([first, second])).toEqual([VECTOR, VECTOR]);
  expect(computations()).toBe(1);
});

it('a computation is given up when all clients disconnect, and the next request starts a new one', async () => {
  const cache = new VectorCache(2);
  const { make, end, computations } = gatedComputation();
  const gone = new AbortController();
  const both = withinRequest(gone.signal, () => [cache.getOrMake('key', make), cache.getOrMake('key', make)]);
  const outcomes = Promise.allSettled(both);
  gone.abort();
  end();
  for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: 'REQUEST_ABANDONED' } });
  const next = cache.getOrMake('key', make);
  end();
  expect(await next).toBe(VECTOR);
  expect(await cache.getOrMake('key', make)).toBe(VECTOR);
  expect(computations()).toBe(2);
});

it('a request that joins at the moment of giving up gets a new computation', async () => {
  const cache = new VectorCache(2);
  const { make, end } = gatedComputation();
  const gone = new AbortController();
  const first = withinRequest(gone.signal, () => cache.getOrMake('key', make)).catch((error: Error) => error);
  gone.abort();
  end();
  // the computation has already decided, and its failure is on its way
  await Promise.resolve();
  const late = cache.getOrMake('key', make);
  expect(await first).toMatchObject({ code: 'REQUEST_ABANDONED' });
  await new Promise(setImmediate);
  end();
  expect(await late).toBe(VECTOR);
});
