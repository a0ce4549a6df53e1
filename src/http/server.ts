// The HTTP server: routes, limits, logs and headers.
import { fastify, LogController, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { createApollos } from '../graphql/server/apollo.js';
import type { Services } from '../services/services.js';
import { createPersistedQueries } from '../graphql/server/persisted.queries.js';
import { logRequests } from './access.log.js';
import { replyWithErrors } from './error.reply.js';
import { authenticate } from './authentication.js';
import { LONGEST_BODY_MS, limitBodyTime } from './body.deadline.js';
import { answerBadAddress, answerClientErrors } from './client.errors.js';
import { boundConnections } from './connections.js';
import { serveGraphql, type Api } from './graphql.route.js';
import { serveHealth } from './health.route.js';
import { serveOutfitPreviews } from './outfit.route.js';
import type { Metrics, PoolCounts } from './metrics.js';
import { serveMetrics } from './metrics.route.js';
import { servePages } from './page.route.js';
import { servePictures } from './picture.route.js';
import { servePlayground } from './playground.route.js';
import type { Readiness } from './readiness.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { filesForConnections } from './open.files.js';
import type { OutfitPreviewService } from '../services/outfits/outfit.preview.service.js';
import { requestIdOf } from './request.identity.js';
import { secure } from './security.js';
import { enableStaticFiles } from './static.files.js';
import { discardUnreadBodies } from './unread.body.js';

export interface HttpServerParts {
  config: Pick<Config, 'corsOrigins' | 'publicUrl' | 'maxImportBytes' | 'databaseUrl' | 'databasePoolSize'>;
  logger: Logger;
  serve: Api['serve'];
  access: Services['access'];
  /** The picture source. It needs no model. */
  catalog: Pick<Services['catalog'], 'picture'>;
  looks: Pick<OutfitPreviewService, 'draw'>;
  readiness: Pick<Readiness, 'report' | 'isDraining'>;
  metrics: Metrics;
  database: { readonly connections: PoolCounts };
}

/** Creates a server that is ready to listen. Its `close()` waits for requests in flight. */
export async function createHttpServer(parts: HttpServerParts): Promise<FastifyInstance> {
  const { serve, metrics, logger } = parts;
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    // base64 turns a picture of 10 MB into 13.4 MB
    bodyLimit: MEMORY_BOUNDS.jsonBody.bytes,
    requestTimeout: LONGEST_BODY_MS,
    // idle keep-alive connections must not delay a stop
    forceCloseConnections: 'idle',
    // requests on open connections still get normal responses during a stop
    return503OnClosing: false,
    frameworkErrors: answerBadAddress,
    http: { requireHostHeader: false },
    // the URL of an outfit preview names up to six items
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
  }) as unknown as FastifyInstance;
  app.removeContentTypeParser('text/plain');
  const connections = boundConnections(app, filesForConnections(parts.config));
  limitBodyTime(app);
  discardUnreadBodies(app);
  logRequests(app, metrics);
  answerClientErrors(app, connections);
  replyWithErrors(app);
  app.addHook('onSend', (_request, reply, _payload, next) => {
    // tells clients to use another server before this one closes its connections
    if (parts.readiness.isDraining) reply.header('connection', 'close');
    next();
  });
  await secure(app, parts.config.corsOrigins);
  authenticate(app, parts.access);

  const persistedQueries = createPersistedQueries();
  const apollos = createApollos({ logger, observe: metrics.observeOperation, persistedQueries });
  for (const apollo of Object.values(apollos)) {
    await apollo.start();
    app.addHook('onClose', async () => apollo.stop());
  }

  await serveGraphql(app, apollos, { serve, persistedQueries, ...parts.config });
  servePictures(app, parts.catalog);
  serveOutfitPreviews(app, parts.looks);
  serveHealth(app, parts.readiness);
  metrics.watchPool(parts.database.connections);
  serveMetrics(app, metrics);
  await enableStaticFiles(app);
  await servePlayground(app);
  await servePages(app);
  return app;
}
