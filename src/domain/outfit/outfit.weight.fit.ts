// Fit of the pair weights to the outfits that shoppers choose. It is deterministic.
//
// The model is a conditional logit (McFadden, Conditional logit analysis of qualitative choice behavior, 1974):
// P(outfit i) ∝ exp(β·s_i + b_i). s_i is the outfit's score under the weights. b_i is the effect of its position,
// because the first outfit is clicked more often whatever it shows. The weights are a softmax, so they are positive and
// sum to 1. A penalty on the squared change of their logarithms keeps them close to the current weights.
import { outfitScore } from './outfit.js';
import { PAIR_PARTS, weightedScore, type PairPart, type PairWeights } from './pair.score.js';

/** One choice: the pair scores of each shown outfit, rule by rule in the order of PAIR_PARTS. */
export interface OutfitChoice {
  looks: readonly (readonly (readonly number[])[])[];
  /** Position of the chosen outfit. */
  chosen: number;
}

export interface LearnedWeights {
  weights: PairWeights;
  choices: number;
  /** Mean gain in log-likelihood per held-out choice, compared with the current weights. */
  gain: number;
  /** Standard error of the gain over the choices. */
  error: number;
  /** True if the gain is significant: at least MIN_CHOICES choices, and a gain above twice its error. */
  isBetter: boolean;
}

/** Minimum number of choices: five weights and as many position effects are fitted. */
export const MIN_CHOICES = 100;
const FOLDS = 5;
const STEPS = 60;
const RATE = 0.1;
/** Strength of the penalty, expressed as a number of choices. */
const PENALTY_CHOICES = 4;
/** Initial β: an outfit that scores .1 higher is chosen twice as often. */
const START_SHARPNESS = 7;
const MOST_POSITIONS = 5;

/**
 * An outfit as input of the linear score: each rule's contribution to each pair, and the mean of these contributions.
 */
interface PreparedOutfit {
  pairs: number[][];
  mean: number[];
}

interface PreparedChoice {
  looks: PreparedOutfit[];
  chosen: number;
}

/** u (logarithms of the weights), log β, and the position effects. */
type Parameters = number[];
const PARTS = PAIR_PARTS.length;

/**
 * Returns weights that explain the choices, and their gain on held-out choices (5-fold cross-validation).
 * @param choices in an order that does not depend on the chosen outfits
 * @param before the current weights
 * @param yieldControl awaited after about 10 ms of work each time
 */
export async function learnWeights(
  choices: readonly OutfitChoice[],
  before: PairWeights,
  yieldControl: () => Promise<unknown> = () => Promise.resolve(),
): Promise<LearnedWeights> {
  const usable = choices.filter(({ looks }) => looks.length > 1).map(prepared);
  const gains: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) gains.push(...(await foldGains(usable, fold, { before, yieldControl })));
  const gain = mean(gains);
  const error = Math.sqrt(mean(gains.map((value) => (value - gain) ** 2)) / Math.max(1, gains.length - 1));
  const isBetter = usable.length >= MIN_CHOICES && gain > 2 * error;
  return {
    weights: weightsOf(await fit(usable, { before, free: true, yieldControl })),
    choices: usable.length,
    gain,
    error,
    isBetter,
  };
}

interface FitOptions {
  before: PairWeights;
  yieldControl: () => Promise<unknown>;
}

async function foldGains(choices: readonly PreparedChoice[], fold: number, fitting: FitOptions): Promise<number[]> {
  const [training, heldOut] = [
    choices.filter((_, i) => i % FOLDS !== fold),
    choices.filter((_, i) => i % FOLDS === fold),
  ];
  if (training.length === 0) return [];
  const free = await fit(training, { ...fitting, free: true });
  const baseline = await fit(training, { ...fitting, free: false });
  return heldOut.map((choice) => logLikelihood(choice, free) - logLikelihood(choice, baseline));
}

/**
 * Maximizes the penalized likelihood with Adam (Kingma & Ba, 2015).
 * @param free false fits only sharpness and position effects
 */
async function fit(
  choices: readonly PreparedChoice[],
  { before, free, yieldControl }: FitOptions & { free: boolean },
): Promise<Parameters> {
  const start = PAIR_PARTS.map((part) => Math.log(before[part]));
  const parameters = [...start, Math.log(START_SHARPNESS), ...Array.from({ length: MOST_POSITIONS }, () => 0)];
  const [first, second] = [parameters.map(() => 0), parameters.map(() => 0)];
  for (let step = 1; step <= STEPS && choices.length > 0; step += 1) {
    await yieldControl();
    const slope = gradient(choices, parameters, start);
    slope.forEach((value, i) => {
      if (!free && i < PARTS) return;
      first[i] = 0.9 * first[i]! + 0.1 * value;
      second[i] = 0.999 * second[i]! + 0.001 * value ** 2;
      const [m, v] = [first[i] / (1 - 0.9 ** step), second[i] / (1 - 0.999 ** step)];
      parameters[i]! += (RATE * m) / (Math.sqrt(v) + 1e-9);
    });
  }
  return parameters;
}

/** Returns the gradient of the mean log-likelihood minus the penalty. */
function gradient(choices: readonly PreparedChoice[], parameters: Parameters, start: readonly number[]): number[] {
  const sum = parameters.map(() => 0);
  const shares = sharesOf(parameters);
  const beta = Math.exp(parameters[PARTS]!);
  for (const { looks, chosen } of choices) {
    const scored = looks.map((outfit) => scoreOutfit(outfit, shares));
    const expected = softmax(scored.map(({ score }, i) => beta * score + bias(parameters, i)));
    scored.forEach(({ score, slopes }, i) => {
      const surprise = (i === chosen ? 1 : 0) - expected[i]!;
      for (let k = 0; k < PARTS; k++) sum[k]! += surprise * beta * slopes[k]!;
      sum[PARTS]! += surprise * beta * score;
      sum[PARTS + 1 + Math.min(i, MOST_POSITIONS - 1)]! += surprise;
    });
  }
  return sum.map(
    (value, i) => (value - (i < PARTS ? PENALTY_CHOICES * (parameters[i]! - start[i]!) : 0)) / choices.length,
  );
}

function logLikelihood({ looks, chosen }: PreparedChoice, parameters: Parameters): number {
  const shares = sharesOf(parameters);
  const beta = Math.exp(parameters[PARTS]!);
  return Math.log(
    softmax(looks.map((outfit, i) => beta * scoreOutfit(outfit, shares).score + bias(parameters, i)))[chosen]!,
  );
}

/**
 * Returns an outfit's score and its derivative by each log weight: w_k·(g_k − Σ w·g), with g the derivative by the
 * weight.
 */
function scoreOutfit({ pairs, mean }: PreparedOutfit, shares: readonly number[]): { score: number; slopes: number[] } {
  let [least, weakest] = [Infinity, mean];
  for (const pair of pairs) {
    const score = dot(shares, pair);
    if (score < least) [least, weakest] = [score, pair];
  }
  // Scores are linear in the weights, so an outfit's score follows from its mean pair and its weakest pair.
  const slopes = mean.map((value, k) => outfitScore({ count: 1, sum: value, least: weakest[k]!, leastAdded: 0 }));
  const score = dot(shares, slopes);
  return { score, slopes: slopes.map((slope, k) => shares[k]! * (slope - score)) };
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < PARTS; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Returns each rule's contribution to a pair's score per unit of its weight. */
function effectsOf(parts: readonly number[]): number[] {
  return UNIT_WEIGHTS.map((weights) => weightedScore(parts, weights));
}

const UNIT_WEIGHTS: readonly PairWeights[] = PAIR_PARTS.map(
  (part) => Object.fromEntries(PAIR_PARTS.map((other) => [other, Number(other === part)])) as Record<PairPart, number>,
);

function prepared({ looks, chosen }: OutfitChoice): PreparedChoice {
  return {
    chosen,
    looks: looks.map((parts) => {
      const pairs = parts.map(effectsOf);
      return { pairs, mean: PAIR_PARTS.map((_, k) => mean(pairs.map((pair) => pair[k]!))) };
    }),
  };
}

function weightsOf(parameters: Parameters): PairWeights {
  const shares = sharesOf(parameters);
  return Object.fromEntries(PAIR_PARTS.map((part, i) => [part, shares[i]!])) as Record<PairPart, number>;
}

function sharesOf(parameters: Parameters): number[] {
  return softmax(parameters.slice(0, PARTS));
}

function bias(parameters: Parameters, position: number): number {
  return parameters[PARTS + 1 + Math.min(position, MOST_POSITIONS - 1)]!;
}

function softmax(values: readonly number[]): number[] {
  const most = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
