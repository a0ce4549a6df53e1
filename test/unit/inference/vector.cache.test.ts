// Vectors that several requests share: made once, and for as long as one of them waits.
import { FitroomError } from '../../../src/errors.js';
import { VectorCache } from '../../../src/inference/encoders.js';
import type { WaitingCallers } from '../../../src/inference/waiters.js';
import { withinRequest } from '../../../src/request.scope.js';

const VECTOR = new Float32Array([1, 0]);

/** A making that ends when the test says so: with the vector, or given up where nobody waits any more. */
function gatedMaking() {
  const ends: (() => void)[] = [];
  let makings = 0;
  const make = async (waiters: WaitingCallers): Promise<Float32Array> => {
    makings += 1;
    await new Promise<void>((resolve) => ends.push(resolve));
    if (waiters.areGone) throw new FitroomError('REQUEST_ABANDONED');
    return VECTOR;
  };
  return { make, end: () => ends.shift()!(), makings: () => makings };
}

it('goes on for a second request when the client of the first is gone', async () => {
  const cache = new VectorCache(2);
  const { make, end, makings } = gatedMaking();
  const gone = new AbortController();
  const first = withinRequest(gone.signal, () => cache.getOrMake('key', make));
  const second = withinRequest(new AbortController().signal, () => cache.getOrMake('key', make));
  gone.abort();
  end();
  expect(await Promise.all([first, second])).toEqual([VECTOR, VECTOR]);
  expect(makings()).toBe(1);
});

it('is given up when the clients of all are gone, and made anew for the next', async () => {
  const cache = new VectorCache(2);
  const { make, end, makings } = gatedMaking();
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
  expect(makings()).toBe(2);
});

it('makes a vector again for a request that came in the moment in which it was given up', async () => {
  const cache = new VectorCache(2);
  const { make, end } = gatedMaking();
  const gone = new AbortController();
  const first = withinRequest(gone.signal, () => cache.getOrMake('key', make)).catch((error: Error) => error);
  gone.abort();
  end();
  // the making has decided by now, and its failure is on its way
  await Promise.resolve();
  const late = cache.getOrMake('key', make);
  expect(await first).toMatchObject({ code: 'REQUEST_ABANDONED' });
  await new Promise(setImmediate);
  end();
  expect(await late).toBe(VECTOR);
});
