// Overlap and rank correlation, for rankings with known similarity.
import fc from 'fast-check';
import { overlapOf, rankCorrelationOf } from '../../../../src/domain/analytics/rank.correlation.js';

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const ranking = fc.shuffledSubarray(letters, { minLength: 0 });

describe('overlapOf measures the overlap of the first ten', () => {
  it('overlapOf counts the garments among the first ten of both rankings, in any order', () => {
    expect(overlapOf(letters, [...letters.slice(0, 10)].reverse())).toBe(1);
    expect(overlapOf(letters, [...letters.slice(0, 7), 'x', 'y', 'z'])).toBe(0.7);
    expect(overlapOf(letters, letters.slice(10))).toBe(0);
  });

  it('overlapOf is relative to the longer ranking, and 1 for two empty rankings', () => {
    expect(overlapOf(['a', 'b'], ['a', 'b', 'c', 'd'])).toBe(0.5);
    expect(overlapOf([], ['a'])).toBe(0);
    expect(overlapOf([], [])).toBe(1);
  });
});

describe('rankCorrelationOf measures the agreement of two orders', () => {
  it('rankCorrelationOf returns 1 for the same order, −1 for the reverse, and less for each swapped pair', () => {
    const ten = letters.slice(0, 10);
    expect(rankCorrelationOf(ten, ten)).toBeCloseTo(1);
    expect(rankCorrelationOf(ten, [...ten].reverse())).toBeCloseTo(-1);
    // One of 45 pairs is swapped.
    expect(rankCorrelationOf(ten, ['b', 'a', ...ten.slice(2)])).toBeCloseTo(1 - 2 / 45);
  });

  it('rankCorrelationOf uses the ranks in the whole ranking, not only the first ten', () => {
    const moved = [...letters.slice(10), ...letters.slice(0, 10)];
    expect(rankCorrelationOf(letters, moved)).toBeLessThan(0);
    const disjoint = rankCorrelationOf(letters.slice(0, 10), letters.slice(10, 20));
    expect(disjoint).toBeLessThan(0);
  });

  it('rankCorrelationOf is between −1 and 1, symmetric, and 1 for a ranking with itself', () => {
    fc.assert(
      fc.property(ranking, ranking, (one, other) => {
        const tau = rankCorrelationOf(one, other);
        expect(tau).toBeGreaterThanOrEqual(-1 - 1e-9);
        expect(tau).toBeLessThanOrEqual(1 + 1e-9);
        expect(rankCorrelationOf(other, one)).toBeCloseTo(tau);
        expect(rankCorrelationOf(one, one)).toBeCloseTo(1);
      }),
    );
  });
});
