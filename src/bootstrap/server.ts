// Composition root of the server: every part is made here or in core.ts, by hand, and handed to those who need it.
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
  /** Where it listens: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** The deployment's own model, and what answers with it. */
  readonly own: OpenModel;
  readonly database: Database;
  /** Reports not ready from here on, and serves on. */
  drain(): void;
  /** Not ready → requests in flight end → jobs → inference → database. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts everything in the order in which it can fail cheapest: settings and model files before the database, and the
 * port before the work of storing the sample, so that a health check sees a server that lives but is not ready.
 * @throws StartupError saying what to do
 */
export async function startApp({ config, logger, ...given }: AppParts): Promise<App> {
  if (config.adminKey === null) logger.info('no key is set: everyone on this machine may do everything');
  logger.info({ bundle: basename(config.bundleDir) }, 'loading the models and opening the database');
  const metrics = createMetrics();
  const core = await openContainer({
    config,
    logger,
    ...given,
    observeInference: (event) => metrics.observeInference(event),
    observeStage: (stage, ms) => metrics.observeStage(stage, ms),
    onDroppedAnswers: (answers) => metrics.countDroppedAnswers(answers),
  });
  const { database, own, serve } = core;
  metrics.watchModels(() => core.registry.openBundles());
  const serving = () => serve(DEFAULT_STORE, (model) => Promise.resolve(nameOf(model)));
  const readiness = new Readiness({ database, own: nameOf(own), serving });
  const catalog = own.catalog;
  const { access } = core.shared;
  const looks = new OutfitPreviewService(new ImageRepository(database));
  const shown = { catalog, looks };
  const server = await createHttpServer({ serve, access, ...shown, config, logger, readiness, metrics, database });
  const close = closing({ server, readiness, core, logger });
  try {
    const url = await server.listen({ port: config.port, host: config.host });
    await inBackground(() => prepareCatalogs(core, config, logger));
    core.worker.start();
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

/** Every store's catalog, each with its own model: a folder may hold another version by now, and FITROOM_MODEL another name. */
async function prepareCatalogs(core: Container, config: Config, log: Logger): Promise<void> {
  const { database, registry, own } = core;
  for (const { storeId, serving } of await new BundleRepository(database).all()) {
    if (serving !== null) log.info({ storeId, bundle: serving }, 'the store has a model of its own');
    await registry
      .using(serving ?? own.bundle, (model) => prepareCatalog(database, { storeId }, model, log))
      .catch((error: unknown) => {
        if (serving === null || !(error instanceof StartupError)) throw error;
        const reason = `The store ${storeId} is answered by the bundle ${serving}, which cannot be opened here.`;
        throw new StartupError(`${reason}\n${error.message}`, { cause: error });
      });
  }
  if (!config.sampleCatalog) return;
  const stored = await core.serve(DEFAULT_STORE, ({ sample }) =>
    sample.fillEmptyCatalog(DEFAULT_STORE, (done, all) => log.info({ done, all }, 'storing the sample catalog')),
  );
  if (stored > 0) log.info({ garments: stored }, 'sample catalog ready');
}

async function prepareCatalog(
  database: Database,
  ctx: StoreContext,
  { encoders, embedder }: OpenModel,
  log: Logger,
): Promise<void> {
  const { bundle } = encoders;
  await new EmbeddingRepository(database).ensureIndex(bundle.id, bundle.manifest.dimensions);
  await embedder.embedUnknown(ctx, (done) => log.info({ ...ctx, done, model: bundle.id }, 'embedding the catalog'));
}

function closing(parts: {
  server: Awaited<ReturnType<typeof createHttpServer>>;
  readiness: Readiness;
  core: Container;
  logger: Logger;
}): () => Promise<void> {
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    parts.readiness.drain();
    await parts.server.close();
    await parts.core.close();
    parts.logger.info('stopped');
  };
  return () => (closed ??= close());
}
