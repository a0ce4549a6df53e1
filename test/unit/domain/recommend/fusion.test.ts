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
const weightsByKind = { text: pair, image: { text: 0, image: 1 }, both: pair };

const whole = (vector: { text: Float32Array; image: Float32Array }): number =>
  Math.hypot(norm(vector.text), norm(vector.image));

describe('fuse combines text and picture features', () => {
  it('fuse returns a vector of length 1 for any features, method and weights', () => {
    fc.assert(
      fc.property(unit, unit, method, weight, weight, (text, image, name, wt, wi) => {
        fc.pre(Math.abs(dot(text, image) + 1) > 0.01);
        const vector = fuse({ text, image }, { method: name, weights: { text: wt, image: wi } }, weightsByKind);
        expect(whole(vector)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('fuse depends only on the ratio of the weights', () => {
    fc.assert(
      fc.property(unit, unit, method, weight, weight, (text, image, name, wt, wi) => {
        fc.pre(Math.abs(dot(text, image) + 1) > 0.01);
        const once = fuse({ text, image }, { method: name, weights: { text: wt, image: wi } }, weightsByKind);
        const thrice = fuse({ text, image }, { method: name, weights: { text: 3 * wt, image: 3 * wi } }, weightsByKind);
        expect(dot(once.text, thrice.text) + dot(once.image, thrice.image)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('CONCATENATION compares text with text and pictures with pictures', () => {
    fc.assert(
      fc.property(unit, unit, weight, weight, (text, image, wt, wi) => {
        const vector = fuse(
          { text, image },
          { method: 'CONCATENATION', weights: { text: wt, image: wi } },
          weightsByKind,
        );
        expect(dot(vector.text, text) / dot(vector.image, image)).toBeCloseTo(wt / wi, 3);
      }),
    );
  });

  it('WEIGHTED_AVERAGE compares a text with both modalities of a garment', () => {
    fc.assert(
      fc.property(unit, (text) => {
        const vector = fuse(
          { text, image: null },
          { method: 'WEIGHTED_AVERAGE', weights: { text: 1, image: 0 } },
          weightsByKind,
        );
        expect(dot(vector.text, text)).toBeCloseTo(pair.text, 5);
        expect(dot(vector.image, text)).toBeCloseTo(pair.image, 5);
      }),
    );
  });

  it('fuse weights the modalities of a garment by the kind of request', () => {
    fc.assert(
      fc.property(unit, (image) => {
        const vector = fuse(
          { text: null, image },
          { method: 'WEIGHTED_AVERAGE', weights: { text: 0, image: 1 } },
          weightsByKind,
        );
        expect(norm(vector.text)).toBe(0);
        expect(dot(vector.image, image)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('A higher picture weight never moves the vector away from the picture', () => {
    fc.assert(
      fc.property(unit, unit, weight, (text, image, wi) => {
        fc.pre(dot(text, image) > -0.9 && dot(text, image) < 0.99);
        const similarity = (weightOfImage: number): number => {
          const weights = { text: 1, image: weightOfImage };
          return dot(fuse({ text, image }, { method: 'WEIGHTED_AVERAGE', weights }, weightsByKind).image, image);
        };
        expect(similarity(wi * 1.5)).toBeGreaterThanOrEqual(similarity(wi) - 1e-6);
      }),
    );
  });

  it('fuse rejects text and picture features that cancel each other out', () => {
    const text = Float32Array.of(1, 0);
    const image = Float32Array.of(-1, 0);
    const weights = { text: 1, image: 1 };
    expect(() => fuse({ text, image }, { method: 'WEIGHTED_AVERAGE', weights }, weightsByKind)).toThrow(RangeError);
  });

  it('fuse rejects a request without text and picture', () => {
    const fusion = { method: 'CONCATENATION' as const, weights: { text: 1, image: 1 } };
    expect(() => fuse({ text: null, image: null }, fusion, weightsByKind)).toThrow(RangeError);
  });
});

describe('presentWeights scales the weights of the present modalities', () => {
  const features = Float32Array.of(1);

  it('presentWeights returns weights that sum to 1 over the present modalities', () => {
    const both = { text: features, image: features };
    expect(presentWeights(both, { text: 3, image: 1 })).toEqual({ text: 0.75, image: 0.25 });
    expect(presentWeights({ text: features, image: null }, { text: 3, image: 1 })).toEqual({ text: 1, image: 0 });
  });

  it('presentWeights returns weights that sum to 1 even if the sum of the input weights is infinite', () => {
    expect(presentWeights({ text: features, image: features }, { text: 1.5e308, image: 1.5e308 })).toEqual({
      text: 0.5,
      image: 0.5,
    });
  });

  it('presentWeights gives a single modality the full weight, even if its weight is 0', () => {
    expect(presentWeights({ text: null, image: features }, { text: 1, image: 0 })).toEqual({ text: 0, image: 1 });
  });
});
