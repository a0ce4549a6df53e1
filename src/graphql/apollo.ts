// The GraphQL server itself: schema, limits, errors and traces put together. Knows no HTTP server.
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { Logger } from 'pino';
import type { GraphQLContext } from './context.js';
import { formatError } from './error.format.js';
import { limitsPlugin } from './limits.plugin.js';
import { MAX_TOKENS, SIZE_LIMITS } from './operation.size.js';
import { buildFitroomSchema } from './schema.js';
import { tracePlugin, type OperationObserver } from './trace.plugin.js';

export function createApollo(options: { logger: Logger; observe: OperationObserver }): ApolloServer<GraphQLContext> {
  return new ApolloServer<GraphQLContext>({
    schema: buildFitroomSchema(),
    logger: options.logger,
    formatError,
    plugins: [tracePlugin(options.observe), limitsPlugin(), ApolloServerPluginLandingPageDisabled()],
    // the limits keep one of their own
    documentStore: null,
    parseOptions: { maxTokens: MAX_TOKENS },
    maxRecursiveSelections: SIZE_LIMITS.selections,
    // every role is open to whoever can reach this version, the playground and its introspection included; hiding
    // "Did you mean" would hide nothing and cost analysts their best help
    introspection: true,
    hideSchemaDetailsFromClientErrors: false,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // the composition root stops everything in its order
    stopOnTerminationSignals: false,
  });
}
