// Ranking weights learned from simulated logs.
// The truth is known: shoppers look at lower ranks less often, and they have a preference.
import { evaluateHeldOut } from '../../src/domain/learning/held.out.js';
import type { Learnable } from '../../src/domain/learning/learned.weights.js';
import { learnRanking, UNLEARNED } from '../../src/domain/learning/learn.ranking.js';
import { positionBias } from '../../src/domain/learning/position.bias.js';
import { fitWeights } from '../../src/domain/learning/weight.fit.js';
import { choiceLog, looksAt, sigmoid, wantsColor } from '../support/choice.log.js';

function finish<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

describe('A log contains choices by color in a ranking by text', () => {
  const answers = choiceLog(1_500, wantsColor);
  const propensities = finish(positionBias(answers));

  it('positionBias estimates how far down shoppers look', () => {
    for (const rank of [1, 2, 3, 5, 8]) expect(Math.abs(propensities[rank - 1]! - looksAt(rank))).toBeLessThan(0.12);
  });

  it('fitWeights finds the preference with propensities, and misses it without them', () => {
    const naive = finish(fitWeights(answers, [1], UNLEARNED));
    const weighed = finish(fitWeights(answers, propensities, UNLEARNED));
    const ratio = (weights: Record<Learnable, number>): number => weights.textSimilarity / weights.color;
    expect(ratio(weighed)).toBeLessThan(0.15);
    expect(ratio(naive)).toBeGreaterThan(2 * ratio(weighed));
    const evaluate = (other: Record<Learnable, number>): number =>
      finish(evaluateHeldOut(choiceLog(1_500, wantsColor, 2), propensities, { present: UNLEARNED, other })).after;
    expect(evaluate(weighed)).toBeGreaterThan(evaluate(naive));
  });

  it('learnRanking learns weights that are significantly better on held-out choices', () => {
    const example = finish(learnRanking(answers))!;
    expect(example.isBetter).toBe(true);
    expect(example.report.low).toBeGreaterThan(0);
    expect(example.report.after).toBeGreaterThan(example.report.before);
    expect(example.weights.color).toBeGreaterThan(1.3);
    expect(example.weights.textSimilarity).toBeLessThan(0.5);
    expect(example.weights.gender).toBeCloseTo(1);
  });

  it('learnRanking is deterministic', () => {
    expect(finish(learnRanking(answers))).toEqual(finish(learnRanking(answers)));
  });
});

it('learnRanking reports no improvement if choices depend only on the rank', () => {
  const switchedOn = [3, 4].filter((seed) => finish(learnRanking(choiceLog(800, () => 0.4, seed)))!.isBetter);
  expect(switchedOn).toEqual([]);
});

it('learnRanking reports no improvement if the current weights are right', () => {
  const wants = (features: Record<Learnable, number>): number =>
    sigmoid(10 * (Object.values(features).reduce((sum, value) => sum + value, 0) - 1));
  const switchedOn = [9, 10].filter((seed) => finish(learnRanking(choiceLog(800, wants, seed)))!.isBetter);
  expect(switchedOn).toEqual([]);
});

it('learnRanking returns null for too few choices', () => {
  expect(finish(learnRanking(choiceLog(60, wantsColor)))).toBeNull();
  expect(finish(learnRanking([]))).toBeNull();
});
