import {
  bootstrap,
  calibrationError,
  macroRecall,
  meanDifference,
  meanOf,
  precisionAt10,
  quantile,
  ratioOfMeans,
} from '../../../tools/evaluate/statistics.js';

const repeated = (value: number, times: number): number[] => Array.from({ length: times }, () => value);

describe('nP@10', () => {
  const found = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'];

  it('is the share of hits among ten if at least ten are relevant', () => {
    const relevant = new Set(['a', 'c', 'j', 'k', ...Array.from({ length: 9 }, (_, i) => `other ${i}`)]);
    expect(precisionAt10(found, relevant)).toBe(0.3);
  });

  it('is 1 if fewer than ten are relevant and all of them are found', () => {
    expect(precisionAt10(found, new Set(['j', 'b']))).toBe(1);
    expect(precisionAt10(found, new Set(['k']))).toBe(0);
  });

  it('counts missing results as misses if fewer than ten are returned', () => {
    expect(precisionAt10(['a'], new Set(['a', 'b']))).toBe(0.5);
    expect(precisionAt10([], new Set(['a']))).toBe(0);
  });
});

describe('a bootstrap interval', () => {
  it('has the width that the normal approximation gives: 1.96 · √(p(1 − p)/n)', () => {
    const { value, low, high, rows } = meanOf([...repeated(1, 300), ...repeated(0, 100)]);
    const half = 1.96 * Math.sqrt((0.75 * 0.25) / 400);
    expect(value).toBe(0.75);
    expect(rows).toBe(400);
    expect(low).toBeGreaterThan(0.75 - half * 1.15);
    expect(low).toBeLessThan(0.75 - half * 0.85);
    expect(high).toBeGreaterThan(0.75 + half * 0.85);
    expect(high).toBeLessThan(0.75 + half * 1.15);
  });

  it('has no width if all rows are equal, and is the same in every run', () => {
    expect(meanOf(repeated(0.4, 50))).toMatchObject({ low: expect.closeTo(0.4), high: expect.closeTo(0.4) });
    const values = Array.from({ length: 40 }, (_, i) => i / 40);
    expect(meanOf(values)).toEqual(meanOf(values));
  });

  it('requires at least one row', () => {
    expect(() => bootstrap(0, () => 1)).toThrow(RangeError);
  });

  it('interpolates quantiles', () => {
    expect(quantile([0, 1, 2, 3], 0.5)).toBe(1.5);
    expect(quantile([7], 0.025)).toBe(7);
  });
});

describe('figures over paired rows', () => {
  it('a gain is the mean difference, with a narrower interval than the two means', () => {
    const before = Array.from({ length: 100 }, (_, i) => i % 2);
    const gain = meanDifference(
      before.map((value) => value + 0.1),
      before,
    );
    expect(gain.value).toBeCloseTo(0.1);
    expect(gain.high - gain.low).toBeLessThan(1e-9);
  });

  it('a ratio is the ratio of the means, not the mean of the ratios', () => {
    expect(ratioOfMeans([0.2, 0.6], [0.8, 0.8]).value).toBeCloseTo(0.5);
    expect(ratioOfMeans([0, 0.6], [0, 0.6]).value).toBeCloseTo(1);
    expect(ratioOfMeans([0.1], [0]).value).toBe(0);
  });
});

describe('macro recall', () => {
  it('gives a label of one row the same weight as a label of three', () => {
    expect(macroRecall(['a', 'a', 'a', 'b'], [1, 1, 1, 0]).value).toBe(0.5);
    expect(macroRecall(['a', 'a', 'a', 'b'], [0, 0, 1, 1]).value).toBeCloseTo((1 / 3 + 1) / 2);
  });
});

describe('the calibration error', () => {
  it('is 0 if each confidence equals the share of correct rows', () => {
    const confidences = [...repeated(0.75, 4), ...repeated(0.5, 4)];
    expect(calibrationError(confidences, [1, 1, 1, 0, 1, 1, 0, 0]).value).toBeCloseTo(0);
  });

  it('is the absolute difference between confidence and accuracy, weighted by rows', () => {
    expect(calibrationError(repeated(0.9, 10), [...repeated(1, 5), ...repeated(0, 5)]).value).toBeCloseTo(0.4);
    const confidences = [...repeated(1, 5), ...repeated(0.5, 5)];
    expect(calibrationError(confidences, [...repeated(0, 5), ...repeated(1, 5)]).value).toBeCloseTo(0.75);
  });
});
