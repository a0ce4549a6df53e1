// The contribution of learned weights to a score.
import { learnedContribution } from '../../../../src/domain/learning/learned.weights.js';

describe('the contribution of learned weights', () => {
  const contributions = [
    { name: 'color', value: 0.2 },
    { name: 'lexical', value: 0.1 },
  ] as const;

  it('is the sum of what the weights change', () => {
    expect(learnedContribution([...contributions], { weights: { color: 1.5, lexical: 0 } })).toBeCloseTo(0.1 - 0.1);
  });

  it('leaves a contribution alone that did not exist when the weights were stored', () => {
    expect(learnedContribution([...contributions], { weights: { color: 2 } })).toBeCloseTo(0.2);
  });
});
