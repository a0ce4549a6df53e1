// Parts that a server and a worker share: database, encoders, job queue, and services.
import type { Config } from '../config.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { loadBundle } from '../inference/bundle.js';
import { startEncoders, type EncoderOptions } from '../inference/encoders.js';
import {
  importCompareTask,
  importReadTask,
  importStoreTask,
  logExpiryTask,
  goldenRunTask,
  modelForgetTask,
  rankingLearnTask,
  reembedTask,
  type Task,
  catalogMapTask,
} from '../jobs/tasks.js';
import type { Logger } from '../observability/logger.js';
import type { CatalogFetchOptions } from '../pictures/fetch/catalog.picture.fetcher.js';
import { encoderOptions, identifyBundle, openModels } from './model.container.js';
import { AccessService } from '../services/access/access.service.js';
import { RecommendationHistoryService } from '../services/recommend/recommendation.history.service.js';
import { ExperimentService } from '../services/recommend/experiment.service.js';
import { FeedbackService } from '../services/recommend/feedback.service.js';
import { FilterValidator } from '../services/recommend/filter.validator.js';
import { GoldenQueryHistory } from '../services/recommend/golden.query.history.js';
import { ImportBatches } from '../services/catalog/import.batches.js';
import { ImportReader } from '../services/catalog/import.reader.js';
import { ImportReport } from '../services/catalog/import.report.js';
import { ImportService } from '../services/catalog/import.service.js';
import { ApiKeyService } from '../services/access/api.key.service.js';
import { RankLearningService } from '../services/recommend/rank.learning.service.js';
import { ModelComparison } from '../services/models/model.comparison.js';
import type { ModelRegistry } from '../services/models/model.registry.js';
import type { OpenModel } from '../services/models/open.model.js';
import { RecentQueries } from '../services/recommend/recent.queries.js';
import { ReembeddingService } from '../services/models/reembedding.service.js';
import { ReembeddingSteps } from '../services/models/reembedding.steps.js';
import { ReplayService } from '../services/recommend/replay.service.js';
import type { StoreModels } from '../services/models/store.models.js';
import { MerchandisingRuleService } from '../services/recommend/merchandising.rule.service.js';
import { StoreService } from '../services/access/store.service.js';
import { CounterfactualService } from '../services/recommend/counterfactual.service.js';
import { CatalogScanRepository } from '../store/catalog.scan.repository.js';
import { openDatabase } from '../store/database/database.js';
import { EmbeddingRepository } from '../store/embedding.repository.js';
import { GarmentRepository } from '../store/garment.repository.js';
import { GoldenRunRepository } from '../store/golden.repository.js';
import { ImportStagingRepository } from '../store/import.staging.repository.js';
import { ImportRepository } from '../store/import.repository.js';
import { JobQueue } from '../store/database/job.queue.js';
import { KeyRepository } from '../store/key.repository.js';
import { RuleRepository } from '../store/rule.repository.js';
import { ReembeddingRepository } from '../store/reembedding.repository.js';
import { RequestRepository, RecommendationRepository } from '../store/recommendation.repository.js';
import { StoreRepository } from '../store/store.repository.js';
import { RecommendationLog } from '../services/recommend/recommendation.log.js';
import { RankingContextReader } from '../services/recommend/ranking.context.js';
import { ExperimentRepository } from '../store/experiment.repository.js';
import { FeedbackRepository, ShopperKeys } from '../store/feedback.repository.js';
import { LearningRepository } from '../store/learning.repository.js';
import { CatalogMapSchedule, HourlyJobs } from '../jobs/scheduler.js';
import { Worker } from '../jobs/worker.js';
import { BundleRepository } from '../store/bundle.repository.js';
import { DemandService, EngagementService, ExposureService } from '../services/analytics/analytics.service.js';
import { DemandRepository, AnalyticsRepository, ExposureRepository } from '../store/analytics.repository.js';
import type { Database } from '../store/database/database.types.js';
import type { Services, SharedServices } from '../services/services.js';

export interface ContainerOptions {
  config: Config;
  logger: Logger;
  /** Receives every run of an inference session. */
  observeInference?: EncoderOptions['observe'];
  /** Receives the duration of every stage of a recommendation. */
  observeStage?: (stage: string, milliseconds: number) => void;
  /** Receives the number of recommendations that could not be logged. */
  onDroppedRecommendations?: (dropped: number) => void;
  /** Set only by tests: private addresses from which pictures may be fetched. */
  fetchOptions?: CatalogFetchOptions;
  /** Set only by tests: clock for the start and end of merchandising rules. */
  now?: () => Date;
  /** Set only by tests: an open database. The container closes it. */
  database?: Promise<Database>;
}

export interface Container {
  readonly database: Database;
  /** The deployment's own model, which serves stores without a model of their own. */
  readonly own: OpenModel;
  readonly registry: ModelRegistry;
  readonly models: StoreModels;
  readonly queue: JobQueue;
  readonly shared: SharedServices;
  /** Runs jobs. Not started yet, because the catalog has to be ready. */
  readonly worker: JobRunner;
  /** Runs `work` with the services of a store. The model stays the same until `work` ends. */
  readonly serve: <T>(store: StoreContext, work: (services: Services) => Promise<T>) => Promise<T>;
  /** Closes the parts in the order jobs → queue → inference → database. */
  close(): Promise<void>;
}

/**
 * Opens all parts. Model files are loaded before the database, because they fail sooner.
 * @throws StartupError with instructions
 */
export async function openContainer(parts: ContainerOptions): Promise<Container> {
  const { config, logger } = parts;
  const bundle = await loadBundle(config.bundleDir);
  const [database, encoders] = await openBoth(
    parts.database ?? openDatabase(config, logger),
    startEncoders(bundle, encoderOptions(parts)),
  );
  const queue = await JobQueue.open(database, logger).catch(async (error: unknown) => {
    await Promise.all([encoders.close(), database.close()]);
    throw error;
  });
  const recent = new RecentQueries({ requests: new RequestRepository(database), logger });
  const rules = createRules(parts, database);
  const { log, context, ...recommendServices } = createRecommendServices(parts, database, rules);
  const { registry, models } = openModels(parts, database, { encoders, recent, rules, log, context });
  const golden = new GoldenQueryHistory({ runs: new GoldenRunRepository(database), models, now: parts.now });
  const { reembeddings, steps } = createReembedding(parts, { database, queue, registry, models, golden });
  const { imports, tasks: importTasks } = createImports(parts, { database, queue, models, golden });
  const tasks = [
    ...importTasks,
    reembedTask(steps),
    modelForgetTask(steps),
    logExpiryTask(recommendServices.recommendationHistory),
    rankingLearnTask(recommendServices.rankLearning, models),
    goldenRunTask(golden),
  ];
  const worker = createJobRunner(parts, { database, queue, models }, tasks);
  const close = async (): Promise<void> => {
    await worker.stop();
    await recent.close();
    await log.close();
    await queue.close();
    await registry.close();
    await database.close();
  };
  const shared = {
    imports,
    reembeddings,
    rules,
    goldenHistory: golden,
    ...recommendServices,
    ...createReplayServices(database, { context, models, registry }),
    ...createAnalysisServices(database, parts.now),
    ...createAccessServices(config, database, queue),
  };
  const serve: Container['serve'] = (store, work) => models.serve(store, (model) => work({ ...model, ...shared }));
  return { database, own: registry.own, registry, models, queue, shared, worker, serve, close };
}

function createRules({ now }: ContainerOptions, database: Database): MerchandisingRuleService {
  const filters = new FilterValidator(new GarmentRepository(database));
  return new MerchandisingRuleService({ rules: new RuleRepository(database), filters, now });
}

function createReembedding(
  { config, logger }: ContainerOptions,
  parts: {
    database: Database;
    queue: JobQueue;
    registry: ModelRegistry;
    models: StoreModels;
    golden: GoldenQueryHistory;
  },
): { reembeddings: ReembeddingService; steps: ReembeddingSteps } {
  const { database, queue, registry, models, golden } = parts;
  const reembeddings = new ReembeddingRepository(database, queue);
  const scan = new CatalogScanRepository(database);
  const comparison = new ModelComparison({ requests: new RequestRepository(database), scan });
  const embeddings = new EmbeddingRepository(database);
  const identify = (name: string) => identifyBundle(config, name);
  return {
    reembeddings: new ReembeddingService({ registry, models, reembeddings, identify }),
    steps: new ReembeddingSteps({ registry, models, reembeddings, embeddings, scan, comparison, golden, logger }),
  };
}

function createAccessServices(
  { adminKey }: Config,
  database: Database,
  queue: JobQueue,
): Pick<SharedServices, 'access' | 'keys' | 'stores'> {
  const keys = new KeyRepository(database);
  const stores = new StoreRepository(database, queue);
  return {
    access: new AccessService({ keys, stores, adminKey }),
    keys: new ApiKeyService(keys),
    stores: new StoreService(stores),
  };
}

function createImports(
  { config, logger, fetchOptions }: ContainerOptions,
  parts: { database: Database; queue: JobQueue; models: StoreModels; golden: GoldenQueryHistory },
): { imports: ImportService; tasks: Task[] } {
  const { database, queue, models } = parts;
  const { maxImportBytes: maxBytes } = config;
  const file = new ImportStagingRepository(database);
  const imports = new ImportRepository(database);
  const report = new ImportReport({
    imports,
    history: parts.golden,
    snapshot: (ctx) => models.serve(ctx, ({ goldenQueries }) => goldenQueries.snapshot(ctx)),
    logger,
  });
  const batches = new ImportBatches({
    file,
    queue,
    // with the model that is active when the batch runs
    upserts: {
      upsert: (ctx, inputs, options) => models.serve(ctx, ({ upserts }) => upserts.upsert(ctx, inputs, options)),
    },
    onRowFailure: (error) => logger.error({ err: error }, 'a row of an import could not be stored'),
  });
  return {
    imports: new ImportService({ imports, file, queue, maxBytes }),
    tasks: [
      importReadTask(
        new ImportReader({
          imports,
          file,
          queue,
          report,
          maxBytes,
          fetchOptions,
          onFailure: (error) => logger.error({ err: error }, 'the file of an import could not be read'),
        }),
      ),
      importStoreTask(batches),
      importCompareTask(report),
    ],
  };
}

/**
 * Returns both parts. If one fails, closes the other, so that no lock outlives a failed start.
 * @throws the first error
 */
async function openBoth<A extends Closable, B extends Closable>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([a, b]);
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value];
  if (first.status === 'fulfilled') await first.value.close();
  if (second.status === 'fulfilled') await second.value.close();
  throw first.status === 'rejected' ? first.reason : (second as PromiseRejectedResult).reason;
}

interface Closable {
  close(): Promise<void>;
}

export interface RecommendServices {
  log: RecommendationLog;
  feedback: FeedbackService;
  recommendationHistory: RecommendationHistoryService;
  experiments: ExperimentService;
  rankLearning: RankLearningService;
  context: RankingContextReader;
}

export function createRecommendServices(
  {
    config,
    logger,
    onDroppedRecommendations,
  }: Pick<ContainerOptions, 'config' | 'logger' | 'onDroppedRecommendations'>,
  database: Database,
  rules: MerchandisingRuleService,
): RecommendServices {
  const recommendations = new RecommendationRepository(database);
  const feedbackRepository = new FeedbackRepository(database);
  const garments = new GarmentRepository(database);
  const shoppers = new ShopperKeys(database);
  const log = new RecommendationLog({ recommendations, shoppers, logger, onDropped: onDroppedRecommendations });
  const feedback = new FeedbackService({ feedback: feedbackRepository, shoppers, log });
  const experiments = new ExperimentService(new ExperimentRepository(database));
  const rankLearning = new RankLearningService(new LearningRepository(database));
  const keptForDays = config.logRetentionDays;
  return {
    log,
    feedback,
    recommendationHistory: new RecommendationHistoryService({
      recommendations,
      feedback: feedbackRepository,
      garments,
      log,
      keptForDays,
    }),
    experiments,
    rankLearning,
    context: new RankingContextReader({ rules, rankLearning, experiments, profiles: feedback }),
  };
}

/** Creates the services that repeat logged requests. */
export function createReplayServices(
  database: Database,
  parts: { context: RankingContextReader; models: StoreModels; registry: ModelRegistry },
): { replays: ReplayService; counterfactuals: CounterfactualService } {
  const shared = {
    ...parts,
    recommendations: new RecommendationRepository(database),
    garments: new GarmentRepository(database),
  };
  return {
    replays: new ReplayService({ ...shared, rules: new RuleRepository(database) }),
    counterfactuals: new CounterfactualService(shared),
  };
}

/** All jobs of a process. */
export interface JobRunner {
  start(): void;
  stop(): Promise<void>;
}

export function createJobRunner(
  { config, logger }: ContainerOptions,
  parts: { database: Database; queue: JobQueue; models: StoreModels },
  tasks: readonly Task[],
): JobRunner {
  const { database, queue, models } = parts;
  const mapTask = catalogMapTask((ctx, signal) => models.serve(ctx, ({ map }) => map.keepUp(ctx, signal)));
  const hourly = new HourlyJobs({ queue, stores: new StoreRepository(database, queue), logger });
  const worker = new Worker({ queue, tasks: [...tasks, mapTask], count: config.workers, logger, hourly });
  const bundles = new BundleRepository(database);
  const mapSchedule = new CatalogMapSchedule({
    stores: () => bundles.all(),
    isBehind: (ctx) => models.serve(ctx, ({ map }) => map.isBehind(ctx)),
    queue,
    logger,
  });
  return {
    start() {
      worker.start();
      if (config.workers > 0) mapSchedule.start();
    },
    async stop() {
      await mapSchedule.stop();
      await worker.stop();
    },
  };
}

/** Creates the report services. @param now clock for the default end of a period */
export function createAnalysisServices(
  database: Database,
  now?: () => Date,
): Pick<SharedServices, 'engagement' | 'exposure' | 'demand'> {
  const [exposure, garments] = [new ExposureRepository(database), new GarmentRepository(database)];
  return {
    engagement: new EngagementService({ engagement: new AnalyticsRepository(database), now }),
    exposure: new ExposureService({ exposure, garments, now }),
    demand: new DemandService({ demand: new DemandRepository(database), now }),
  };
}
