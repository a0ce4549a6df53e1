// Services of one model, created for each open model. All models share the repositories.
import { type Encoders, startEncoders, type EncoderOptions } from '../inference/encoders.js';
import type { Logger } from '../observability/logger.js';
import { CatalogPictureFetcher } from '../pictures/fetch/catalog.picture.fetcher.js';
import type { FetchPictureOptions } from '../pictures/fetch/picture.exchange.js';
import type { RecommendationLog } from '../services/recommend/recommendation.log.js';
import { QualityAuditService } from '../services/catalog/quality.audit.service.js';
import { Reranker } from '../services/recommend/reranker.js';
import { CatalogEmbedder } from '../services/models/catalog.embedder.js';
import { CatalogMapService } from '../services/analytics/catalog.map.service.js';
import { CatalogService } from '../services/catalog/catalog.service.js';
import { CatalogWriter } from '../services/catalog/catalog.writer.js';
import { ClassifyService } from '../services/catalog/classify.service.js';
import { GarmentDraftEncoder } from '../services/catalog/garment.draft.encoder.js';
import { GarmentDraftPictures } from '../services/catalog/garment.draft.pictures.js';
import { GarmentDraftReader } from '../services/catalog/garment.draft.reader.js';
import { QueryEncoder } from '../services/recommend/query.encoder.js';
import { FilterValidator } from '../services/recommend/filter.validator.js';
import { GoldenQueryService } from '../services/recommend/golden.query.service.js';
import { ModelReportService } from '../services/analytics/model.report.service.js';
import { IdempotentUpserts } from '../services/catalog/idempotent.upserts.js';
import { ModelRegistry } from '../services/models/model.registry.js';
import type { OpenModel } from '../services/models/open.model.js';
import { OutfitLearningService } from '../services/outfits/outfit.learning.service.js';
import { OutfitService } from '../services/outfits/outfit.service.js';
import { QualityChecks } from '../services/catalog/quality.checks.js';
import { RecommendService, type RecommendServiceParts } from '../services/recommend/recommend.service.js';
import { QueryFuser } from '../services/recommend/query.fuser.js';
import { QueryUnderstander, readSynonyms } from '../services/recommend/query.understander.js';
import type { MerchandisingRuleService } from '../services/recommend/merchandising.rule.service.js';
import { SampleService } from '../services/catalog/sample.service.js';
import { StoreModels } from '../services/models/store.models.js';
import { UpsertService } from '../services/catalog/upsert.service.js';
import { CatalogScanRepository } from '../store/catalog.scan.repository.js';
import { EmbeddingRepository } from '../store/embedding.repository.js';
import { GarmentRepository } from '../store/garment.repository.js';
import { GoldenRepository } from '../store/golden.repository.js';
import { IdempotencyRepository } from '../store/idempotency.repository.js';
import { ImageRepository } from '../store/image.repository.js';
import { MapRepository } from '../store/map.repository.js';
import { OutfitWeightsRepository } from '../store/outfit.weights.repository.js';
import { OutfitRepository } from '../store/outfit.repository.js';
import { RareTermSearch } from '../store/rare.term.search.js';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundleFolder, type Config } from '../config.js';
import type { ContainerOptions } from './container.js';
import { loadBundle, readManifest } from '../inference/bundle.js';
import type { RecentQueries } from '../services/recommend/recent.queries.js';
import { BundleRepository } from '../store/bundle.repository.js';
import type { Database } from '../store/database/database.types.js';

export interface ModelServicesParts extends Pick<RecommendServiceParts, 'observeStage' | 'remember' | 'context'> {
  log: RecommendationLog;
  database: Database;
  registry: ModelRegistry;
  models: StoreModels;
  rules: MerchandisingRuleService;
  /** Shared by all models of the process, because it limits the calls to each host. */
  fetcher: CatalogPictureFetcher;
  fetchOptions?: FetchPictureOptions;
  logger?: Logger;
}

/** Creates the services of a model. @param bundle folder from which the encoders were started */
export function createModelServices(parts: ModelServicesParts, bundle: string, encoders: Encoders): OpenModel {
  const { database, rules, fetchOptions, observeStage, remember, log, context } = parts;
  const garments = new GarmentRepository(database);
  const embeddings = new EmbeddingRepository(database);
  const images = new ImageRepository(database);
  const filters = new FilterValidator(garments);
  const scan = new CatalogScanRepository(database);
  const queryEncoder = new QueryEncoder({ encoders, garments, embeddings, fetchOptions });
  const draftEncoder = new GarmentDraftEncoder({ encoders, queryEncoder, embeddings, images });
  const qualityChecks = new QualityChecks({ encoders, embeddings });
  const shared = { encoders, bundle, garments, images, queryEncoder, draftEncoder, qualityChecks };
  const upserts = createUpsertService(parts, shared);
  const synonyms = readSynonyms();
  const recommendParts: RecommendServiceParts = {
    encoders,
    encoder: queryEncoder,
    understander: new QueryUnderstander(encoders, synonyms),
    fuser: new QueryFuser(encoders),
    context,
    filters,
    garments,
    embeddings,
    reranker: new Reranker(embeddings),
    rareTerms: new RareTermSearch(database),
    synonyms,
  };
  const recommend = new RecommendService({ ...recommendParts, observeStage, remember, log });
  const unloggedRecommend = new RecommendService(recommendParts);
  const weights = new OutfitWeightsRepository(database);
  const outfitRows = new OutfitRepository(database);
  const outfits = new OutfitService({ encoders, outfits: outfitRows, garments, rules, weights, log });
  const golden = new GoldenRepository(database);
  return {
    bundle,
    encoders,
    recommend,
    unloggedRecommend,
    catalog: new CatalogService({ encoders, filters, garments, embeddings, rules, images }),
    outfits,
    outfitLearning: new OutfitLearningService({ weights, outfits, log }),
    upserts,
    embedder: new CatalogEmbedder({ bundle, encoders, draftEncoder, embeddings, scan }),
    qualityAudit: new QualityAuditService({ encoders, draftEncoder, embeddings, scan, qualityChecks }),
    classify: new ClassifyService({ encoders, queryEncoder }),
    goldenQueries: new GoldenQueryService({ golden, garments, filters, recommend: unloggedRecommend }),
    modelReport: new ModelReportService({ encoders, garments }),
    map: new CatalogMapService({ bundle: encoders.bundle, maps: new MapRepository(database), logger: parts.logger }),
    sample: new SampleService({ bundle: encoders.bundle.id, garments, upserts }),
  };
}

interface UpsertParts {
  bundle: string;
  encoders: Encoders;
  garments: GarmentRepository;
  images: ImageRepository;
  queryEncoder: QueryEncoder;
  draftEncoder: GarmentDraftEncoder;
  qualityChecks: QualityChecks;
}

function createUpsertService(
  { database, registry, models, fetcher, logger }: ModelServicesParts,
  { bundle, encoders, garments, images, queryEncoder, draftEncoder, qualityChecks }: UpsertParts,
): UpsertService {
  const pictures = new GarmentDraftPictures({ encoders, queryEncoder, fetcher, garments, images });
  return new UpsertService({
    encoders,
    drafts: new GarmentDraftReader({ garments, pictures }),
    draftEncoder,
    qualityChecks,
    writer: new CatalogWriter({ bundle, garments, models, registry, logger }),
    idempotent: new IdempotentUpserts({ queryEncoder, keys: new IdempotencyRepository(database) }),
    logger,
  });
}

export function encoderOptions({ config, logger, observeInference }: ContainerOptions): EncoderOptions {
  return { execution: config.execution, threads: config.inferenceThreads, logger, observe: observeInference };
}

/** Opens the model registry with the deployment's own model, and the lookup of each store's model. */
export function openModels(
  parts: ContainerOptions,
  database: Database,
  own: { encoders: Encoders; recent: RecentQueries; rules: MerchandisingRuleService } & Pick<
    ModelServicesParts,
    'log' | 'context'
  >,
): { registry: ModelRegistry; models: StoreModels } {
  const { config, logger, fetchOptions, observeStage } = parts;
  const bundles = new BundleRepository(database);
  const registry = new ModelRegistry({
    open: async (name) =>
      createServices(name, await startEncoders(await loadBundle(folderOf(config, name)), encoderOptions(parts))),
    needed: async () => new Set((await bundles.all()).flatMap(({ serving, beside }) => [serving ?? '', beside ?? ''])),
    logger,
  });
  const models = new StoreModels({ registry, bundles });
  const remember: RecentQueries['note'] = (ctx, text) => own.recent.note(ctx, text);
  const fetcher = new CatalogPictureFetcher(fetchOptions);
  const { rules, log, context } = own;
  const shared: ModelServicesParts = {
    database,
    registry,
    models,
    fetcher,
    fetchOptions,
    logger,
    rules,
    observeStage,
    remember,
    log,
    context,
  };
  const createServices = (name: string, encoders: Encoders): OpenModel => createModelServices(shared, name, encoders);
  registry.adopt(createServices(basename(config.bundleDir), own.encoders));
  return { registry, models };
}

/** Returns name@version of a bundle. Null for an unknown folder. @throws StartupError if its manifest is malformed */
export async function identifyBundle(config: Config, name: string): Promise<string | null> {
  const dir = folderOf(config, name);
  if (!existsSync(join(dir, 'manifest.json'))) return null;
  const manifest = await readManifest(dir);
  return `${manifest.name}@${manifest.version}`;
}

/** Returns the folder of a bundle. The deployment's own bundle may be anywhere. */
function folderOf({ bundleDir, modelsDir }: Config, name: string): string {
  return name === basename(bundleDir) ? bundleDir : bundleFolder(modelsDir, name);
}
