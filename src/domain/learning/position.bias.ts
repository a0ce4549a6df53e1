// How likely a place of a ranking is looked at, estimated from the log alone. Pure; in steps, since it takes a second.
//
// Position-based model: P(chosen | rank k, row x) = θ_k · r(x), a row is chosen where it is looked at and wanted. θ and r are
// fitted by regression-EM (Wang et al., Position bias estimation for unbiased learning to rank in personal search, WSDM 2018): r
// is a logistic regression on the contributions, which is what tells θ and r apart, as the same contributions stand at
// different ranks in different answers.
import { LEARNABLE } from './learned.weights.js';
import { LEARNED_DEPTH, type LoggedAnswer } from './logged.answer.js';
import { addOuter, addScaled, diagonalMatrix, innerProduct, newtonStep } from './newton.js';

/**
 * The least that a place counts for: a choice there weighs at most ten times one at the top. Clipping trades some bias for
 * variance, which a few choices far down would otherwise make of the whole.
 */
const LEAST_PROPENSITY = 0.1;
const ROUNDS = 60;
/** Rounds end early once no place changes by more. */
const SETTLED = 2e-4;
/** Keeps the regression finite where a contribution never varies. */
const RIDGE = 1e-3;

interface Row {
  rank: number;
  /** With a 1 in front, for the intercept. */
  x: Float64Array;
  isChosen: boolean;
}

/**
 * θ by rank from 1 to 20, scaled so that the first place has 1, and clipped to at least .1. What is not in the log takes the
 * place above it.
 */
export function* positionBias(answers: readonly LoggedAnswer[]): Generator<void, number[]> {
  const rows = answers.flatMap((answer) =>
    answer.rows
      .filter(({ rank }) => rank <= LEARNED_DEPTH)
      .map(({ rank, features, isChosen }): Row => ({ rank, x: Float64Array.of(1, ...features), isChosen })),
  );
  let looked = Array.from({ length: LEARNED_DEPTH }, (_, i) => 1 / Math.sqrt(i + 1));
  let wanting = new Float64Array(1 + LEARNABLE.length);
  for (let round = 0; round < ROUNDS; round++) {
    const wanted = rows.map(({ x }) => sigmoid(innerProduct(wanting, x)));
    const next = expectedLooks(rows, looked, wanted);
    wanting = refit(rows, { wanting, wanted, looked });
    const change = Math.max(...next.map((value, k) => Math.abs(value - looked[k]!)));
    looked = next;
    yield;
    if (change < SETTLED) break;
  }
  const top = Math.max(looked[0]!, 1e-6);
  return looked.map((value) => Math.min(1, Math.max(LEAST_PROPENSITY, value / top)));
}

/** Mean of P(looked at | chosen or not) at each rank. */
function expectedLooks(rows: readonly Row[], looked: readonly number[], wanted: readonly number[]): number[] {
  const sums = looked.map(() => 0);
  const counts = looked.map(() => 0);
  rows.forEach(({ rank, isChosen }, i) => {
    const theta = looked[rank - 1]!;
    const r = wanted[i]!;
    sums[rank - 1]! += isChosen ? 1 : (theta * (1 - r)) / (1 - theta * r);
    counts[rank - 1]!++;
  });
  const next: number[] = [];
  for (let k = 0; k < looked.length; k++) next.push(counts[k]! > 0 ? sums[k]! / counts[k]! : (next[k - 1] ?? 1));
  return next;
}

/** One Newton step of the logistic regression on P(wanted | chosen or not). */
function refit(
  rows: readonly Row[],
  { wanting, wanted, looked }: { wanting: Float64Array; wanted: number[]; looked: number[] },
): Float64Array<ArrayBuffer> {
  const gradient = wanting.map((value) => RIDGE * value);
  const hessian = diagonalMatrix(wanting.length, RIDGE);
  rows.forEach(({ rank, x, isChosen }, i) => {
    const theta = looked[rank - 1]!;
    const r = wanted[i]!;
    const target = isChosen ? 1 : ((1 - theta) * r) / (1 - theta * r);
    addScaled(gradient, x, r - target);
    addOuter(hessian, x, r * (1 - r));
  });
  const step = newtonStep(gradient, hessian);
  return wanting.map((value, j) => value + step[j]!);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, value))));
}
