// What holds for a request beside what it says: the store's rules and learned weights, and of its shopper the taste and the
// variants. Read together, beside the encoding, which takes longer.
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

export interface RankingContext {
  /** In force. */
  rules: MerchandisingRule[];
  learned: LearnedWeights | null;
  /** Null where nothing is known. */
  taste: ShopperProfile | null;
  variants: AssignedVariant[];
  /** What those variants set. */
  trial: ExperimentSettings;
}

export interface RankingContextReaderParts {
  rules: Pick<MerchandisingRuleService, 'inForce'>;
  learning: Pick<RankLearningService, 'inUse'>;
  tastes: Pick<FeedbackService, 'taste' | 'tasteOfHash'>;
  experiments: Pick<ExperimentService, 'settingsFor'>;
}

export class RankingContextReader {
  constructor(private readonly parts: RankingContextReaderParts) {}

  async read(ctx: StoreContext, asked: { shopper: string | null; model: string; at: Date }): Promise<RankingContext> {
    const { shopper, model } = asked;
    const { rules, learning, tastes, experiments } = this.parts;
    const [inForce, learned, taste, trial] = await Promise.all([
      rules.inForce(ctx),
      learning.inUse(ctx, model),
      shopper === null ? null : tastes.taste(ctx, shopper, asked),
      shopper === null ? { assigned: [], settings: NO_SETTINGS } : experiments.settingsFor(ctx, shopper),
    ]);
    return { rules: inForce, learned, taste, variants: trial.assigned, trial: trial.settings };
  }

  /** What holds where an answer is given again: rules and learned weights of now, taste and variants of then. */
  async again(ctx: StoreContext, answer: ReplayableRecommendation, model: string): Promise<RankingContext> {
    const { shopper, at, settings, variants } = answer;
    const { rules, learning, tastes } = this.parts;
    const [inForce, learned, taste] = await Promise.all([
      rules.inForce(ctx),
      learning.inUse(ctx, model),
      shopper === null ? null : tastes.tasteOfHash(ctx, shopper, { model, at }),
    ]);
    const trial = { ...NO_SETTINGS, taste: settings.taste, learned: settings.withoutLearned ? false : null };
    return { rules: inForce, learned, taste, variants, trial };
  }
}
