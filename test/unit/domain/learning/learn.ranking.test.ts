// Learning on logs whose truth is known: shoppers look down a list less and less, and want something of their own.
import { judge } from '../../../../src/domain/learning/held.out.js';
import type { Learnable } from '../../../../src/domain/learning/learned.weights.js';
import { learnRanking, UNLEARNED } from '../../../../src/domain/learning/learn.ranking.js';
import { positionBias } from '../../../../src/domain/learning/position.bias.js';
import { fitWeights } from '../../../../src/domain/learning/weight.fit.js';
import { choiceLog, looksAt, sigmoid, wantsColor } from '../../../support/choice.log.js';

function finish<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

describe('a log in which colour is all that counts, ranked by words', () => {
  const answers = choiceLog(1_500, wantsColor);
  const propensities = finish(positionBias(answers));

  it('gives away how far down shoppers look', () => {
    for (const rank of [1, 2, 3, 5, 8]) expect(Math.abs(propensities[rank - 1]! - looksAt(rank))).toBeLessThan(0.12);
  });

  it('misleads who takes every place for looked at, and not who weighs by the place', () => {
    const naive = finish(fitWeights(answers, [1], UNLEARNED));
    const weighed = finish(fitWeights(answers, propensities, UNLEARNED));
    const ratio = (weights: Record<Learnable, number>): number => weights.textSimilarity / weights.color;
    expect(ratio(weighed)).toBeLessThan(0.15);
    expect(ratio(naive)).toBeGreaterThan(2 * ratio(weighed));
    const judged = (other: Record<Learnable, number>): number =>
      finish(judge(choiceLog(1_500, wantsColor, 2), propensities, { present: UNLEARNED, other })).after;
    expect(judged(weighed)).toBeGreaterThan(judged(naive));
  });

  it('teaches weights that do better on what was held out, for certain', () => {
    const lesson = finish(learnRanking(answers))!;
    expect(lesson.isBetter).toBe(true);
    expect(lesson.report.low).toBeGreaterThan(0);
    expect(lesson.report.after).toBeGreaterThan(lesson.report.before);
    expect(lesson.weights.color).toBeGreaterThan(1.3);
    expect(lesson.weights.textSimilarity).toBeLessThan(0.5);
    expect(lesson.weights.gender).toBeCloseTo(1);
  });

  it('teaches the same however often', () => {
    expect(finish(learnRanking(answers))).toEqual(finish(learnRanking(answers)));
  });
});

it('switches nothing on where choices follow the place alone', () => {
  const switchedOn = [3, 4].filter((seed) => finish(learnRanking(choiceLog(800, () => 0.4, seed)))!.isBetter);
  expect(switchedOn).toEqual([]);
});

it('switches nothing on where the present weights are right already', () => {
  const wants = (features: Record<Learnable, number>): number =>
    sigmoid(10 * (Object.values(features).reduce((sum, value) => sum + value, 0) - 1));
  const switchedOn = [9, 10].filter((seed) => finish(learnRanking(choiceLog(800, wants, seed)))!.isBetter);
  expect(switchedOn).toEqual([]);
});

it('does not learn from next to nothing', () => {
  expect(finish(learnRanking(choiceLog(60, wantsColor)))).toBeNull();
  expect(finish(learnRanking([]))).toBeNull();
});
