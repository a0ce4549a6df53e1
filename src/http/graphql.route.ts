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

export async function serveGraphql(app: FastifyInstance, apollo: ApolloServer<GraphQLContext>, services: Services): Promise<void> {
  await app.register(async (scope) => {
    readMultipart(scope);
    scope.route({
      method: ['GET', 'POST'],
      url: GRAPHQL_PATH,
      handler: fastifyApolloHandler(apollo, { context: async (request) => contextOf(request, services) }),
    });
  });
}

function contextOf(request: FastifyRequest, services: Services): GraphQLContext {
  const store = { storeId: DEFAULT_STORE_ID };
  return {
    services,
    store,
    loaders: createLoaders(store, services.catalog),
    requestId: request.id,
    log: request.log as Logger,
    trace: request.operation,
  };
}
