// What every resolver gets: the services, who asks, whose catalog it is about, and this one request's loaders and log.
import type { Logger } from 'pino';
import type { Caller } from '../../domain/access/caller.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { Encoders } from '../../inference/encoders.js';
import type { AccessService } from '../../services/access/access.service.js';
import type { RecommendationHistoryService } from '../../services/recommend/recommendation.history.service.js';
import type { CatalogMapService } from '../../services/analytics/catalog.map.service.js';
import type { CatalogService } from '../../services/catalog/catalog.service.js';
import type { ClassifyService } from '../../services/catalog/classify.service.js';
import type { ExperimentService } from '../../services/recommend/experiment.service.js';
import type { FeedbackService } from '../../services/recommend/feedback.service.js';
import type { ImportService } from '../../services/catalog/import.service.js';
import type { GoldenQueryHistory } from '../../services/recommend/golden.query.history.js';
import type { GoldenQueryService } from '../../services/recommend/golden.query.service.js';
import type { ModelReportService } from '../../services/analytics/model.report.service.js';
import type { ApiKeyService } from '../../services/access/api.key.service.js';
import type { OutfitLearningService } from '../../services/outfits/outfit.learning.service.js';
import type { RankLearningService } from '../../services/recommend/rank.learning.service.js';
import type { QualityAuditService } from '../../services/catalog/quality.audit.service.js';
import type { DemandService, EngagementService, ExposureService } from '../../services/analytics/analytics.service.js';
import type { OutfitService } from '../../services/outfits/outfit.service.js';
import type { RecommendService } from '../../services/recommend/recommend.service.js';
import type { ReplayService } from '../../services/recommend/replay.service.js';
import type { CounterfactualService } from '../../services/recommend/counterfactual.service.js';
import type { ReembeddingService } from '../../services/models/reembedding.service.js';
import type { StoreService } from '../../services/access/store.service.js';
import type { MerchandisingRuleService } from '../../services/recommend/merchandising.rule.service.js';
import type { UpsertService } from '../../services/catalog/upsert.service.js';
import type { Loaders } from './loaders.js';

/** What the API is made of: one model and what answers with it, and what is no model's. */
export interface Services {
  readonly recommend: Pick<RecommendService, 'recommend' | 'page'>;
  readonly catalog: Pick<
    CatalogService,
    'garmentsBySkus' | 'browse' | 'facets' | 'similar' | 'variants' | 'emptiedBy' | 'picture' | 'delete'
  >;
  readonly outfits: Pick<OutfitService, 'ofRecommendation' | 'ofGarment'>;
  readonly looks: Pick<OutfitLearningService, 'learn' | 'reset'>;
  readonly upserts: Pick<UpsertService, 'upsert'>;
  readonly imports: Pick<ImportService, 'begin' | 'find' | 'errors' | 'warnings' | 'codes' | 'cancel'>;
  readonly classify: Pick<ClassifyService, 'classify'>;
  readonly golden: Pick<GoldenQueryService, 'list' | 'pin' | 'unpin' | 'run'>;
  readonly rules: Pick<MerchandisingRuleService, 'list' | 'save' | 'delete'>;
  readonly insights: Pick<ModelReportService, 'catalogStats' | 'modelReport' | 'modelHistory'>;
  readonly map: Pick<CatalogMapService, 'points' | 'positionsOf'>;
  readonly access: Pick<AccessService, 'identify'>;
  readonly keys: Pick<ApiKeyService, 'create' | 'list' | 'revoke'>;
  readonly stores: Pick<StoreService, 'create' | 'list' | 'delete'>;
  readonly reembeddings: Pick<ReembeddingService, 'find' | 'start' | 'finish' | 'rollBack' | 'end'>;
  readonly feedback: Pick<FeedbackService, 'record' | 'forget'>;
  readonly experiments: Pick<ExperimentService, 'list' | 'save' | 'end' | 'results'>;
  readonly learning: Pick<RankLearningService, 'list' | 'learn' | 'use'>;
  readonly answers: Pick<RecommendationHistoryService, 'find' | 'list' | 'shown' | 'feedback'>;
  readonly goldenHistory: Pick<GoldenQueryHistory, 'list'>;
  readonly replays: Pick<ReplayService, 'replay'>;
  readonly whatIf: Pick<CounterfactualService, 'ask'>;
  readonly engagement: Pick<EngagementService, 'byDay' | 'byRank' | 'byGarmentType'>;
  readonly exposure: Pick<ExposureService, 'coverage' | 'neverShown'>;
  readonly demand: Pick<DemandService, 'gaps' | 'drift'>;
  readonly doubts: Pick<QualityAuditService, 'next'>;
  readonly encoders: Pick<Encoders, 'bundle' | 'executionProvider'>;
}

/** What the access log and the metrics say of a request; filled in while it is answered. Never variables, never results. */
export interface OperationTrace {
  name: string | null;
  type: 'query' | 'mutation' | 'subscription' | null;
  /** Codes of the errors answered. */
  errors: string[];
}

export interface GraphQLContext {
  readonly services: Services;
  readonly caller: Caller;
  /** The caller's. */
  readonly store: StoreContext;
  readonly loaders: Loaders;
  /** Scheme and host that the client reaches the server by, without a slash at the end. */
  readonly origin: string;
  readonly requestId: string;
  readonly log: Logger;
  readonly trace: OperationTrace;
}
