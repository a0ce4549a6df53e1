// Services of the API: those of one model, and those that are independent of a model.
import type { AccessService } from './access/access.service.js';
import type { ApiKeyService } from './access/api.key.service.js';
import type { StoreService } from './access/store.service.js';
import type { DemandService, EngagementService, ExposureService } from './analytics/analytics.service.js';
import type { ImportService } from './catalog/import.service.js';
import type { OpenModel } from './models/open.model.js';
import type { ReembeddingService } from './models/reembedding.service.js';
import type { CounterfactualService } from './recommend/counterfactual.service.js';
import type { ExperimentService } from './recommend/experiment.service.js';
import type { FeedbackService } from './recommend/feedback.service.js';
import type { GoldenQueryHistory } from './recommend/golden.query.history.js';
import type { MerchandisingRuleService } from './recommend/merchandising.rule.service.js';
import type { RankLearningService } from './recommend/rank.learning.service.js';
import type { RecommendationHistoryService } from './recommend/recommendation.history.service.js';
import type { ReplayService } from './recommend/replay.service.js';

export interface SharedServices {
  readonly imports: ImportService;
  readonly reembeddings: ReembeddingService;
  readonly rules: MerchandisingRuleService;
  readonly experiments: ExperimentService;
  readonly rankLearning: RankLearningService;
  readonly feedback: FeedbackService;
  readonly recommendationHistory: RecommendationHistoryService;
  readonly goldenHistory: GoldenQueryHistory;
  readonly replays: ReplayService;
  readonly counterfactuals: CounterfactualService;
  readonly engagement: EngagementService;
  readonly exposure: ExposureService;
  readonly demand: DemandService;
  readonly access: AccessService;
  readonly keys: ApiKeyService;
  readonly stores: StoreService;
}

/** All services, with those of the store's active model. */
export type Services = OpenModel & SharedServices;
