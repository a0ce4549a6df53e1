// Composition root of the server. Every part is created here or in container.ts.
import { basename } from 'node:path';
import type { Config } from '../config.js';
import { openContainer, type Container, type ContainerOptions } from './container.js';
import { DEFAULT_STORE_ID, type StoreContext } from '../domain/access/store.context.js';
import { StartupError } from '../errors.js';
import { createHttpServer } from '../http/server.js';
import { Readiness } from '../http/readiness.js';
import { createMetrics } from '../http/metrics.js';
import type { Logger } from '../observability/logger.js';
import { inBackground } from '../request.scope.js';
import { OutfitPreviewService } from '../services/outfits/outfit.preview.service.js';
import type { OpenModel } from '../services/models/open.model.js';
import { BundleRepository } from '../store/bundle.repository.js';
import { EmbeddingRepository } from '../store/embedding.repository.js';
import { ImageRepository } from '../store/image.repository.js';
import type { Database } from '../store/database/database.types.js';

const DEFAULT_STORE: StoreContext = { storeId: DEFAULT_STORE_ID };

export type AppParts = Omit<ContainerOptions, 'observeInference' | 'observeStage'>;

/** A running server. */
export interface App {
  /** URL of the server, for example `http://127.0.0.1:4000`. */
  readonly url: string;
  /** The deployment's own model and its services. */
  readonly own: OpenModel;
  readonly database: Database;
  /** Reports not ready from now on, and continues to serve. */
  drain(): void;
  /** Reports not ready, finishes running requests, then closes jobs, inference and database. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts all parts, with the ones that fail soonest first: settings and model files before the database. The port opens
 * before the catalog is prepared, so that a health check sees a server that is alive but not ready.
 * @throws StartupError with instructions
 */
export async function startApp(parts: AppParts): Promise<App> {
  const { config, logger } = parts;
  if (config.adminKey === null) logger.info('no admin key is set: everyone on this machine has full access');
  logger.info({ bundle: basename(config.bundleDir) }, 'loading the models and opening the database');
  const metrics = createMetrics();
  const container = await openContainer({
    ...parts,
    observeInference: (event) => metrics.observeInference(event),
    observeStage: (stage, ms) => metrics.observeStage(stage, ms),
    onDroppedRecommendations: (dropped) => metrics.countDroppedAnswers(dropped),
  });
  const { database, own, serve } = container;
  metrics.watchModels(() => container.registry.openBundles());
  const serving = () => serve(DEFAULT_STORE, (model) => Promise.resolve(nameOf(model)));
  const readiness = new Readiness({ database, own: nameOf(own), serving });
  const { access } = container.shared;
  const server = await createHttpServer({
    serve,
    access,
    catalog: own.catalog,
    looks: new OutfitPreviewService(new ImageRepository(database)),
    config,
    logger,
    readiness,
    metrics,
    database,
  });
  const close = closeOnce({ server, readiness, container, logger });
  try {
    const url = await server.listen({ port: config.port, host: config.host });
    await inBackground(() => prepareCatalogs(container, config, logger));
    container.worker.start();
    readiness.open();
    return { url, own, database, drain: () => readiness.drain(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function nameOf({ encoders }: OpenModel): { model: string; executionProvider: string } {
  return { model: encoders.bundle.id, executionProvider: encoders.executionProvider };
}

/**
 * Prepares the catalog of every store with its model. Embeddings may be missing, because a folder may hold another
 * version now and FITROOM_MODEL may name another bundle.
 */
async function prepareCatalogs(container: Container, config: Config, logger: Logger): Promise<void> {
  const { database, registry, own } = container;
  for (const { storeId, serving } of await new BundleRepository(database).all()) {
    if (serving !== null) logger.info({ storeId, bundle: serving }, 'the store has a model of its own');
    await registry
      .using(serving ?? own.bundle, (model) => prepareCatalog(database, { storeId }, model, logger))
      .catch((error: unknown) => {
        if (serving === null || !(error instanceof StartupError)) throw error;
        const reason = `The store ${storeId} uses the bundle ${serving}, which cannot be opened on this machine.`;
        throw new StartupError(`${reason}\n${error.message}`, { cause: error });
      });
  }
  if (!config.sampleCatalog) return;
  const stored = await container.serve(DEFAULT_STORE, ({ sample }) =>
    sample.fillEmptyCatalog(DEFAULT_STORE, (done, all) => logger.info({ done, all }, 'storing the sample catalog')),
  );
  if (stored > 0) logger.info({ garments: stored }, 'sample catalog ready');
}

async function prepareCatalog(
  database: Database,
  ctx: StoreContext,
  { encoders, embedder }: OpenModel,
  logger: Logger,
): Promise<void> {
  const { bundle } = encoders;
  await new EmbeddingRepository(database).ensureIndex(bundle.id, bundle.manifest.dimensions);
  await embedder.embedUnknown(ctx, (done) => logger.info({ ...ctx, done, model: bundle.id }, 'embedding the catalog'));
}

/** Returns a function that closes the server at the first call. */
function closeOnce(parts: {
  server: Awaited<ReturnType<typeof createHttpServer>>;
  readiness: Readiness;
  container: Container;
  logger: Logger;
}): () => Promise<void> {
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    parts.readiness.drain();
    await parts.server.close();
    await parts.container.close();
    parts.logger.info('stopped');
  };
  return () => (closed ??= close());
}
