// What a server and a worker have in common: the open database, the encoders, the job queue, and the services wired around
// them. Knows no transport.
import { createAnalysisServices, type AnalysisServices } from './analysis.services.js';
import type { Config } from './config.js';
import type { StoreContext } from './domain/store.context.js';
import { loadBundle } from './inference/bundle.js';
import { startEncoders, type EncoderOptions } from './inference/encoders.js';
import { importCompareTask } from './jobs/import.compare.task.js';
import { importReadTask } from './jobs/import.read.task.js';
import { importStoreTask } from './jobs/import.store.task.js';
import { answersExpireTask } from './jobs/answers.expire.task.js';
import { goldenRunTask } from './jobs/golden.run.task.js';
import { modelForgetTask } from './jobs/model.forget.task.js';
import { rankingLearnTask } from './jobs/ranking.learn.task.js';
import { reembedTask } from './jobs/reembed.task.js';
import type { Task } from './jobs/task.js';
import { createJobRunner, type JobRunner } from './job.wiring.js';
import type { Logger } from './logger.js';
import type { CatalogFetchOptions } from './pictures/catalog.picture.fetcher.js';
import { encoderOptions, identifyBundle, openModels } from './model.wiring.js';
import { wireAnswers, wireReplays } from './answer.wiring.js';
import { AccessService } from './services/access.service.js';
import type { AnswersService } from './services/answers.service.js';
import type { ExperimentService } from './services/experiment.service.js';
import type { FeedbackService } from './services/feedback.service.js';
import { FilterChecker } from './services/filter.checker.js';
import { GoldenHistory } from './services/golden.history.js';
import { ImportBatches } from './services/import.batches.js';
import { ImportReader } from './services/import.reader.js';
import { ImportReport } from './services/import.report.js';
import { ImportService } from './services/import.service.js';
import { KeyService } from './services/key.service.js';
import type { LearningService } from './services/learning.service.js';
import { ModelComparison } from './services/model.comparison.js';
import type { ModelRegistry } from './services/model.registry.js';
import type { OpenModel } from './services/open.model.js';
import { RecentRequests } from './services/recent.requests.js';
import { ReembeddingService } from './services/reembedding.service.js';
import { ReembeddingSteps } from './services/reembedding.steps.js';
import type { ReplayService } from './services/replay.service.js';
import type { StoreModels } from './services/store.models.js';
import { RuleService } from './services/rule.service.js';
import { StoreService } from './services/store.service.js';
import type { WhatIfService } from './services/what.if.service.js';
import { CatalogSweep } from './store/catalog.sweep.js';
import { openDatabase, type Database } from './store/database.js';
import { EmbeddingRepository } from './store/embedding.repository.js';
import { GarmentRepository } from './store/garment.repository.js';
import { GoldenRunRepository } from './store/golden.run.repository.js';
import { ImportFile } from './store/import.file.js';
import { ImportRepository } from './store/import.repository.js';
import { JobQueue } from './store/job.queue.js';
import { KeyRepository } from './store/key.repository.js';
import { RuleRepository } from './store/rule.repository.js';
import { ReembeddingRepository } from './store/reembedding.repository.js';
import { RequestRepository } from './store/request.repository.js';
import { StoreRepository } from './store/store.repository.js';

export interface CoreParts {
  config: Config;
  logger: Logger;
  /** Told of every run of an inference session. */
  observeInference?: EncoderOptions['observe'];
  /** Told of every stage of a recommendation. */
  observeStage?: (stage: string, milliseconds: number) => void;
  /** Told how many answers could not be kept. */
  onDroppedAnswers?: (answers: number) => void;
  /** Only tests set this: which private addresses a picture may be fetched from. */
  fetchOptions?: CatalogFetchOptions;
  /** Only tests set this: the clock that merchandising rules start and end by. */
  now?: () => Date;
  /** Only tests set this: a database that is open already. It is closed with the core all the same. */
  database?: Promise<Database>;
}

export interface Core {
  readonly database: Database;
  /** The deployment's own model: it answers for stores that have none of their own. */
  readonly own: OpenModel;
  readonly registry: ModelRegistry;
  readonly models: StoreModels;
  readonly queue: JobQueue;
  readonly shared: SharedServices;
  /** Not started yet: jobs are run once the catalog is ready. */
  readonly worker: JobRunner;
  /** Runs `work` with what answers for a store, one model to its end. */
  readonly serve: <T>(store: StoreContext, work: (services: Services) => Promise<T>) => Promise<T>;
  /** Jobs → queue → inference → database. */
  close(): Promise<void>;
}

/** What the API is made of for one store: the services of its model, and those that are no model's. */
export type Services = OpenModel & SharedServices;

export interface SharedServices extends AnalysisServices {
  readonly imports: ImportService;
  readonly reembeddings: ReembeddingService;
  readonly rules: RuleService;
  readonly experiments: ExperimentService;
  readonly learning: LearningService;
  readonly feedback: FeedbackService;
  readonly answers: AnswersService;
  readonly goldenHistory: GoldenHistory;
  readonly replays: ReplayService;
  readonly whatIf: WhatIfService;
  readonly access: AccessService;
  readonly keys: KeyService;
  readonly stores: StoreService;
}

/** Model files before the database: what fails cheapest comes first. @throws StartupError saying what to do */
export async function openCore(parts: CoreParts): Promise<Core> {
  const { config, logger } = parts;
  const bundle = await loadBundle(config.bundleDir);
  const [database, encoders] = await bothOrNeither(
    parts.database ?? openDatabase(config, logger),
    startEncoders(bundle, encoderOptions(parts)),
  );
  const queue = await JobQueue.open(database, logger).catch(async (error: unknown) => {
    await Promise.all([encoders.close(), database.close()]);
    throw error;
  });
  const recent = new RecentRequests({ requests: new RequestRepository(database), logger });
  const rules = createRules(parts, database);
  const { log, circumstances, ...answering } = wireAnswers(parts, database, rules);
  const { registry, models } = openModels(parts, database, { encoders, recent, rules, log, circumstances });
  const golden = new GoldenHistory({ runs: new GoldenRunRepository(database), models, now: parts.now });
  const { reembeddings, steps } = switching(parts, { database, queue, registry, models, golden });
  const { imports, tasks } = importing(parts, { database, queue, models, golden });
  const allTasks = [
    ...tasks,
    reembedTask(steps),
    modelForgetTask(steps),
    answersExpireTask(answering.answers),
    rankingLearnTask(answering.learning, models),
    goldenRunTask(golden),
  ];
  const worker = createJobRunner(parts, { database, queue, models }, allTasks);
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
    ...answering,
    ...wireReplays(database, { circumstances, models, registry }),
    ...createAnalysisServices(database, parts.now),
    ...access(config, database, queue),
  };
  const serve: Core['serve'] = (store, work) => models.serve(store, (model) => work({ ...model, ...shared }));
  return { database, own: registry.own, registry, models, queue, shared, worker, serve, close };
}

function createRules({ now }: CoreParts, database: Database): RuleService {
  const filters = new FilterChecker(new GarmentRepository(database));
  return new RuleService({ rules: new RuleRepository(database), filters, now });
}

function switching(
  { config, logger }: CoreParts,
  parts: { database: Database; queue: JobQueue; registry: ModelRegistry; models: StoreModels; golden: GoldenHistory },
): { reembeddings: ReembeddingService; steps: ReembeddingSteps } {
  const { database, queue, registry, models, golden } = parts;
  const reembeddings = new ReembeddingRepository(database, queue);
  const sweep = new CatalogSweep(database);
  const comparison = new ModelComparison({ requests: new RequestRepository(database), sweep });
  const embeddings = new EmbeddingRepository(database);
  const identify = (name: string) => identifyBundle(config, name);
  return {
    reembeddings: new ReembeddingService({ registry, models, reembeddings, identify }),
    steps: new ReembeddingSteps({ registry, models, reembeddings, embeddings, sweep, comparison, golden, logger }),
  };
}

function access(
  { adminKey }: Config,
  database: Database,
  queue: JobQueue,
): Pick<SharedServices, 'access' | 'keys' | 'stores'> {
  const keys = new KeyRepository(database);
  const stores = new StoreRepository(database, queue);
  return {
    access: new AccessService({ keys, stores, adminKey }),
    keys: new KeyService(keys),
    stores: new StoreService(stores),
  };
}

function importing(
  { config, logger, fetchOptions }: CoreParts,
  parts: { database: Database; queue: JobQueue; models: StoreModels; golden: GoldenHistory },
): { imports: ImportService; tasks: Task[] } {
  const { database, queue, models } = parts;
  const { maxImportBytes: maxBytes } = config;
  const file = new ImportFile(database);
  const imports = new ImportRepository(database);
  const report = new ImportReport({
    imports,
    history: parts.golden,
    snapshot: (ctx) => models.serve(ctx, ({ golden }) => golden.snapshot(ctx)),
    logger,
  });
  const batches = new ImportBatches({
    file,
    queue,
    // with the model that the store has by the time of the batch
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

/** Both, or the first failure with the other one closed again, so that no lock outlives a failed start. */
async function bothOrNeither<A extends Closable, B extends Closable>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([a, b]);
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value];
  if (first.status === 'fulfilled') await first.value.close();
  if (second.status === 'fulfilled') await second.value.close();
  throw first.status === 'rejected' ? first.reason : (second as PromiseRejectedResult).reason;
}

interface Closable {
  close(): Promise<void>;
}
