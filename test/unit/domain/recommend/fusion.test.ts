import fc from 'fast-check';
import { dot, fuse, norm, presentWeights, type FusionMethod } from '../../../../src/domain/recommend/fusion.js';

const DIMENSIONS = 8;

const unit = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: DIMENSIONS, maxLength: DIMENSIONS })
  .filter((values) => Math.hypot(...values) > 0.1)
  .map((values) => Float32Array.from(values, (value) => value / Math.hypot(...values)));
const weight = fc.double({ min: 0.05, max: 10, noNaN: true });
const method = fc.constantFrom<FusionMethod>('CONCATENATION', 'WEIGHTED_AVERAGE');
const pair = { text: 0.6, image: 0.8 };
const halves = { text: pair, image: { text: 0, image: 1 }, both: pair };

const whole = (vector: { text: Float32Array; image: Float32Array }): number =>
  Math.hypot(norm(vector.text), norm(vector.image));

describe('fusing a request', () => {
  it('gives a vector of length 1 for any features, method and weights', () => {
    fc.assert(
      fc.property(unit, unit, method, weight, weight, (text, image, name, wt, wi) => {
        fc.pre(Math.abs(dot(text, image) + 1) > 0.01);
        const vector = fuse({ text, image }, { method: name, weights: { text: wt, image: wi } }, halves);
        expect(whole(vector)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('depends on the ratio of the weights only', () => {
    fc.assert(
      fc.property(unit, unit, method, weight, weight, (text, image, name, wt, wi) => {
        fc.pre(Math.abs(dot(text, image) + 1) > 0.01);
        const once = fuse({ text, image }, { method: name, weights: { text: wt, image: wi } }, halves);
        const thrice = fuse({ text, image }, { method: name, weights: { text: 3 * wt, image: 3 * wi } }, halves);
        expect(dot(once.text, thrice.text) + dot(once.image, thrice.image)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('keeps words against words and picture against picture when it concatenates', () => {
    fc.assert(
      fc.property(unit, unit, weight, weight, (text, image, wt, wi) => {
        const vector = fuse({ text, image }, { method: 'CONCATENATION', weights: { text: wt, image: wi } }, halves);
        expect(dot(vector.text, text) / dot(vector.image, image)).toBeCloseTo(wt / wi, 3);
      }),
    );
  });

  it('asks both halves of a garment when it averages, also with words alone', () => {
    fc.assert(
      fc.property(unit, (text) => {
        const vector = fuse(
          { text, image: null },
          { method: 'WEIGHTED_AVERAGE', weights: { text: 1, image: 0 } },
          halves,
        );
        expect(dot(vector.text, text)).toBeCloseTo(pair.text, 5);
        expect(dot(vector.image, text)).toBeCloseTo(pair.image, 5);
      }),
    );
  });

  it('weighs the halves by what the request consists of', () => {
    fc.assert(
      fc.property(unit, (image) => {
        const vector = fuse(
          { text: null, image },
          { method: 'WEIGHTED_AVERAGE', weights: { text: 0, image: 1 } },
          halves,
        );
        expect(norm(vector.text)).toBe(0);
        expect(dot(vector.image, image)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('comes nearer to the picture the more the picture weighs', () => {
    fc.assert(
      fc.property(unit, unit, weight, (text, image, wi) => {
        fc.pre(dot(text, image) > -0.9 && dot(text, image) < 0.99);
        const likeness = (weightOfImage: number): number => {
          const weights = { text: 1, image: weightOfImage };
          return dot(fuse({ text, image }, { method: 'WEIGHTED_AVERAGE', weights }, halves).image, image);
        };
        expect(likeness(wi * 1.5)).toBeGreaterThanOrEqual(likeness(wi) - 1e-6);
      }),
    );
  });

  it('refuses words and picture that cancel each other out', () => {
    const text = Float32Array.of(1, 0);
    const image = Float32Array.of(-1, 0);
    const weights = { text: 1, image: 1 };
    expect(() => fuse({ text, image }, { method: 'WEIGHTED_AVERAGE', weights }, halves)).toThrow(RangeError);
  });

  it('refuses a request without words and picture', () => {
    const fusion = { method: 'CONCATENATION' as const, weights: { text: 1, image: 1 } };
    expect(() => fuse({ text: null, image: null }, fusion, halves)).toThrow(RangeError);
  });
});

describe('the weights that were used', () => {
  const side = Float32Array.of(1);

  it('sum to 1 over the sides that are there', () => {
    expect(presentWeights({ text: side, image: side }, { text: 3, image: 1 })).toEqual({ text: 0.75, image: 0.25 });
    expect(presentWeights({ text: side, image: null }, { text: 3, image: 1 })).toEqual({ text: 1, image: 0 });
  });

  it('sum to 1 also where their sum is beyond all numbers', () => {
    expect(presentWeights({ text: side, image: side }, { text: 1.5e308, image: 1.5e308 })).toEqual({
      text: 0.5,
      image: 0.5,
    });
  });

  it('leave a side that is alone its full weight, even where it was given 0', () => {
    expect(presentWeights({ text: null, image: side }, { text: 1, image: 0 })).toEqual({ text: 0, image: 1 });
  });
});
