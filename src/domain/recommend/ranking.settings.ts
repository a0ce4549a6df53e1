// Ranking settings from the request, the shopper's experiment variants or the defaults.
import type { ExperimentSettings } from '../analytics/experiment.js';
import type { FusionMethod } from './fusion.js';
import type { LearnedWeights } from '../learning/learned.weights.js';
import type { MerchandisingRule } from './merchandising.rule.js';
import type { FusionOptions } from './recommend.request.js';
import type { AppliedSettings } from './recommendation.js';

export interface RankingSettings {
  fusion: FusionOptions;
  diversity: number;
  /** Strength of the shopper profile, 0…2. */
  profileStrength: number;
  learned: LearnedWeights | null;
  /** True if an experiment variant disables the learned weights. */
  withoutLearned: boolean;
}

/**
 * Returns the settings of a ranking. A request that sets any fusion option keeps all of its own, because weights belong
 * to a method. A diversity of 0 is the default, so a variant can replace it. A variant's method is ignored if the
 * active model does not offer it, for example after a model switch.
 * @param methods the active model's fusion methods
 */
export function rankingSettings(
  request: { fusion: FusionOptions; diversity: number },
  context: { experimentSettings: ExperimentSettings; learned: LearnedWeights | null },
  methods: readonly FusionMethod[],
): RankingSettings {
  const { experimentSettings: experiment, learned } = context;
  const setsFusion = Object.values(request.fusion).some((value) => value != null);
  const method = experiment.fusion && methods.includes(experiment.fusion) ? experiment.fusion : null;
  return {
    fusion: setsFusion
      ? request.fusion
      : { method, textWeight: experiment.textWeight, imageWeight: experiment.imageWeight },
    diversity: request.diversity === 0 ? (experiment.diversity ?? 0) : request.diversity,
    profileStrength: experiment.taste ?? 1,
    learned: experiment.learned === false ? null : learned,
    withoutLearned: experiment.learned === false,
  };
}

/** Returns the settings in their logged form. @param rules the rules that applied, in their order */
export function appliedSettings(
  settings: RankingSettings,
  rules: readonly Pick<MerchandisingRule, 'id'>[],
  wanted: number,
): AppliedSettings {
  const { fusion, profileStrength, learned, withoutLearned } = settings;
  return {
    fusion,
    taste: profileStrength,
    learned: learned?.version ?? null,
    withoutLearned,
    rules: rules.map(({ id }) => id),
    wanted,
  };
}
