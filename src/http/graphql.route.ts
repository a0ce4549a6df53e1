// /graphql: GraphQL over HTTP, plain and multipart, by the schema of whoever asks. What operations mean is the schema's.
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
  /** Runs `work` with what answers for a store. @throws FitroomError SERVICE_UNAVAILABLE where its model cannot be opened */
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
    await keepPrivate(scope);
    const serving = new WeakMap<FastifyRequest, Services>();
    const context = async (request: FastifyRequest): Promise<GraphQLContext> =>
      contextOf(request, { services: serving.get(request)!, publicUrl: api.publicUrl });
    const handlers = new Map<CallerRole, RouteHandlerMethod>();
    for (const role of CALLER_ROLES)
      handlers.set(role, fastifyApolloHandler(apollos[role], { context }) as RouteHandlerMethod);
    scope.addHook('onSend', async (request, reply, payload) => withRequestId(request, reply.statusCode, payload));
    scope.route({
      method: ['GET', 'POST'],
      url: GRAPHQL_PATH,
      ...GUARDED,
      // its model is held until the answer is there: whatever a request reads, and however long, it reads with one
      handler(request, reply) {
        const { role, store } = callerOf(request);
        const attributes = {
          'http.request.method': request.method,
          'http.route': GRAPHQL_PATH,
          'fitroom.request': request.id,
          'fitroom.store': store.storeId,
          'fitroom.role': role,
        };
        const answer = () =>
          api.serve(store, async (services) => {
            serving.set(request, services);
            return handlers.get(role)!.call(this, request, reply);
          });
        return withinRequest(abandonment(request, reply), () =>
          withTraceParent(request.headers, () =>
            traced(`${request.method} ${GRAPHQL_PATH}`, { kind: 'SERVER', attributes }, answer),
          ),
        );
      },
    });
  });
}

/** JSON of up to 16 MB whose values are counted before it is parsed: 16 MB of small values take the parser seconds. */
function readSmallJson(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    requireSmallJson(body);
    // the parser takes bytes too; its types know of text only
    void parse(request, body as unknown as string, done);
  });
}

/**
 * Aborts when the connection closes before the whole answer was sent. The socket is watched instead of the response: a
 * pipelined response whose turn has not come emits no 'close'.
 */
function abandonment({ raw: { socket } }: FastifyRequest, { raw: response }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  if (socket.destroyed) abort();
  socket.once('close', abort);
  response.once('finish', () => socket.off('close', abort));
  return controller.signal;
}

/**
 * Answers may be a shopper's own, and change with the catalog and with what the shopper does: no proxy keeps one, and a
 * browser asks again with the tag of what it has, which saves it the answer where that is still the same.
 */
async function keepPrivate(scope: FastifyInstance): Promise<void> {
  scope.addHook('onSend', async ({ method }, reply) => {
    const kept = method === 'GET' && reply.statusCode === 200;
    reply.header('cache-control', kept ? 'private, no-cache' : 'no-store');
  });
  await scope.register(etag);
}

/** A request that never became an operation has no context that its error could take the request id from. */
function withRequestId({ id }: FastifyRequest, status: number, payload: unknown): unknown {
  if (status < 400 || typeof payload !== 'string' || payload.includes(`"requestId":"${id}"`)) return payload;
  const answer = JSON.parse(payload) as { errors?: { extensions?: object }[] };
  const errors = answer.errors?.map((error) => ({ ...error, extensions: { ...error.extensions, requestId: id } }));
  return JSON.stringify({ ...answer, errors });
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
