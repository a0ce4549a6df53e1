// Evaluation of new weights on recommendations that they were not learned from.
//
// Metric: the discounted gain of the choices, Σ 1 / log₂(1 + rank), weighted by the inverse propensity of the rank at
// which each choice was made, divided by the sum of these weights (Joachims, Swaminathan, Schnabel: Unbiased
// learning-to-rank with biased feedback, WSDM 2017; self-normalized). It reorders the shown garments only, so it says
// nothing about others.
import { LEARNABLE, type Learnable } from './learned.weights.js';
import type { LoggedAnswer } from './logged.answer.js';
import { innerProduct } from './newton.js';

const RESAMPLES = 1_000;

export interface HeldOutEvaluation {
  /** The metric under the current weights, 0…1; `after` is the metric under the new weights. */
  before: number;
  after: number;
  /** Bounds of the 95 % interval of the difference, from a bootstrap over shoppers. */
  low: number;
  high: number;
}

/** Contribution of one shopper's choices to the metric. */
interface Gain {
  weight: number;
  before: number;
  after: number;
}

export function* evaluateHeldOut(
  answers: readonly LoggedAnswer[],
  propensities: readonly number[],
  weights: { present: Record<Learnable, number>; other: Record<Learnable, number> },
): Generator<void, HeldOutEvaluation> {
  const gains = gainsByShopper(answers, propensities, weights);
  const draw = seeded(20_261);
  const differences: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const { before, after } = meanOf(gains.map(() => gains[Math.floor(draw() * gains.length)]!));
    differences.push(after - before);
    if (i % 100 === 0) yield;
  }
  differences.sort((a, b) => a - b);
  const at = (share: number): number => differences[Math.round(share * (RESAMPLES - 1))]!;
  return { ...meanOf(gains), low: at(0.025), high: at(0.975) };
}

function gainsByShopper(
  answers: readonly LoggedAnswer[],
  propensities: readonly number[],
  { present, other }: { present: Record<Learnable, number>; other: Record<Learnable, number> },
): Gain[] {
  const byShopper = new Map<string, Gain>();
  for (const answer of answers) {
    const [before, after] = [ranksUnder(answer, present), ranksUnder(answer, other)];
    const gain = byShopper.get(answer.shopper) ?? { weight: 0, before: 0, after: 0 };
    answer.rows.forEach(({ isChosen, rank }, i) => {
      if (!isChosen) return;
      const weight = 1 / (propensities[rank - 1] ?? propensities.at(-1)!);
      gain.weight += weight;
      gain.before += weight * discounted(before[i]!);
      gain.after += weight * discounted(after[i]!);
    });
    if (gain.weight > 0) byShopper.set(answer.shopper, gain);
  }
  return [...byShopper.values()];
}

/** Returns the ranks, from 1, of a recommendation's rows under the weights. On a tie, the higher original rank wins. */
function ranksUnder({ rows }: LoggedAnswer, weights: Record<Learnable, number>): number[] {
  const vector = LEARNABLE.map((name) => weights[name]);
  const scores = rows.map(({ features, fixed }) => innerProduct(vector, features) + fixed);
  const order = rows.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const ranks: number[] = [];
  order.forEach((row, i) => (ranks[row] = i + 1));
  return ranks;
}

function discounted(rank: number): number {
  return 1 / Math.log2(1 + rank);
}

function meanOf(gains: readonly Gain[]): { before: number; after: number } {
  const total = { weight: 0, before: 0, after: 0 };
  for (const { weight, before, after } of gains) {
    total.weight += weight;
    total.before += before;
    total.after += after;
  }
  return { before: total.before / total.weight, after: total.after / total.weight };
}

/** Returns a seeded generator (mulberry32), so that the same log always gives the same evaluation. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
