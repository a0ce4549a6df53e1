// What a server and a worker have in common: the open database, the encoders, the job queue, and the services wired around
// them. Knows no transport.
import type { Config } from './config.js';
import { loadBundle } from './inference/bundle.js';
import { startEncoders, type EncoderOptions, type Encoders } from './inference/encoders.js';
import { importReadTask } from './jobs/import.read.task.js';
import { importStoreTask } from './jobs/import.store.task.js';
import type { Task } from './jobs/task.js';
import { Worker } from './jobs/worker.js';
import type { Logger } from './logger.js';
import { CatalogPictureFetcher, type CatalogFetchOptions } from './pictures/catalog.picture.fetcher.js';
import { AccessService } from './services/access.service.js';
import { CatalogService } from './services/catalog.service.js';
import { ClassifyService } from './services/classify.service.js';
import { DraftEncoder } from './services/draft.encoder.js';
import { DraftPictures } from './services/draft.pictures.js';
import { DraftReader } from './services/draft.reader.js';
import { FeatureReader } from './services/feature.reader.js';
import { FilterChecker } from './services/filter.checker.js';
import { GoldenService } from './services/golden.service.js';
import { ImportBatches } from './services/import.batches.js';
import { ImportReader } from './services/import.reader.js';
import { ImportService } from './services/import.service.js';
import { InsightsService } from './services/insights.service.js';
import { KeyService } from './services/key.service.js';
import { KeyedUpserts } from './services/keyed.upserts.js';
import { PictureWarnings } from './services/picture.warnings.js';
import { RecommendService } from './services/recommend.service.js';
import { RequestFuser } from './services/request.fuser.js';
import { RequestUnderstander } from './services/request.understander.js';
import { RuleService } from './services/rule.service.js';
import { SampleService } from './services/sample.service.js';
import { StoreService } from './services/store.service.js';
import { UpsertService } from './services/upsert.service.js';
import { openDatabase, type Database } from './store/database.js';
import { EmbeddingRepository } from './store/embedding.repository.js';
import { GarmentRepository } from './store/garment.repository.js';
import { GoldenRepository } from './store/golden.repository.js';
import { IdempotencyRepository } from './store/idempotency.repository.js';
import { ImageRepository } from './store/image.repository.js';
import { ImportFile } from './store/import.file.js';
import { ImportRepository } from './store/import.repository.js';
import { JobQueue } from './store/job.queue.js';
import { KeyRepository } from './store/key.repository.js';
import { RuleRepository } from './store/rule.repository.js';
import { StoreRepository } from './store/store.repository.js';

export interface CoreParts {
  config: Config;
  logger: Logger;
  /** Told of every run of an inference session. */
  observeInference?: EncoderOptions['observe'];
  /** Told of every stage of a recommendation. */
  observeStage?: (stage: string, milliseconds: number) => void;
  /** Only tests set this: which private addresses a picture may be fetched from. */
  fetchOptions?: CatalogFetchOptions;
  /** Only tests set this: the clock that merchandising rules start and end by. */
  now?: () => Date;
  /** Only tests set this: a database that is open already. It is closed with the core all the same. */
  database?: Promise<Database>;
}

export interface Core {
  readonly database: Database;
  readonly encoders: Encoders;
  readonly queue: JobQueue;
  readonly services: Services;
  /** Not started yet: jobs are run once the catalog is ready. */
  readonly worker: Worker;
  /** Jobs → queue → inference → database. */
  close(): Promise<void>;
}

export interface Services {
  recommend: RecommendService;
  catalog: CatalogService;
  upserts: UpsertService;
  imports: ImportService;
  classify: ClassifyService;
  golden: GoldenService;
  rules: RuleService;
  insights: InsightsService;
  sample: SampleService;
  access: AccessService;
  keys: KeyService;
  stores: StoreService;
  encoders: Encoders;
}

/** Model files before the database: what fails cheapest comes first. @throws StartupError saying what to do */
export async function openCore(parts: CoreParts): Promise<Core> {
  const { config, logger } = parts;
  const bundle = await loadBundle(config.bundleDir);
  const [database, encoders] = await bothOrNeither(
    parts.database ?? openDatabase(config, logger),
    startEncoders(bundle, {
      execution: config.execution,
      threads: config.inferenceThreads,
      logger,
      observe: parts.observeInference,
    }),
  );
  const queue = await JobQueue.open(database, logger).catch(async (error: unknown) => {
    await Promise.all([encoders.close(), database.close()]);
    throw error;
  });
  const services = createServices({ ...parts, database, encoders, queue });
  const tasks = createTasks({ ...parts, database, queue, services });
  const worker = new Worker({ queue, tasks, count: config.workers, logger });
  const close = async (): Promise<void> => {
    await worker.stop();
    await queue.close();
    await encoders.close();
    await database.close();
  };
  return { database, encoders, queue, services, worker, close };
}

function createServices(
  parts: Pick<CoreParts, 'config' | 'fetchOptions' | 'observeStage' | 'now'> & {
    database: Database;
    encoders: Encoders;
    queue: JobQueue;
  },
): Services {
  const { database, encoders, queue, fetchOptions } = parts;
  const garments = new GarmentRepository(database);
  const embeddings = new EmbeddingRepository(database);
  const images = new ImageRepository(database);
  const keys = new KeyRepository(database);
  const stores = new StoreRepository(database);
  const filters = new FilterChecker(garments);
  const reader = new FeatureReader({ encoders, garments, embeddings, fetchOptions });
  const fetcher = new CatalogPictureFetcher(fetchOptions);
  const keyed = new KeyedUpserts({ reader, keys: new IdempotencyRepository(database) });
  const upserts = createUpserts({ encoders, reader, fetcher, garments, images, embeddings, keyed });
  const rules = new RuleService({ rules: new RuleRepository(database), filters, now: parts.now });
  const search = { encoders, filters, garments, embeddings, rules };
  const recommend = new RecommendService({
    ...search,
    reader,
    understander: new RequestUnderstander(encoders),
    fuser: new RequestFuser(encoders),
    observeStage: parts.observeStage ?? (() => undefined),
  });
  return {
    recommend,
    catalog: new CatalogService({ ...search, images }),
    upserts,
    imports: new ImportService({
      imports: new ImportRepository(database),
      file: new ImportFile(database),
      queue,
      maxBytes: parts.config.maxImportBytes,
    }),
    classify: new ClassifyService({ encoders, reader }),
    golden: new GoldenService({ golden: new GoldenRepository(database), garments, filters, recommend }),
    rules,
    insights: new InsightsService({ encoders, garments }),
    sample: new SampleService({ garments, upserts }),
    access: new AccessService({ keys, stores, adminKey: parts.config.adminKey }),
    keys: new KeyService(keys),
    stores: new StoreService(stores),
    encoders,
  };
}

function createUpserts(parts: {
  encoders: Encoders;
  reader: FeatureReader;
  fetcher: CatalogPictureFetcher;
  garments: GarmentRepository;
  images: ImageRepository;
  embeddings: EmbeddingRepository;
  keyed: KeyedUpserts;
}): UpsertService {
  const pictures = new DraftPictures(parts);
  return new UpsertService({
    ...parts,
    drafts: new DraftReader({ ...parts, pictures }),
    encoder: new DraftEncoder(parts),
    warnings: new PictureWarnings(parts),
  });
}

/** One for each file of jobs/. */
function createTasks(
  parts: Pick<CoreParts, 'config' | 'logger' | 'fetchOptions'> & {
    database: Database;
    queue: JobQueue;
    services: Services;
  },
): Task[] {
  const { database, queue, services, logger } = parts;
  const file = new ImportFile(database);
  const reader = new ImportReader({
    imports: new ImportRepository(database),
    file,
    queue,
    maxBytes: parts.config.maxImportBytes,
    fetchOptions: parts.fetchOptions,
  });
  const batches = new ImportBatches({
    file,
    upserts: services.upserts,
    onRowFailure: (error) => logger.error({ err: error }, 'a row of an import could not be stored'),
  });
  return [importReadTask(reader), importStoreTask(batches)];
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
