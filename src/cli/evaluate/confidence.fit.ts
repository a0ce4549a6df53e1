// Owns the fitting of a confidence: logistic regression with a ridge, by Newton's steps (Hastie, Tibshirani & Friedman, The
// Elements of Statistical Learning, 2nd edition, 4.4.1). Knows no requests.
import { SIGNALS, type ConfidenceModel, type Signals } from '../../domain/confidence.js';

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
  const inputs = rows.map((_, row) => [
    1,
    ...columns.map((column, i) => (column[row]! - scales[i]!.mean) / scales[i]!.deviation),
  ]);
  const good = rows.filter(({ isGood }) => isGood).length;
  const weights = rows.map(({ isGood }) => rows.length / 2 / (isGood ? good : rows.length - good));
  let beta = new Array<number>(inputs[0]!.length).fill(0);
  for (let step = 0; step < STEPS; step++) beta = newtonStep(beta, { inputs, rows, weights });
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
  inputs: readonly number[][];
  rows: readonly Labelled[];
  weights: readonly number[];
}

function newtonStep(beta: number[], { inputs, rows, weights }: Data): number[] {
  const size = beta.length;
  // the intercept is not held down
  const gradient = beta.map((value, i) => (i === 0 ? 0 : -RIDGE * value));
  const hessian = beta.map((_, i) => beta.map((__, j) => (i === j ? (i === 0 ? 1e-6 : RIDGE) : 0)));
  inputs.forEach((x, row) => {
    const p = 1 / (1 + Math.exp(-x.reduce((sum, value, i) => sum + value * beta[i]!, 0)));
    const error = weights[row]! * (Number(rows[row]!.isGood) - p);
    const curve = weights[row]! * p * (1 - p);
    for (let i = 0; i < size; i++) {
      gradient[i]! += error * x[i]!;
      for (let j = 0; j < size; j++) hessian[i]![j]! += curve * x[i]! * x[j]!;
    }
  });
  const change = solved(hessian, gradient);
  return beta.map((value, i) => value + change[i]!);
}

/** A·x = b by elimination; A is positive definite, so no pivots are looked for. */
function solved(a: number[][], b: number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]!]);
  rows.forEach((pivot, i) => {
    for (const [j, row] of rows.entries()) {
      if (j === i) continue;
      const factor = row[i]! / pivot[i]!;
      for (let k = i; k < row.length; k++) row[k]! -= factor * pivot[k]!;
    }
  });
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}

function scaleOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { mean, deviation: deviation > 1e-9 ? deviation : 1 };
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
