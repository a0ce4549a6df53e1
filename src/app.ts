// Composition root: every part is made here, by hand, and handed to those who need it. Nothing else knows all of them.
import type { Config } from './config.js';
import { DEFAULT_STORE_ID, type StoreContext } from './domain/store.context.js';
import { createHttpServer } from './http/server.js';
import { Readiness } from './http/readiness.js';
import { createMetrics, type Metrics } from './http/metrics.js';
import { loadBundle } from './inference/bundle.js';
import { startEncoders, type Encoders } from './inference/encoders.js';
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
import { InsightsService } from './services/insights.service.js';
import { KeyService } from './services/key.service.js';
import { PictureWarnings } from './services/picture.warnings.js';
import { RecommendService } from './services/recommend.service.js';
import { RequestFuser } from './services/request.fuser.js';
import { SampleService } from './services/sample.service.js';
import { StoreService } from './services/store.service.js';
import { UpsertService } from './services/upsert.service.js';
import { openDatabase, type Database } from './store/database.js';
import { EmbeddingRepository } from './store/embedding.repository.js';
import { GarmentRepository } from './store/garment.repository.js';
import { ImageRepository } from './store/image.repository.js';
import { KeyRepository } from './store/key.repository.js';
import { StoreRepository } from './store/store.repository.js';

export interface AppParts {
  config: Config;
  logger: Logger;
  /** Only tests set this: which private addresses a picture may be fetched from. */
  fetchOptions?: CatalogFetchOptions;
  /** Only tests set this: a database that is open already. It is closed with the server all the same. */
  database?: Promise<Database>;
}

/** A running server. */
export interface App {
  /** Where it listens: `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly encoders: Encoders;
  readonly database: Database;
  readonly services: Services;
  /** Not ready → requests in flight end → inference → database. Safe to call twice. */
  close(): Promise<void>;
}

export interface Services {
  recommend: RecommendService;
  catalog: CatalogService;
  upserts: UpsertService;
  classify: ClassifyService;
  insights: InsightsService;
  sample: SampleService;
  access: AccessService;
  keys: KeyService;
  stores: StoreService;
  encoders: Encoders;
}

/**
 * Starts everything in the order in which it can fail cheapest: settings and model files before the database, and the
 * port before the long work of drawing a sample, so that a health check sees a server that lives but is not ready.
 * @throws StartupError saying what to do
 */
export async function startApp({ config, logger, fetchOptions, ...given }: AppParts): Promise<App> {
  if (config.adminKey === null) logger.info('no key is set: everyone on this machine may do everything');
  const metrics = createMetrics();
  const bundle = await loadBundle(config.bundleDir);
  const [database, encoders] = await bothOrNeither(
    given.database ?? openDatabase(config, logger),
    startEncoders(bundle, {
      execution: config.execution,
      threads: config.inferenceThreads,
      logger,
      observe: (event) => metrics.observeInference(event),
    }),
  );
  const readiness = new Readiness({ database, encoders });
  const services = createServices({ config, database, encoders, metrics, fetchOptions });
  const server = await createHttpServer({ services, config, logger, readiness, metrics, database });
  const close = closing({ server, readiness, encoders, database, logger });
  try {
    const url = await server.listen({ port: config.port, host: config.host });
    await prepareCatalog({ config, logger, database, encoders, services });
    readiness.open();
    return { url, encoders, database, services, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function createServices(parts: {
  config: Config;
  database: Database;
  encoders: Encoders;
  metrics: Metrics;
  fetchOptions?: CatalogFetchOptions;
}): Services {
  const { database, encoders, fetchOptions } = parts;
  const garments = new GarmentRepository(database);
  const embeddings = new EmbeddingRepository(database);
  const images = new ImageRepository(database);
  const keys = new KeyRepository(database);
  const stores = new StoreRepository(database);
  const filters = new FilterChecker(garments);
  const reader = new FeatureReader({ encoders, garments, embeddings, fetchOptions });
  const fetcher = new CatalogPictureFetcher(fetchOptions);
  const pictures = new DraftPictures({ encoders, reader, fetcher, garments, images });
  const upserts = new UpsertService({
    encoders,
    garments,
    drafts: new DraftReader({ garments, pictures }),
    encoder: new DraftEncoder({ encoders, reader, embeddings, images }),
    warnings: new PictureWarnings({ encoders, embeddings }),
  });
  return {
    recommend: new RecommendService({
      encoders,
      reader,
      fuser: new RequestFuser(encoders),
      filters,
      garments,
      embeddings,
      observeStage: (stage, ms) => parts.metrics.observeStage(stage, ms),
    }),
    catalog: new CatalogService({ encoders, filters, garments, embeddings, images }),
    upserts,
    classify: new ClassifyService({ encoders, reader }),
    insights: new InsightsService({ encoders, garments }),
    sample: new SampleService({ garments, upserts }),
    access: new AccessService({ keys, stores, adminKey: parts.config.adminKey }),
    keys: new KeyService(keys),
    stores: new StoreService(stores),
    encoders,
  };
}

async function prepareCatalog(parts: {
  config: Config;
  logger: Logger;
  database: Database;
  encoders: Encoders;
  services: Services;
}): Promise<void> {
  const { bundle } = parts.encoders;
  await new EmbeddingRepository(parts.database).ensureIndex(bundle.id, bundle.manifest.dimensions);
  const log = parts.logger;
  for (const { id: storeId } of await parts.services.stores.list()) {
    await parts.services.upserts.embedUnknown({ storeId }, (done) =>
      log.info({ done, store: storeId, model: bundle.id }, 'embedding the catalog'),
    );
  }
  if (!parts.config.sampleCatalog) return;
  const ctx: StoreContext = { storeId: DEFAULT_STORE_ID };
  const stored = await parts.services.sample.fillEmptyCatalog(ctx, (done, all) =>
    log.info({ done, all }, 'drawing the sample catalog'),
  );
  if (stored > 0) log.info({ garments: stored }, 'sample catalog ready');
}

function closing(parts: {
  server: Awaited<ReturnType<typeof createHttpServer>>;
  readiness: Readiness;
  encoders: Encoders;
  database: Database;
  logger: Logger;
}): () => Promise<void> {
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    parts.readiness.drain();
    await parts.server.close();
    await parts.encoders.close();
    await parts.database.close();
    parts.logger.info('stopped');
  };
  return () => (closed ??= close());
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
