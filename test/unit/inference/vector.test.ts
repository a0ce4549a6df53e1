import { rowsOf, softmaxOrError, unitOrError } from '../../../src/inference/vector.js';
import { VectorCache } from '../../../src/inference/encoders.js';

describe('unitOrError', () => {
  it('lets a vector of unit length pass', () => {
    const vector = Float32Array.of(0.6, 0.8);
    expect(unitOrError(vector, 'text.onnx')).toBe(vector);
  });

  it.each([
    ['zero', [0, 0]],
    ['NaN', [NaN, 1]],
    ['infinite', [Infinity, 0]],
    ['too long', [1, 1]],
  ])('makes an error of one that is %s', (_, values) => {
    expect(unitOrError(Float32Array.from(values), 'text.onnx')).toBeInstanceOf(Error);
  });
});

describe('softmaxOrError', () => {
  it('is exp(z / T) over its sum', () => {
    const [a, b, c] = softmaxOrError(Float32Array.of(0, Math.log(2), Math.log(5)), 1) as Float32Array;
    expect([a, b, c].map((p) => p!.toFixed(6))).toEqual(['0.125000', '0.250000', '0.625000']);
  });

  it('keeps the order and flattens with the temperature', () => {
    const [a, b] = softmaxOrError(Float32Array.of(0, Math.log(4)), 2) as Float32Array;
    expect(b! / a!).toBeCloseTo(2, 5);
  });

  it('survives logits whose exponential does not fit', () => {
    const p = softmaxOrError(Float32Array.of(5000, 4999), 1) as Float32Array;
    expect(p[0]! + p[1]!).toBeCloseTo(1, 6);
    expect(p[0]).toBeCloseTo(Math.E / (1 + Math.E), 5);
  });

  it.each([NaN, Infinity, -Infinity])('makes an error of a logit that is %s', (logit) => {
    expect(softmaxOrError(Float32Array.of(0, logit), 1)).toBeInstanceOf(Error);
  });
});

describe('rowsOf', () => {
  it('leaves the padding out', () => {
    expect(rowsOf(Float32Array.of(1, 2, 3, 4, 9, 9), 2, 2).map((row) => [...row])).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});

describe('VectorCache', () => {
  it('makes a vector once for all that ask while it is made and after', async () => {
    const cache = new VectorCache(1);
    let made = 0;
    const make = () => Promise.resolve(Float32Array.of(++made));
    const [first, second] = await Promise.all([cache.getOrMake('red', make), cache.getOrMake('red', make)]);
    expect(second).toBe(first);
    expect(await cache.getOrMake('red', make)).toBe(first);
    expect(made).toBe(1);
  });

  it('tries again after a failure', async () => {
    const cache = new VectorCache(1);
    await expect(cache.getOrMake('red', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect([...(await cache.getOrMake('red', () => Promise.resolve(Float32Array.of(1))))]).toEqual([1]);
  });

  it('forgets the oldest beyond 4 MB, whichever model they are of', async () => {
    const [cache, other] = [new VectorCache(25_000), new VectorCache(25_000)];
    let made = 0;
    const ask = (i: number) => cache.getOrMake(`words ${i}`, () => Promise.resolve(Float32Array.of(made++)));
    for (let i = 0; i < 30; i++) await ask(i);
    await ask(0);
    expect(made).toBe(30);
    for (let i = 0; i < 30; i++) await other.getOrMake(`words ${i}`, () => Promise.resolve(Float32Array.of(0)));
    await ask(1);
    await ask(0);
    expect(made).toBe(31);
  });
});
