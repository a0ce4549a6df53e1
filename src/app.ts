// Composition root of the server: every part is made here or in core.ts, by hand, and handed to those who need it.
import type { Config } from './config.js';
import { openCore, type Core, type CoreParts, type Services } from './core.js';
import { DEFAULT_STORE_ID, type StoreContext } from './domain/store.context.js';
import { createHttpServer } from './http/server.js';
import { Readiness } from './http/readiness.js';
import { createMetrics } from './http/metrics.js';
import type { Encoders } from './inference/encoders.js';
import type { Logger } from './logger.js';
import type { Database } from './store/database.js';
import { EmbeddingRepository } from './store/embedding.repository.js';

export type AppParts = Omit<CoreParts, 'observeInference' | 'observeStage'>;

/** A running server. */
export interface App {
  /** Where it listens: `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly encoders: Encoders;
  readonly database: Database;
  readonly services: Services;
  /** Not ready → requests in flight end → jobs → inference → database. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts everything in the order in which it can fail cheapest: settings and model files before the database, and the
 * port before the long work of drawing a sample, so that a health check sees a server that lives but is not ready.
 * @throws StartupError saying what to do
 */
export async function startApp({ config, logger, ...given }: AppParts): Promise<App> {
  if (config.adminKey === null) logger.info('no key is set: everyone on this machine may do everything');
  const metrics = createMetrics();
  const core = await openCore({
    config,
    logger,
    ...given,
    observeInference: (event) => metrics.observeInference(event),
    observeStage: (stage, ms) => metrics.observeStage(stage, ms),
  });
  const { database, encoders, services } = core;
  const readiness = new Readiness({ database, encoders });
  const server = await createHttpServer({ services, config, logger, readiness, metrics, database });
  const close = closing({ server, readiness, core, logger });
  try {
    const url = await server.listen({ port: config.port, host: config.host });
    await prepareCatalog(core, config, logger);
    core.worker.start();
    readiness.open();
    return { url, encoders, database, services, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function prepareCatalog({ database, encoders, services }: Core, config: Config, log: Logger): Promise<void> {
  const { bundle } = encoders;
  await new EmbeddingRepository(database).ensureIndex(bundle.id, bundle.manifest.dimensions);
  for (const { id: storeId } of await services.stores.list()) {
    await services.upserts.embedUnknown({ storeId }, (done) =>
      log.info({ done, store: storeId, model: bundle.id }, 'embedding the catalog'),
    );
  }
  if (!config.sampleCatalog) return;
  const ctx: StoreContext = { storeId: DEFAULT_STORE_ID };
  const stored = await services.sample.fillEmptyCatalog(ctx, (done, all) =>
    log.info({ done, all }, 'drawing the sample catalog'),
  );
  if (stored > 0) log.info({ garments: stored }, 'sample catalog ready');
}

function closing(parts: {
  server: Awaited<ReturnType<typeof createHttpServer>>;
  readiness: Readiness;
  core: Core;
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
