// Weights of the contributions from choices. Pure; in steps, since it takes a second.
//
// Loss: Σ over choices of (1 / propensity of their rank) · −log softmax(u · x) over what the answer showed, the listwise loss with
// inverse propensities of Ai et al. (Unbiased learning to rank with unbiased propensity estimation, SIGIR 2018). Prior: each u_k is
// normal around κ·(present weight) with a deviation of κ/2, so that little data changes little.
import { LEARNABLE, type Learnable } from './learned.weights.js';
import type { LoggedAnswer } from './logged.answer.js';
import { addOuter, addScaled, diagonalMatrix, innerProduct, newtonStep } from './newton.js';

/** Deviation of a weight from the present one, as a share of κ, before anything is known. */
const PRIOR_DEVIATION = 0.5;
/** Sharpness of choices, one unit of the score in log odds: found first, with the present weights. */
const SHARPNESS = { least: 1, most: 60 };
const STEPS = 15;
/** Steps end once no weight changes by more; κ is some 10. */
const SETTLED = 1e-4;
const MOST_WEIGHT = 3;

/** What was chosen among what one answer showed, by weight. */
interface Choices {
  shown: Float64Array[];
  /** Σ weights, and Σ weight·row of what was chosen. */
  weight: number;
  chosen: Float64Array;
}

/**
 * @param propensities by rank from 1; all 1 learns naively, as if every place were looked at
 * @returns weights 0…3, 1 being what a contribution counts by itself
 */
export function* fitWeights(
  answers: readonly LoggedAnswer[],
  propensities: readonly number[],
  present: Record<Learnable, number>,
): Generator<void, Record<Learnable, number>> {
  const choices = choicesOf(answers, propensities);
  const prior = Float64Array.from(LEARNABLE, (name) => present[name]);
  const sharpness = yield* sharpnessOf(choices, prior);
  const centre = prior.map((value) => sharpness * value);
  const weights = yield* likeliest(choices, {
    start: centre,
    precision: 1 / (PRIOR_DEVIATION * sharpness) ** 2,
    stepped: (value) => value,
  });
  const found = LEARNABLE.map((name, k) => [name, Math.min(MOST_WEIGHT, Math.max(0, weights[k]! / sharpness))]);
  return Object.fromEntries(found) as Record<Learnable, number>;
}

/** Weights are scaled to a mean of 1 a choice: the prior is weighed against how many there are. */
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

/** κ of the likeliest softmax(κ · score). */
function* sharpnessOf(choices: readonly Choices[], prior: Float64Array): Generator<void, number> {
  const scored = choices.map(({ shown, weight, chosen }) => ({
    shown: shown.map((x) => Float64Array.of(innerProduct(prior, x))),
    weight,
    chosen: Float64Array.of(innerProduct(prior, chosen)),
  }));
  const bounded = (value: number): number => Math.min(SHARPNESS.most, Math.max(SHARPNESS.least, value));
  const found = yield* likeliest(scored, { start: Float64Array.of(5), precision: 1e-6, stepped: bounded });
  return found[0]!;
}

/** Newton's method on the loss of all choices and ½·precision·‖u − start‖². @param search.stepped bounds each value */
function* likeliest(
  choices: readonly Choices[],
  search: { start: Float64Array; precision: number; stepped: (value: number) => number },
): Generator<void, Float64Array> {
  const { start, precision, stepped } = search;
  let weights = start;
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((value, k) => precision * (value - start[k]!));
    const hessian = diagonalMatrix(weights.length, precision);
    for (const one of choices) addChoices(one, { weights, gradient, hessian });
    const change = newtonStep(gradient, hessian);
    weights = weights.map((value, k) => stepped(value + change[k]!));
    yield;
    if (change.every((value) => Math.abs(value) < SETTLED)) break;
  }
  return weights;
}

/** Adds gradient and Hessian of the choices' −log softmax: W·mean − Σ w·x, and W times the covariance under the softmax. */
function addChoices(
  { shown, weight, chosen }: Choices,
  to: { weights: Float64Array; gradient: Float64Array; hessian: Float64Array[] },
): void {
  const logits = shown.map((x) => innerProduct(to.weights, x));
  const most = Math.max(...logits);
  const odds = logits.map((value) => Math.exp(value - most));
  const sum = odds.reduce((total, value) => total + value, 0);
  const mean = new Float64Array(chosen.length);
  shown.forEach((x, i) => {
    const share = odds[i]! / sum;
    addScaled(mean, x, share);
    addOuter(to.hessian, x, weight * share);
  });
  addOuter(to.hessian, mean, -weight);
  addScaled(to.gradient, mean, weight);
  addScaled(to.gradient, chosen, -1);
}
