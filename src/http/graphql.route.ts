// The /graphql route: JSON and multipart requests, with one schema per caller role.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import etag from '@fastify/etag';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { Logger } from 'pino';
import { CALLER_ROLES, type CallerRole } from '../domain/access/caller.js';
import type { StoreContext } from '../domain/access/store.context.js';
import type { ApolloByRole } from '../graphql/server/apollo.js';
import type { GraphQLContext } from '../graphql/server/context.js';
import type { Services } from '../services/services.js';
import { withinRequest } from '../request.scope.js';
import { withTraceParent, traced } from '../observability/tracing.js';
import type { PersistedQueriesByRole } from '../graphql/server/persisted.queries.js';
import { requireSmallJson } from '../graphql/server/json.size.js';
import { createLoaders } from '../graphql/server/loaders.js';
import { callerOf, GUARDED } from './authentication.js';
import { boundJsonBodies } from './body.budget.js';
import { readMultipart } from './multipart.js';

export const GRAPHQL_PATH = '/graphql';

export interface Api {
  /**
   * Runs `work` with the store's services.
   * @throws FitroomError SERVICE_UNAVAILABLE if the store's model cannot be opened
   */
  serve: <T>(store: StoreContext, work: (services: Services) => Promise<T>) => Promise<T>;
  publicUrl: string | null;
  maxImportBytes: number;
  persistedQueries: PersistedQueriesByRole;
}

export async function serveGraphql(app: FastifyInstance, apollos: ApolloByRole, api: Api): Promise<void> {
  await app.register(async (scope) => {
    readMultipart(scope, {
      maxImportBytes: api.maxImportBytes,
      persistedText: (request, hash) => api.persistedQueries[callerOf(request).role].textOf(hash),
    });
    readSmallJson(scope);
    boundJsonBodies(scope);
    await forbidSharedCaching(scope);
    const servicesOf = new WeakMap<FastifyRequest, Services>();
    const context = async (request: FastifyRequest): Promise<GraphQLContext> =>
      contextOf(request, { services: servicesOf.get(request)!, publicUrl: api.publicUrl });
    const handlers = new Map<CallerRole, RouteHandlerMethod>();
    for (const role of CALLER_ROLES)
      handlers.set(role, fastifyApolloHandler(apollos[role], { context }) as RouteHandlerMethod);
    scope.addHook('onSend', async (request, reply, payload) => withRequestId(request, reply.statusCode, payload));
    scope.route({
      method: ['GET', 'POST'],
      url: GRAPHQL_PATH,
      ...GUARDED,
      // the request keeps its model until the response is ready, so a model switch does not affect it
      handler(request, reply) {
        const { role, store } = callerOf(request);
        const attributes = {
          'http.request.method': request.method,
          'http.route': GRAPHQL_PATH,
          'fitroom.request': request.id,
          'fitroom.store': store.storeId,
          'fitroom.role': role,
        };
        const execute = () =>
          api.serve(store, async (services) => {
            servicesOf.set(request, services);
            return handlers.get(role)!.call(this, request, reply);
          });
        return withinRequest(disconnectSignal(request, reply), () =>
          withTraceParent(request.headers, () =>
            traced(`${request.method} ${GRAPHQL_PATH}`, { kind: 'SERVER', attributes }, execute),
          ),
        );
      },
    });
  });
}

/** Bodies from this size on are parsed in several turns of the event loop. */
const LARGE_BODY_BYTES = 1_000_000;

/**
 * Parses JSON bodies of up to 16 MB. Counts their values first, because 16 MB of small values take the parser seconds.
 * For a large body, each step runs in a separate turn of the event loop: 15 MB take 20 to 50 ms to scan and 30 to 80 ms
 * to parse.
 */
function readSmallJson(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const pause = body.length < LARGE_BODY_BYTES ? () => undefined : () => nextTurn();
      await pause();
      requireSmallJson(body);
      await pause();
      const parsed = await new Promise<unknown>((resolve, reject) => {
        // the parser accepts a buffer, although its type asks for a string
        void parse(request, body as unknown as string, (error, value) => (error ? reject(error) : resolve(value)));
      });
      await pause();
      return parsed;
    },
  );
}

/**
 * Returns a signal that aborts when the connection closes before the whole response is sent. It watches the socket, not
 * the response, because a waiting pipelined response emits no 'close'.
 */
function disconnectSignal({ raw: { socket } }: FastifyRequest, { raw: response }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  if (socket.destroyed) abort();
  socket.once('close', abort);
  response.once('finish', () => socket.off('close', abort));
  return controller.signal;
}

/**
 * Forbids proxies to store responses, because a response can be personal and changes with the catalog and the shopper's
 * behavior. A browser may store a GET response and revalidates it by its etag.
 */
async function forbidSharedCaching(scope: FastifyInstance): Promise<void> {
  scope.addHook('onSend', async ({ method }, reply) => {
    const isCacheable = method === 'GET' && reply.statusCode === 200;
    reply.header('cache-control', isCacheable ? 'private, no-cache' : 'no-store');
  });
  await scope.register(etag);
}

/**
 * Adds the request id to errors of requests that failed before an operation was parsed. Those errors have no context.
 */
function withRequestId({ id }: FastifyRequest, status: number, payload: unknown): unknown {
  if (status < 400 || typeof payload !== 'string' || payload.includes(`"requestId":"${id}"`)) return payload;
  const body = JSON.parse(payload) as { errors?: { extensions?: object }[] };
  const errors = body.errors?.map((error) => ({ ...error, extensions: { ...error.extensions, requestId: id } }));
  return JSON.stringify({ ...body, errors });
}

function contextOf(
  request: FastifyRequest,
  { services, publicUrl }: { services: Services; publicUrl: string | null },
): GraphQLContext {
  const caller = callerOf(request);
  const { store } = caller;
  return {
    services,
    caller,
    store,
    loaders: createLoaders(store, services),
    origin: publicUrl ?? `${request.protocol}://${request.host}`,
    requestId: request.id,
    log: request.log as Logger,
    trace: request.operation,
  };
}
