// The ranking context of a request: rules, learned weights, shopper profile, experiment variants.
import type { ReplayableRecommendation } from '../../domain/recommend/recommendation.log.js';
import { NO_SETTINGS, type AssignedVariant, type ExperimentSettings } from '../../domain/analytics/experiment.js';
import type { LearnedWeights } from '../../domain/learning/learned.weights.js';
import type { MerchandisingRule } from '../../domain/recommend/merchandising.rule.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { ShopperProfile } from '../../domain/recommend/shopper.profile.js';
import type { ExperimentService } from './experiment.service.js';
import type { FeedbackService } from './feedback.service.js';
import type { RankLearningService } from './rank.learning.service.js';
import type { MerchandisingRuleService } from './merchandising.rule.service.js';

/** The shopper, model and time that a context is read for. */
export interface ContextKey {
  shopper: string | null;
  model: string;
  at: Date;
}

export interface RankingContext {
  /** The rules in force. */
  rules: MerchandisingRule[];
  learned: LearnedWeights | null;
  /** Null for an unknown shopper. */
  profile: ShopperProfile | null;
  variants: AssignedVariant[];
  /** The settings of those variants. */
  experimentSettings: ExperimentSettings;
}

export interface RankingContextReaderParts {
  rules: Pick<MerchandisingRuleService, 'inForce'>;
  rankLearning: Pick<RankLearningService, 'inUse'>;
  profiles: Pick<FeedbackService, 'profile' | 'profileOfHash'>;
  experiments: Pick<ExperimentService, 'settingsFor'>;
}

export class RankingContextReader {
  constructor(private readonly parts: RankingContextReaderParts) {}

  /** Returns the ranking context of a new request. */
  async read(ctx: StoreContext, key: ContextKey): Promise<RankingContext> {
    const { shopper, model } = key;
    const { rules, rankLearning, profiles, experiments } = this.parts;
    const [inForce, learned, profile, experiment] = await Promise.all([
      rules.inForce(ctx),
      rankLearning.inUse(ctx, model),
      shopper === null ? null : profiles.profile(ctx, shopper, key),
      shopper === null ? { assigned: [], settings: NO_SETTINGS } : experiments.settingsFor(ctx, shopper),
    ]);
    return { rules: inForce, learned, profile, variants: experiment.assigned, experimentSettings: experiment.settings };
  }

  /**
   * Returns the context of a replay: current rules and learned weights, the profile and variants of the recommendation.
   */
  async readForReplay(ctx: StoreContext, logged: ReplayableRecommendation, model: string): Promise<RankingContext> {
    const { shopper, at, settings, variants } = logged;
    const { rules, rankLearning, profiles } = this.parts;
    const [inForce, learned, profile] = await Promise.all([
      rules.inForce(ctx),
      rankLearning.inUse(ctx, model),
      shopper === null ? null : profiles.profileOfHash(ctx, shopper, { model, at }),
    ]);
    const experimentSettings = {
      ...NO_SETTINGS,
      taste: settings.taste,
      learned: settings.withoutLearned ? false : null,
    };
    return { rules: inForce, learned, profile, variants, experimentSettings };
  }
}
