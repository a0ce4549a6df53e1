// How alike two rankings are, on rankings whose likeness is known beforehand.
import fc from 'fast-check';
import { overlapOf, rankCorrelationOf } from '../../../../src/domain/analytics/rank.correlation.js';

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const ranking = fc.shuffledSubarray(letters, { minLength: 0 });

describe('overlap at 10', () => {
  it('counts what both show among their first ten, in whatever order', () => {
    expect(overlapOf(letters, [...letters.slice(0, 10)].reverse())).toBe(1);
    expect(overlapOf(letters, [...letters.slice(0, 7), 'x', 'y', 'z'])).toBe(0.7);
    expect(overlapOf(letters, letters.slice(10))).toBe(0);
  });

  it('is of the longer list where a ranking has fewer than ten, and whole where neither has any', () => {
    expect(overlapOf(['a', 'b'], ['a', 'b', 'c', 'd'])).toBe(0.5);
    expect(overlapOf([], ['a'])).toBe(0);
    expect(overlapOf([], [])).toBe(1);
  });
});

describe('rank correlation', () => {
  it('is 1 for the same order, −1 for the reverse, and falls with each pair that is swapped', () => {
    const ten = letters.slice(0, 10);
    expect(rankCorrelationOf(ten, ten)).toBeCloseTo(1);
    expect(rankCorrelationOf(ten, [...ten].reverse())).toBeCloseTo(-1);
    // one of 45 pairs
    expect(rankCorrelationOf(ten, ['b', 'a', ...ten.slice(2)])).toBeCloseTo(1 - 2 / 45);
  });

  it('takes the place in the whole ranking, not only whether a garment is among the first ten', () => {
    const moved = [...letters.slice(10), ...letters.slice(0, 10)];
    expect(rankCorrelationOf(letters, moved)).toBeLessThan(0);
    const disjoint = rankCorrelationOf(letters.slice(0, 10), letters.slice(10, 20));
    expect(disjoint).toBeLessThan(0);
  });

  it('is between −1 and 1, the same from either side, and 1 with itself', () => {
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
