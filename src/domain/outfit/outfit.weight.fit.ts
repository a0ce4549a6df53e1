// What a pair's parts weigh, learned from which look of an answer shoppers chose. Pure, and the same for the same choices.
//
// A conditional logit (McFadden, Conditional logit analysis of qualitative choice behavior, 1974): P(look i) ∝ exp(β·s_i + b_i), with
// s_i the look's score under the weights and b_i what its position among the looks does, since the first is clicked more
// whatever it shows. Weights are a softmax, so that they stay positive and sum to 1, and are held to those of before by the
// square of how far their logarithms move.
import { outfitScore } from './outfit.js';
import { PAIR_PARTS, weightedScore, type PairPart, type PairWeights } from './pair.score.js';

/** One choice: of each look that was shown the scores of all its pairs, part by part in the order of PAIR_PARTS. */
export interface OutfitChoice {
  looks: readonly (readonly (readonly number[])[])[];
  /** Position of the one that was chosen. */
  chosen: number;
}

export interface LearnedWeights {
  weights: PairWeights;
  choices: number;
  /** By how much the mean log-likelihood of a choice that was not learned from is above that under the weights of before. */
  gain: number;
  /** Its standard error over the choices. */
  error: number;
  /** Whether the gain is no chance: from ENOUGH choices, and above twice its error. */
  isBetter: boolean;
}

/** Fewer say nothing: five weights and as many positions are learned. */
export const ENOUGH = 100;
const FOLDS = 5;
const STEPS = 60;
const RATE = 0.1;
/** How strongly weights are held to those of before, as so many choices. */
const HELD = 4;
/** Of β at the start: a look that is .1 better is chosen twice as often. */
const START_SHARPNESS = 7;
const MOST_POSITIONS = 5;

/** A look as its score is linear in the weights: what each part of each pair brings, and the mean over the pairs. */
interface Look {
  pairs: number[][];
  mean: number[];
}

interface Choice {
  looks: Look[];
  chosen: number;
}

/** u (logarithms of weights), log β, and what positions do. */
type Parameters = number[];
const PARTS = PAIR_PARTS.length;

/**
 * Weights that explain the choices, with what they gain on choices that were kept aside (each fifth in turn).
 * @param choices in any order that does not hang on what was chosen
 * @param before what weighs at present
 * @param breathe waited for after each some 10 ms of work
 */
export async function learnWeights(
  choices: readonly OutfitChoice[],
  before: PairWeights,
  breathe: () => Promise<unknown> = () => Promise.resolve(),
): Promise<LearnedWeights> {
  const usable = choices.filter(({ looks }) => looks.length > 1).map(prepared);
  const gains: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) gains.push(...(await foldGains(usable, fold, { before, breathe })));
  const gain = mean(gains);
  const error = Math.sqrt(mean(gains.map((value) => (value - gain) ** 2)) / Math.max(1, gains.length - 1));
  const isBetter = usable.length >= ENOUGH && gain > 2 * error;
  return {
    weights: weightsOf(await fit(usable, { before, free: true, breathe })),
    choices: usable.length,
    gain,
    error,
    isBetter,
  };
}

interface Fitting {
  before: PairWeights;
  breathe: () => Promise<unknown>;
}

async function foldGains(choices: readonly Choice[], fold: number, fitting: Fitting): Promise<number[]> {
  const [learned, aside] = [choices.filter((_, i) => i % FOLDS !== fold), choices.filter((_, i) => i % FOLDS === fold)];
  if (learned.length === 0) return [];
  const free = await fit(learned, { ...fitting, free: true });
  const held = await fit(learned, { ...fitting, free: false });
  return aside.map((choice) => logLikelihood(choice, free) - logLikelihood(choice, held));
}

/** Adam (Kingma & Ba, 2015) up the penalised likelihood. @param free whether weights move, beside sharpness and positions */
async function fit(
  choices: readonly Choice[],
  { before, free, breathe }: Fitting & { free: boolean },
): Promise<Parameters> {
  const start = PAIR_PARTS.map((part) => Math.log(before[part]));
  const at = [...start, Math.log(START_SHARPNESS), ...Array.from({ length: MOST_POSITIONS }, () => 0)];
  const [first, second] = [at.map(() => 0), at.map(() => 0)];
  for (let step = 1; step <= STEPS && choices.length > 0; step += 1) {
    await breathe();
    const slope = gradient(choices, at, start);
    slope.forEach((value, i) => {
      if (!free && i < PARTS) return;
      first[i] = 0.9 * first[i]! + 0.1 * value;
      second[i] = 0.999 * second[i]! + 0.001 * value ** 2;
      const [m, v] = [first[i] / (1 - 0.9 ** step), second[i] / (1 - 0.999 ** step)];
      at[i]! += (RATE * m) / (Math.sqrt(v) + 1e-9);
    });
  }
  return at;
}

/** Of the mean log-likelihood less what holds the weights. */
function gradient(choices: readonly Choice[], at: Parameters, start: readonly number[]): number[] {
  const sum = at.map(() => 0);
  const shares = sharesOf(at);
  const beta = Math.exp(at[PARTS]!);
  for (const { looks, chosen } of choices) {
    const judged = looks.map((look) => judge(look, shares));
    const expected = softmax(judged.map(({ score }, i) => beta * score + bias(at, i)));
    judged.forEach(({ score, slopes }, i) => {
      const surprise = (i === chosen ? 1 : 0) - expected[i]!;
      for (let k = 0; k < PARTS; k++) sum[k]! += surprise * beta * slopes[k]!;
      sum[PARTS]! += surprise * beta * score;
      sum[PARTS + 1 + Math.min(i, MOST_POSITIONS - 1)]! += surprise;
    });
  }
  return sum.map((value, i) => (value - (i < PARTS ? HELD * (at[i]! - start[i]!) : 0)) / choices.length);
}

function logLikelihood({ looks, chosen }: Choice, at: Parameters): number {
  const shares = sharesOf(at);
  const beta = Math.exp(at[PARTS]!);
  return Math.log(softmax(looks.map((look, i) => beta * judge(look, shares).score + bias(at, i)))[chosen]!);
}

/** A look's score, and how it changes with the logarithm of each weight: w_k·(g_k − Σ w·g), g the slope by the weight. */
function judge({ pairs, mean }: Look, shares: readonly number[]): { score: number; slopes: number[] } {
  let [least, weakest] = [Infinity, mean];
  for (const pair of pairs) {
    const score = dot(shares, pair);
    if (score < least) [least, weakest] = [score, pair];
  }
  // scores are linear in the weights, so a look's is that of its mean pair and its weakest one
  const slopes = mean.map((value, k) => outfitScore({ count: 1, sum: value, least: weakest[k]!, leastAdded: 0 }));
  const score = dot(shares, slopes);
  return { score, slopes: slopes.map((slope, k) => shares[k]! * (slope - score)) };
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < PARTS; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** What each part brings to a pair's score for each unit of its weight. */
function effectsOf(parts: readonly number[]): number[] {
  return ONLY.map((weights) => weightedScore(parts, weights));
}

const ONLY: readonly PairWeights[] = PAIR_PARTS.map(
  (part) => Object.fromEntries(PAIR_PARTS.map((other) => [other, Number(other === part)])) as Record<PairPart, number>,
);

function prepared({ looks, chosen }: OutfitChoice): Choice {
  return {
    chosen,
    looks: looks.map((parts) => {
      const pairs = parts.map(effectsOf);
      return { pairs, mean: PAIR_PARTS.map((_, k) => mean(pairs.map((pair) => pair[k]!))) };
    }),
  };
}

function weightsOf(at: Parameters): PairWeights {
  const shares = sharesOf(at);
  return Object.fromEntries(PAIR_PARTS.map((part, i) => [part, shares[i]!])) as Record<PairPart, number>;
}

function sharesOf(at: Parameters): number[] {
  return softmax(at.slice(0, PARTS));
}

function bias(at: Parameters, position: number): number {
  return at[PARTS + 1 + Math.min(position, MOST_POSITIONS - 1)]!;
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
