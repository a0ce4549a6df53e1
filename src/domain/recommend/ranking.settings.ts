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
  profileStrength: number;
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
  context: { experimentSettings: ExperimentSettings; learned: LearnedWeights | null },
  methods: readonly FusionMethod[],
): RankingSettings {
  const { experimentSettings: experiment, learned } = context;
  const saysFusion = Object.values(asked.fusion).some((value) => value != null);
  const method = experiment.fusion && methods.includes(experiment.fusion) ? experiment.fusion : null;
  return {
    fusion: saysFusion
      ? asked.fusion
      : { method, textWeight: experiment.textWeight, imageWeight: experiment.imageWeight },
    diversity: asked.diversity === 0 ? (experiment.diversity ?? 0) : asked.diversity,
    profileStrength: experiment.taste ?? 1,
    learned: experiment.learned === false ? null : learned,
    withoutLearned: experiment.learned === false,
  };
}

/** The same as it is kept with the answer. @param rules that held, in their order */
export function appliedSettings(
  { fusion, profileStrength: taste, learned, withoutLearned }: RankingSettings,
  rules: readonly Pick<MerchandisingRule, 'id'>[],
  wanted: number,
): AppliedSettings {
  return { fusion, taste, learned: learned?.version ?? null, withoutLearned, rules: rules.map(({ id }) => id), wanted };
}
