// Learning of a store's ranking weights from its recommendation log.
import { evaluateHeldOut, type HeldOutEvaluation } from './held.out.js';
import { LEARNABLE, type Learnable } from './learned.weights.js';
import { choicesIn, type LoggedAnswer } from './logged.answer.js';
import { positionBias } from './position.bias.js';
import { fitWeights } from './weight.fit.js';

/** Share of the log, oldest first, that the weights are learned from. The rest evaluates them. */
const TRAINING_SHARE = 0.7;
/** Minimum numbers of choices: to learn weights, and to activate them. */
export const LEAST_CHOICES = { learned: 200, heldOut: 80 };

export interface LearningReport extends HeldOutEvaluation {
  answers: number;
  choices: number;
  heldOutChoices: number;
  /** Probability that a shopper looks at each rank, from rank 1. */
  propensities: number[];
}

export interface TrainingExample {
  weights: Record<Learnable, number>;
  report: LearningReport;
  /** True if the whole 95 % interval of the held-out difference is above 0. */
  isBetter: boolean;
}

export const UNLEARNED = Object.fromEntries(LEARNABLE.map((name) => [name, 1])) as Record<Learnable, number>;

/**
 * Learns propensities and weights from the earlier recommendations and evaluates them on the later ones. As a
 * generator, it lets the event loop serve requests between its steps of a few ms.
 * @param answers oldest first
 * @param present the current weights
 * @returns null with too few choices
 */
export function* learnRanking(
  answers: readonly LoggedAnswer[],
  present: Record<Learnable, number> = UNLEARNED,
): Generator<void, TrainingExample | null> {
  const split = Math.floor(answers.length * TRAINING_SHARE);
  const [earlier, later] = [answers.slice(0, split), answers.slice(split)];
  const heldOutChoices = choicesIn(later);
  if (choicesIn(earlier) < LEAST_CHOICES.learned || heldOutChoices < LEAST_CHOICES.heldOut) return null;
  const propensities = yield* positionBias(earlier);
  const weights = yield* fitWeights(earlier, propensities, present);
  const evaluation = yield* evaluateHeldOut(later, propensities, { present, other: weights });
  return {
    weights,
    report: { answers: answers.length, choices: choicesIn(answers), heldOutChoices, propensities, ...evaluation },
    isBetter: evaluation.low > 0,
  };
}
