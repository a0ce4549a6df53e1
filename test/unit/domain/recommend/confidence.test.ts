import fc from 'fast-check';
import { confidenceOf, SIGNALS, type Signals } from '../../../../src/domain/recommend/confidence.js';
import { areaUnderCurve, fitConfidence } from '../../../../tools/evaluate/confidence.fit.js';
import { seededRandom } from '../../../../src/domain/shared/random.js';

const none = Object.fromEntries(SIGNALS.map((name) => [name, 0])) as Signals;

describe('The confidence model returns a probability', () => {
  it('confidenceOf returns a probability that rises with a signal of positive weight', () => {
    const model = { intercept: -1, weights: { ...none, nearest: 3 } };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const [p, q] = [low, high].map((nearest) => confidenceOf({ ...none, nearest }, model));
        expect(p).toBeGreaterThan(0);
        expect(q).toBeLessThan(1);
        expect(q).toBeGreaterThanOrEqual(p!);
      }),
    );
  });

  it('fitConfidence fits calibrated probabilities with equal weight for both classes', () => {
    const random = seededRandom(2);
    // p(good | x) = 1 / (1 + e^(3 - 6x)). Good rows are three times as common as they should be.
    const rows = Array.from({ length: 6000 }, () => {
      const nearest = random.next();
      return { signals: { ...none, nearest }, isGood: random.next() < 1 / (1 + Math.exp(3 - 6 * nearest)) };
    });
    const uneven = rows.filter(({ isGood }, i) => isGood || i % 3 === 0);
    const model = fitConfidence(uneven);
    expect(model.weights.nearest).toBeGreaterThan(5.2);
    expect(model.weights.nearest).toBeLessThan(6.8);
    expect(confidenceOf({ ...none, nearest: 0.5 }, model)).toBeCloseTo(0.5, 1);
    expect(model.weights.margin).toBe(0);
  });
});

it('areaUnderCurve measures by pairs how well two classes are separated', () => {
  expect(areaUnderCurve([0.9, 0.8], [0.1, 0.2])).toBe(1);
  expect(areaUnderCurve([0.5], [0.5])).toBe(0.5);
  expect(areaUnderCurve([0.1, 0.9], [0.5])).toBe(0.5);
});
