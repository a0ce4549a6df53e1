// The services that answer with one model, wired by hand. Made once for each model that is open; they share the repositories.
import type { Encoders } from './inference/encoders.js';
import type { Logger } from './logger.js';
import type { CatalogPictureFetcher } from './pictures/catalog.picture.fetcher.js';
import type { FetchPictureOptions } from './pictures/picture.exchange.js';
import type { AnswerLog } from './services/answer.log.js';
import { CatalogDoubtsService } from './services/catalog.doubts.service.js';
import { AnswerRanker } from './services/answer.ranker.js';
import { CatalogEmbedder } from './services/catalog.embedder.js';
import { CatalogMapService } from './services/catalog.map.service.js';
import { CatalogService } from './services/catalog.service.js';
import { CatalogWriter } from './services/catalog.writer.js';
import { ClassifyService } from './services/classify.service.js';
import { DraftEncoder } from './services/draft.encoder.js';
import { DraftPictures } from './services/draft.pictures.js';
import { DraftReader } from './services/draft.reader.js';
import { FeatureReader } from './services/feature.reader.js';
import { FilterChecker } from './services/filter.checker.js';
import { GoldenService } from './services/golden.service.js';
import { InsightsService } from './services/insights.service.js';
import { KeyedUpserts } from './services/keyed.upserts.js';
import type { ModelRegistry } from './services/model.registry.js';
import type { OpenModel } from './services/open.model.js';
import { LookLearningService } from './services/look.learning.service.js';
import { OutfitService } from './services/outfit.service.js';
import { PictureWarnings } from './services/picture.warnings.js';
import { RecommendService, type RecommendServiceParts } from './services/recommend.service.js';
import { RequestFuser } from './services/request.fuser.js';
import { RequestUnderstander } from './services/request.understander.js';
import type { RuleService } from './services/rule.service.js';
import { SampleService } from './services/sample.service.js';
import type { StoreModels } from './services/store.models.js';
import { UpsertService } from './services/upsert.service.js';
import { readWordSenses } from './services/word.lists.js';
import { CatalogSweep } from './store/catalog.sweep.js';
import type { Database } from './store/database.js';
import { EmbeddingRepository } from './store/embedding.repository.js';
import { GarmentRepository } from './store/garment.repository.js';
import { GoldenRepository } from './store/golden.repository.js';
import { IdempotencyRepository } from './store/idempotency.repository.js';
import { ImageRepository } from './store/image.repository.js';
import { MapRepository } from './store/map.repository.js';
import { LookRepository } from './store/look.repository.js';
import { OutfitRepository } from './store/outfit.repository.js';
import { TellingWords } from './store/telling.words.js';

export interface ModelServicesParts extends Pick<RecommendServiceParts, 'observeStage' | 'remember' | 'circumstances'> {
  log: AnswerLog;
  database: Database;
  registry: ModelRegistry;
  models: StoreModels;
  rules: RuleService;
  /** One for the process: it paces the calls to each host. */
  fetcher: CatalogPictureFetcher;
  fetchOptions?: FetchPictureOptions;
  logger?: Logger;
}

/** @param bundle its folder, which the encoders were started from */
export function createModelServices(parts: ModelServicesParts, bundle: string, encoders: Encoders): OpenModel {
  const { database, registry, models, rules, fetcher, fetchOptions, logger } = parts;
  const { observeStage, remember, log, circumstances } = parts;
  const garments = new GarmentRepository(database);
  const embeddings = new EmbeddingRepository(database);
  const images = new ImageRepository(database);
  const filters = new FilterChecker(garments);
  const reader = new FeatureReader({ encoders, garments, embeddings, fetchOptions });
  const encoder = new DraftEncoder({ encoders, reader, embeddings, images });
  const pictures = new DraftPictures({ encoders, reader, fetcher, garments, images });
  const warnings = new PictureWarnings({ encoders, embeddings });
  const sweep = new CatalogSweep(database);
  const upserts = new UpsertService({
    encoders,
    drafts: new DraftReader({ garments, pictures }),
    encoder,
    warnings,
    writer: new CatalogWriter({ bundle, garments, models, registry, logger }),
    keyed: new KeyedUpserts({ reader, keys: new IdempotencyRepository(database) }),
    logger,
  });
  const search = { encoders, filters, garments, embeddings, rules };
  const senses = readWordSenses();
  const understander = new RequestUnderstander(encoders, senses);
  const beside = { words: new TellingWords(database), senses, ranker: new AnswerRanker(embeddings) };
  const fuser = new RequestFuser(encoders);
  const recommending = { ...search, circumstances, reader, understander, fuser, ...beside };
  const looks = new LookRepository(database);
  const outfits = new OutfitService({ encoders, outfits: new OutfitRepository(database), garments, rules, looks, log });
  const trial = new RecommendService(recommending);
  return {
    bundle,
    encoders,
    recommend: new RecommendService({ ...recommending, observeStage, remember, log }),
    trial,
    catalog: new CatalogService({ ...search, images }),
    outfits,
    looks: new LookLearningService({ looks, outfits, log }),
    upserts,
    embedder: new CatalogEmbedder({ bundle, encoders, encoder, embeddings, sweep }),
    doubts: new CatalogDoubtsService({ encoders, encoder, embeddings, sweep, warnings }),
    classify: new ClassifyService({ encoders, reader }),
    golden: new GoldenService({ golden: new GoldenRepository(database), garments, filters, recommend: trial }),
    insights: new InsightsService({ encoders, garments }),
    map: new CatalogMapService({ bundle: encoders.bundle, maps: new MapRepository(database), logger: parts.logger }),
    sample: new SampleService({ bundle: encoders.bundle.id, garments, upserts }),
  };
}
