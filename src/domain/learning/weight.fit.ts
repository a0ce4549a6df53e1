// Fit of the contribution weights to the shoppers' choices.
// It takes about a second, so it runs in steps.
//
// Loss: Σ over choices of (1 / propensity of their rank) · −log softmax(u · x) over the shown garments. This is the
// listwise loss with inverse propensities of Ai et al. (Unbiased learning to rank with unbiased propensity estimation,
// SIGIR 2018). Prior: each u_k is normal around κ·(current weight) with deviation κ/2, so that little data changes
// little.
import { LEARNABLE, type Learnable } from './learned.weights.js';
import type { LoggedAnswer } from './logged.answer.js';
import { addOuter, addScaled, diagonalMatrix, innerProduct, newtonStep } from './newton.js';

/** Prior deviation of a weight from the current one, as a share of κ. */
const PRIOR_DEVIATION = 0.5;
/** Bounds of κ, the log odds per unit of score. It is fitted first, with the current weights. */
const SHARPNESS = { least: 1, most: 60 };
const STEPS = 15;
/** The steps end once no weight changes by more than this; κ is about 10. */
const TOLERANCE = 1e-4;
const MOST_WEIGHT = 3;

/** The shown garments and the weighted choices of one recommendation. */
interface Choices {
  shown: Float64Array[];
  /** Sum of the choices' weights. `chosen` is the sum of weight·row over the chosen rows. */
  weight: number;
  chosen: Float64Array;
}

/**
 * Fits the weights.
 * @param propensities by rank from 1; all 1 assumes that shoppers look at every rank
 * @returns weights 0…3, where 1 leaves a contribution unchanged
 */
export function* fitWeights(
  answers: readonly LoggedAnswer[],
  propensities: readonly number[],
  present: Record<Learnable, number>,
): Generator<void, Record<Learnable, number>> {
  const choices = choicesOf(answers, propensities);
  const prior = Float64Array.from(LEARNABLE, (name) => present[name]);
  const sharpness = yield* sharpnessOf(choices, prior);
  const center = prior.map((value) => sharpness * value);
  const weights = yield* newtonFit(choices, {
    start: center,
    precision: 1 / (PRIOR_DEVIATION * sharpness) ** 2,
    bound: (value) => value,
  });
  const fitted = LEARNABLE.map((name, k) => [name, Math.min(MOST_WEIGHT, Math.max(0, weights[k]! / sharpness))]);
  return Object.fromEntries(fitted) as Record<Learnable, number>;
}

/**
 * Returns the choices with their weights scaled to a mean of 1, because the prior is balanced against the number of
 * choices.
 */
function choicesOf(answers: readonly LoggedAnswer[], propensities: readonly number[]): Choices[] {
  const weightAt = (rank: number): number => 1 / (propensities[rank - 1] ?? propensities.at(-1)!);
  const ranks = answers.flatMap(({ rows }) => rows.filter(({ isChosen }) => isChosen).map(({ rank }) => rank));
  const mean = ranks.reduce((sum, rank) => sum + weightAt(rank), 0) / ranks.length;
  return answers.flatMap(({ rows }) => {
    const chosen = new Float64Array(LEARNABLE.length);
    let total = 0;
    for (const { features, rank, isChosen } of rows) {
      if (!isChosen) continue;
      const weight = weightAt(rank) / mean;
      total += weight;
      addScaled(chosen, features, weight);
    }
    const shown = rows.map(({ features }) => Float64Array.from(features));
    return total > 0 ? [{ shown, weight: total, chosen }] : [];
  });
}

/** Returns the κ that maximizes the likelihood of softmax(κ · score). */
function* sharpnessOf(choices: readonly Choices[], prior: Float64Array): Generator<void, number> {
  const scored = choices.map(({ shown, weight, chosen }) => ({
    shown: shown.map((x) => Float64Array.of(innerProduct(prior, x))),
    weight,
    chosen: Float64Array.of(innerProduct(prior, chosen)),
  }));
  const bounded = (value: number): number => Math.min(SHARPNESS.most, Math.max(SHARPNESS.least, value));
  const fitted = yield* newtonFit(scored, { start: Float64Array.of(5), precision: 1e-6, bound: bounded });
  return fitted[0]!;
}

/**
 * Minimizes the loss plus ½·precision·‖u − start‖² by Newton's method.
 * @param search.bound bounds each value after a step
 */
function* newtonFit(
  choices: readonly Choices[],
  search: { start: Float64Array; precision: number; bound: (value: number) => number },
): Generator<void, Float64Array> {
  const { start, precision, bound } = search;
  let weights = start;
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((value, k) => precision * (value - start[k]!));
    const hessian = diagonalMatrix(weights.length, precision);
    for (const recommendation of choices) addChoices(recommendation, { weights, gradient, hessian });
    const change = newtonStep(gradient, hessian);
    weights = weights.map((value, k) => bound(value + change[k]!));
    yield;
    if (change.every((value) => Math.abs(value) < TOLERANCE)) break;
  }
  return weights;
}

/** Adds the gradient and Hessian of −log softmax: W·mean − Σ w·x, and W times the covariance under the softmax. */
function addChoices(
  { shown, weight, chosen }: Choices,
  totals: { weights: Float64Array; gradient: Float64Array; hessian: Float64Array[] },
): void {
  const logits = shown.map((x) => innerProduct(totals.weights, x));
  const most = Math.max(...logits);
  const odds = logits.map((value) => Math.exp(value - most));
  const sum = odds.reduce((total, value) => total + value, 0);
  const mean = new Float64Array(chosen.length);
  shown.forEach((x, i) => {
    const share = odds[i]! / sum;
    addScaled(mean, x, share);
    addOuter(totals.hessian, x, weight * share);
  });
  addOuter(totals.hessian, mean, -weight);
  addScaled(totals.gradient, mean, weight);
  addScaled(totals.gradient, chosen, -1);
}
