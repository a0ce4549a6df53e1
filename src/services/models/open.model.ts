// An open model: its encoders and the services that use it, so that a request cannot mix models.
import type { Encoders } from '../../inference/encoders.js';
import type { QualityAuditService } from '../catalog/quality.audit.service.js';
import type { CatalogEmbedder } from './catalog.embedder.js';
import type { CatalogMapService } from '../analytics/catalog.map.service.js';
import type { CatalogService } from '../catalog/catalog.service.js';
import type { ClassifyService } from '../catalog/classify.service.js';
import type { GoldenQueryService } from '../recommend/golden.query.service.js';
import type { ModelReportService } from '../analytics/model.report.service.js';
import type { OutfitLearningService } from '../outfits/outfit.learning.service.js';
import type { OutfitService } from '../outfits/outfit.service.js';
import type { RecommendService } from '../recommend/recommend.service.js';
import type { SampleService } from '../catalog/sample.service.js';
import type { UpsertService } from '../catalog/upsert.service.js';

export interface OpenModel {
  /** Folder of the bundle. */
  readonly bundle: string;
  readonly encoders: Encoders;
  readonly recommend: RecommendService;
  /** The same recommendations without log and metrics, for model comparisons, replays and golden queries. */
  readonly unloggedRecommend: RecommendService;
  readonly catalog: CatalogService;
  readonly outfits: OutfitService;
  readonly outfitLearning: OutfitLearningService;
  readonly upserts: UpsertService;
  readonly embedder: CatalogEmbedder;
  readonly qualityAudit: QualityAuditService;
  readonly classify: ClassifyService;
  readonly goldenQueries: GoldenQueryService;
  readonly modelReport: ModelReportService;
  readonly map: CatalogMapService;
  readonly sample: SampleService;
}
