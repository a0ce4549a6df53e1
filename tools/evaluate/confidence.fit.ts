// Owns the fitting of a confidence: logistic regression with a ridge, by Newton's steps (Hastie, Tibshirani & Friedman, The
// Elements of Statistical Learning, 2nd edition, 4.4.1). Knows no requests.
import { addOuter, addScaled, diagonalMatrix, innerProduct, newtonStep } from '../../src/domain/learning/newton.js';
import { SIGNALS, type ConfidenceModel, type Signals } from '../../src/domain/recommend/confidence.js';

export interface Labelled {
  signals: Signals;
  isGood: boolean;
}

const STEPS = 30;
/** On standardised signals, in rows: a signal that parts the two without a fault would otherwise have no bound. */
const RIDGE = 2;

/** Good and other requests weigh the same, however many there are of each. @param rows at least one of both */
export function fitConfidence(rows: readonly Labelled[]): ConfidenceModel {
  const columns = SIGNALS.map((name) => rows.map(({ signals }) => signals[name]));
  const scales = columns.map(scaleOf);
  const inputs = rows.map((_, row) =>
    Float64Array.of(1, ...columns.map((column, i) => (column[row]! - scales[i]!.mean) / scales[i]!.deviation)),
  );
  const good = rows.filter(({ isGood }) => isGood).length;
  const weights = rows.map(({ isGood }) => rows.length / 2 / (isGood ? good : rows.length - good));
  let beta: Float64Array = new Float64Array(SIGNALS.length + 1);
  for (let step = 0; step < STEPS; step++) beta = improved(beta, { inputs, rows, weights });
  const slopes = scales.map(({ deviation }, i) => beta[i + 1]! / deviation);
  const intercept = scales.reduce((sum, { mean }, i) => sum - slopes[i]! * mean, beta[0]!);
  return {
    intercept: rounded(intercept),
    weights: Object.fromEntries(SIGNALS.map((name, i) => [name, rounded(slopes[i]!)])) as Signals,
  };
}

/** Share of pairs of a good and another request in which the good one is surer; a tie is half. */
export function areaUnderCurve(good: readonly number[], others: readonly number[]): number {
  const wins = good.map((a) => others.reduce((sum, b) => sum + (a > b ? 1 : a === b ? 0.5 : 0), 0));
  return wins.reduce((a, b) => a + b, 0) / (good.length * others.length);
}

interface Data {
  inputs: readonly Float64Array[];
  rows: readonly Labelled[];
  weights: readonly number[];
}

/** The next β. */
function improved(beta: Float64Array, { inputs, rows, weights }: Data): Float64Array {
  // the intercept is not held down
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
