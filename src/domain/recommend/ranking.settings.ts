// What shapes a ranking beside what is asked for: what the request says of it, else the shopper's variants, else what is usual.
import type { ExperimentSettings } from '../analytics/experiment.js';
import type { FusionMethod } from './fusion.js';
import type { LearnedWeights } from '../learning/learned.weights.js';
import type { MerchandisingRule } from './merchandising.rule.js';
import type { FusionOptions } from './recommend.request.js';
import type { AppliedSettings } from './recommendation.js';

export interface RankingSettings {
  fusion: FusionOptions;
  diversity: number;
  /** Strength of the shopper's taste, 0…2. */
  taste: number;
  learned: LearnedWeights | null;
  /** A variant rules learned weights out. */
  withoutLearned: boolean;
}

/**
 * A request that says anything of the fusion is left alone in all of it, since weights are for a method. A diversity of 0 is
 * what a request has that does not speak of it, and gives way. A method that the model does not offer, after a switch, does too.
 * @param methods that the running model offers
 */
export function rankingSettings(
  asked: { fusion: FusionOptions; diversity: number },
  around: { trial: ExperimentSettings; learned: LearnedWeights | null },
  methods: readonly FusionMethod[],
): RankingSettings {
  const { trial, learned } = around;
  const saysFusion = Object.values(asked.fusion).some((value) => value != null);
  const method = trial.fusion && methods.includes(trial.fusion) ? trial.fusion : null;
  return {
    fusion: saysFusion ? asked.fusion : { method, textWeight: trial.textWeight, imageWeight: trial.imageWeight },
    diversity: asked.diversity === 0 ? (trial.diversity ?? 0) : asked.diversity,
    taste: trial.taste ?? 1,
    learned: trial.learned === false ? null : learned,
    withoutLearned: trial.learned === false,
  };
}

/** The same as it is kept with the answer. @param rules that held, in their order */
export function appliedSettings(
  { fusion, taste, learned, withoutLearned }: RankingSettings,
  rules: readonly Pick<MerchandisingRule, 'id'>[],
  wanted: number,
): AppliedSettings {
  return { fusion, taste, learned: learned?.version ?? null, withoutLearned, rules: rules.map(({ id }) => id), wanted };
}
