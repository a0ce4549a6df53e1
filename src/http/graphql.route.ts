// /graphql: GraphQL over HTTP, plain and multipart. What operations mean is the schema's.
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { DEFAULT_STORE_ID } from '../domain/store.context.js';
import type { GraphQLContext, Services } from '../graphql/context.js';
import { createLoaders } from '../graphql/loaders.js';
import { readMultipart } from './multipart.js';

export const GRAPHQL_PATH = '/graphql';

export async function serveGraphql(
  app: FastifyInstance,
  apollo: ApolloServer<GraphQLContext>,
  api: { services: Services; publicUrl: string | null; maxImportBytes: number },
): Promise<void> {
  await app.register(async (scope) => {
    readMultipart(scope, api.maxImportBytes);
    scope.addHook('onSend', async (request, reply, payload) => withRequestId(request, reply.statusCode, payload));
    scope.route({
      method: ['GET', 'POST'],
      url: GRAPHQL_PATH,
      handler: fastifyApolloHandler(apollo, { context: async (request) => contextOf(request, api) }),
    });
  });
}

/** A request that never became an operation has no context that its error could take the request id from. */
function withRequestId({ id }: FastifyRequest, status: number, payload: unknown): unknown {
  if (status < 400 || typeof payload !== 'string' || payload.includes(`"requestId":"${id}"`)) return payload;
  const { errors, ...rest } = JSON.parse(payload) as { errors: { extensions?: object }[] };
  const named = errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId: id } }));
  return JSON.stringify({ ...rest, errors: named });
}

function contextOf(
  request: FastifyRequest,
  { services, publicUrl }: { services: Services; publicUrl: string | null },
): GraphQLContext {
  const store = { storeId: DEFAULT_STORE_ID };
  return {
    services,
    store,
    loaders: createLoaders(store, services.catalog),
    origin: publicUrl ?? `${request.protocol}://${request.host}`,
    requestId: request.id,
    log: request.log as Logger,
    trace: request.operation,
  };
}
