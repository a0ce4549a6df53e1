// Fit of the confidence model: logistic regression with a ridge penalty, by Newton's method.
// Source: Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd edition, 4.4.1.
import { addOuter, addScaled, diagonalMatrix, innerProduct, newtonStep } from '../../src/domain/learning/newton.js';
import { SIGNALS, type ConfidenceModel, type Signals } from '../../src/domain/recommend/confidence.js';

export interface LabeledSignals {
  signals: Signals;
  isGood: boolean;
}

const STEPS = 30;
/**
 * Ridge penalty on standardized signals, in units of rows. Without it the weight of a signal that separates the two
 * classes perfectly would grow without bound.
 */
const RIDGE = 2;

/**
 * Fits a model in which good and other requests have the same total weight.
 * @param rows at least one row of each class
 */
export function fitConfidence(rows: readonly LabeledSignals[]): ConfidenceModel {
  const columns = SIGNALS.map((name) => rows.map(({ signals }) => signals[name]));
  const scales = columns.map(scaleOf);
  const inputs = rows.map((_, row) =>
    Float64Array.of(1, ...columns.map((column, i) => (column[row]! - scales[i]!.mean) / scales[i]!.deviation)),
  );
  const good = rows.filter(({ isGood }) => isGood).length;
  const weights = rows.map(({ isGood }) => rows.length / 2 / (isGood ? good : rows.length - good));
  let beta: Float64Array = new Float64Array(SIGNALS.length + 1);
  for (let step = 0; step < STEPS; step++) beta = newtonUpdate(beta, { inputs, rows, weights });
  const slopes = scales.map(({ deviation }, i) => beta[i + 1]! / deviation);
  const intercept = scales.reduce((sum, { mean }, i) => sum - slopes[i]! * mean, beta[0]!);
  return {
    intercept: rounded(intercept),
    weights: Object.fromEntries(SIGNALS.map((name, i) => [name, rounded(slopes[i]!)])) as Signals,
  };
}

/**
 * Returns the area under the ROC curve: the share of pairs of a good and another request in which the good one has the
 * higher confidence. A tie counts as half a pair.
 */
export function areaUnderCurve(good: readonly number[], others: readonly number[]): number {
  const wins = good.map((a) => others.reduce((sum, b) => sum + (a > b ? 1 : a === b ? 0.5 : 0), 0));
  return wins.reduce((a, b) => a + b, 0) / (good.length * others.length);
}

interface FitData {
  inputs: readonly Float64Array[];
  rows: readonly LabeledSignals[];
  weights: readonly number[];
}

/** Returns β after one Newton step. */
function newtonUpdate(beta: Float64Array, { inputs, rows, weights }: FitData): Float64Array {
  // the intercept has no ridge penalty
  const gradient = beta.map((value, i) => (i === 0 ? 0 : RIDGE * value));
  const curvature = diagonalMatrix(beta.length, RIDGE);
  curvature[0]![0] = 1e-6;
  inputs.forEach((x, row) => {
    const p = 1 / (1 + Math.exp(-innerProduct(x, beta)));
    addScaled(gradient, x, weights[row]! * (p - Number(rows[row]!.isGood)));
    addOuter(curvature, x, weights[row]! * p * (1 - p));
  });
  const step = newtonStep(gradient, curvature);
  return beta.map((value, i) => value + step[i]!);
}

function scaleOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { mean, deviation: deviation > 1e-9 ? deviation : 1 };
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
