// Position bias: the probability that a shopper looks at a rank, estimated from the log alone.
//
// Position-based model: P(chosen | rank k, row x) = θ_k · r(x). A row is chosen if the shopper looks at it and wants
// it. Regression-EM fits θ and r (Wang et al., Position bias estimation for unbiased learning to rank in personal
// search, WSDM 2018). r is a logistic regression on the contributions. The same contributions occur at different ranks
// in different recommendations, which separates θ from r. The estimate takes about a second, so it runs in steps.
import { LEARNABLE } from './learned.weights.js';
import { LEARNED_DEPTH, type LoggedAnswer } from './logged.answer.js';
import { addOuter, addScaled, diagonalMatrix, innerProduct, newtonStep } from './newton.js';

/**
 * Minimum propensity: a choice at a low rank weighs at most ten times a choice at the top. Clipping accepts some bias
 * for less variance, because a few choices at low ranks would otherwise dominate.
 */
const LEAST_PROPENSITY = 0.1;
const ROUNDS = 60;
/** The rounds end early once no propensity changes by more than this. */
const TOLERANCE = 2e-4;
/** Keeps the regression finite for a contribution that never varies. */
const RIDGE = 1e-3;

interface Row {
  rank: number;
  /** Contributions with a leading 1 for the intercept. */
  x: Float64Array;
  isChosen: boolean;
}

/**
 * Returns θ by rank from 1 to 20, scaled to 1 at rank 1 and clipped to at least .1. A rank without rows in the log
 * takes the value of the rank above it.
 */
export function* positionBias(answers: readonly LoggedAnswer[]): Generator<void, number[]> {
  const rows = answers.flatMap((answer) =>
    answer.rows
      .filter(({ rank }) => rank <= LEARNED_DEPTH)
      .map(({ rank, features, isChosen }): Row => ({ rank, x: Float64Array.of(1, ...features), isChosen })),
  );
  let propensities = Array.from({ length: LEARNED_DEPTH }, (_, i) => 1 / Math.sqrt(i + 1));
  let relevanceWeights = new Float64Array(1 + LEARNABLE.length);
  for (let round = 0; round < ROUNDS; round++) {
    const relevance = rows.map(({ x }) => sigmoid(innerProduct(relevanceWeights, x)));
    const next = expectedPropensities(rows, propensities, relevance);
    relevanceWeights = refit(rows, { relevanceWeights, relevance, propensities });
    const change = Math.max(...next.map((value, k) => Math.abs(value - propensities[k]!)));
    propensities = next;
    yield;
    if (change < TOLERANCE) break;
  }
  const top = Math.max(propensities[0]!, 1e-6);
  return propensities.map((value) => Math.min(1, Math.max(LEAST_PROPENSITY, value / top)));
}

/** Returns the mean of P(looked at | chosen or not) at each rank. */
function expectedPropensities(
  rows: readonly Row[],
  propensities: readonly number[],
  relevance: readonly number[],
): number[] {
  const sums = propensities.map(() => 0);
  const counts = propensities.map(() => 0);
  rows.forEach(({ rank, isChosen }, i) => {
    const theta = propensities[rank - 1]!;
    const r = relevance[i]!;
    sums[rank - 1]! += isChosen ? 1 : (theta * (1 - r)) / (1 - theta * r);
    counts[rank - 1]!++;
  });
  const next: number[] = [];
  for (let k = 0; k < propensities.length; k++) next.push(counts[k]! > 0 ? sums[k]! / counts[k]! : (next[k - 1] ?? 1));
  return next;
}

/** Returns the regression weights after one Newton step on P(wanted | chosen or not). */
function refit(
  rows: readonly Row[],
  {
    relevanceWeights,
    relevance,
    propensities,
  }: { relevanceWeights: Float64Array; relevance: number[]; propensities: number[] },
): Float64Array<ArrayBuffer> {
  const gradient = relevanceWeights.map((value) => RIDGE * value);
  const hessian = diagonalMatrix(relevanceWeights.length, RIDGE);
  rows.forEach(({ rank, x, isChosen }, i) => {
    const theta = propensities[rank - 1]!;
    const r = relevance[i]!;
    const target = isChosen ? 1 : ((1 - theta) * r) / (1 - theta * r);
    addScaled(gradient, x, r - target);
    addOuter(hessian, x, r * (1 - r));
  });
  const step = newtonStep(gradient, hessian);
  return relevanceWeights.map((value, j) => value + step[j]!);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, value))));
}
