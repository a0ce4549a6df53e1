import { rowsOf, softmaxOrError, unitOrError } from '../../../src/inference/vector.js';
import { VectorCache } from '../../../src/inference/encoders.js';

describe('unitOrError', () => {
  it('returns a vector of unit length', () => {
    const vector = Float32Array.of(0.6, 0.8);
    expect(unitOrError(vector, 'text.onnx')).toBe(vector);
  });

  it.each([
    ['zero', [0, 0]],
    ['NaN', [NaN, 1]],
    ['infinite', [Infinity, 0]],
    ['too long', [1, 1]],
  ])('returns an error for a vector that is %s', (_, values) => {
    expect(unitOrError(Float32Array.from(values), 'text.onnx')).toBeInstanceOf(Error);
  });
});

describe('softmaxOrError', () => {
  it('returns exp(z / T) divided by its sum', () => {
    const [a, b, c] = softmaxOrError(Float32Array.of(0, Math.log(2), Math.log(5)), 1) as Float32Array;
    expect([a, b, c].map((p) => p!.toFixed(6))).toEqual(['0.125000', '0.250000', '0.625000']);
  });

  it('flattens the probabilities with the temperature', () => {
    const [a, b] = softmaxOrError(Float32Array.of(0, Math.log(4)), 2) as Float32Array;
    expect(b! / a!).toBeCloseTo(2, 5);
  });

  it('handles logits whose exponential overflows', () => {
    const p = softmaxOrError(Float32Array.of(5000, 4999), 1) as Float32Array;
    expect(p[0]! + p[1]!).toBeCloseTo(1, 6);
    expect(p[0]).toBeCloseTo(Math.E / (1 + Math.E), 5);
  });

  it.each([NaN, Infinity, -Infinity])('returns an error for a logit that is %s', (logit) => {
    expect(softmaxOrError(Float32Array.of(0, logit), 1)).toBeInstanceOf(Error);
  });
});

describe('rowsOf', () => {
  it('drops the padding rows', () => {
    expect(rowsOf(Float32Array.of(1, 2, 3, 4, 9, 9), 2, 2).map((row) => [...row])).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});

describe('VectorCache', () => {
  it('computes a vector once for concurrent and later callers', async () => {
    const cache = new VectorCache(1);
    let made = 0;
    const make = () => Promise.resolve(Float32Array.of(++made));
    const [first, second] = await Promise.all([cache.getOrMake('red', make), cache.getOrMake('red', make)]);
    expect(second).toBe(first);
    expect(await cache.getOrMake('red', make)).toBe(first);
    expect(made).toBe(1);
  });

  it('computes a vector again after a failure', async () => {
    const cache = new VectorCache(1);
    await expect(cache.getOrMake('red', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect([...(await cache.getOrMake('red', () => Promise.resolve(Float32Array.of(1))))]).toEqual([1]);
  });

  it('evicts the oldest vectors beyond 4 MB, over all models', async () => {
    const [cache, other] = [new VectorCache(25_000), new VectorCache(25_000)];
    let made = 0;
    const request = (i: number) => cache.getOrMake(`words ${i}`, () => Promise.resolve(Float32Array.of(made++)));
    for (let i = 0; i < 30; i++) await request(i);
    await request(0);
    expect(made).toBe(30);
    for (let i = 0; i < 30; i++) await other.getOrMake(`words ${i}`, () => Promise.resolve(Float32Array.of(0)));
    await request(1);
    await request(0);
    expect(made).toBe(31);
  });
});
