// Learns a store's weights from its log: propensities and weights from the earlier answers, a verdict from the later ones.
import { judge, type HeldOutEvaluation } from './held.out.js';
import { LEARNABLE, type Learnable } from './learned.weights.js';
import { choicesIn, type LoggedAnswer } from './logged.answer.js';
import { positionBias } from './position.bias.js';
import { fitWeights } from './weight.fit.js';

/** Of the log in its order of time; the rest judges. */
const LEARNED_FROM = 0.7;
/** With fewer choices nothing is learned; with fewer to judge by nothing is switched on. */
export const LEAST_CHOICES = { learned: 200, heldOut: 80 };

export interface LearningReport extends HeldOutEvaluation {
  answers: number;
  choices: number;
  heldOutChoices: number;
  /** How likely each place is looked at, from the first. */
  propensities: number[];
}

export interface TrainingExample {
  weights: Record<Learnable, number>;
  report: LearningReport;
  /** Better than the present on what was held out, by the whole of the 95 % interval. */
  isBetter: boolean;
}

export const UNLEARNED = Object.fromEntries(LEARNABLE.map((name) => [name, 1])) as Record<Learnable, number>;

/**
 * A generator, so that whoever runs it on a thread that answers requests can let some through between its steps of a few ms.
 * @param answers in the order of time
 * @param present the weights that are in use
 * @returns null where there are too few choices
 */
export function* learnRanking(
  answers: readonly LoggedAnswer[],
  present: Record<Learnable, number> = UNLEARNED,
): Generator<void, TrainingExample | null> {
  const split = Math.floor(answers.length * LEARNED_FROM);
  const [earlier, later] = [answers.slice(0, split), answers.slice(split)];
  const heldOutChoices = choicesIn(later);
  if (choicesIn(earlier) < LEAST_CHOICES.learned || heldOutChoices < LEAST_CHOICES.heldOut) return null;
  const propensities = yield* positionBias(earlier);
  const weights = yield* fitWeights(earlier, propensities, present);
  const judgement = yield* judge(later, propensities, { present, other: weights });
  return {
    weights,
    report: { answers: answers.length, choices: choicesIn(answers), heldOutChoices, propensities, ...judgement },
    isBetter: judgement.low > 0,
  };
}
