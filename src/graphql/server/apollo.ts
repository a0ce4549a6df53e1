// The GraphQL servers, one for each role: schema, limits, errors and traces.
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { CALLER_ROLES, type CallerRole } from '../../domain/access/caller.js';
import type { GraphQLContext } from './context.js';
import { formatError } from './error.format.js';
import { limitsPlugin } from './limits.plugin.js';
import { MAX_TOKENS, SIZE_LIMITS } from './operation.size.js';
import { createPersistedQueries, type PersistedQueriesByRole } from './persisted.queries.js';
import { schemaOf } from './permissions.js';
import { buildFitroomSchema } from './schema.js';
import { tracePlugin, type OperationObserver } from './trace.plugin.js';

/** Most errors of one document. A list of 1,900 wrong values has an error for each. */
const MAX_ERRORS = 10;

export type ApolloByRole = Readonly<Record<CallerRole, ApolloServer<GraphQLContext>>>;

interface ApolloOptions {
  logger: Logger;
  observe: OperationObserver;
  /** Absent: its own. */
  persistedQueries?: PersistedQueriesByRole;
}

/** A server for every role, over one schema and the same resolvers. */
export function createApollos({ persistedQueries = createPersistedQueries(), ...given }: ApolloOptions): ApolloByRole {
  const options = { persistedQueries, ...given };
  const schema = buildFitroomSchema();
  const servers = CALLER_ROLES.map((role) => [role, createApollo(role, schema, options)] as const);
  return Object.fromEntries(servers) as ApolloByRole;
}

/** @param schema the whole one */
function createApollo(
  role: CallerRole,
  schema: GraphQLSchema,
  options: Required<ApolloOptions>,
): ApolloServer<GraphQLContext> {
  return new ApolloServer<GraphQLContext>({
    schema: schemaOf(role, schema),
    logger: options.logger,
    formatError,
    plugins: [tracePlugin(options.observe), limitsPlugin(), ApolloServerPluginLandingPageDisabled()],
    // the limits keep one of their own
    documentStore: null,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationOptions: { maxErrors: MAX_ERRORS },
    maxRecursiveSelections: SIZE_LIMITS.selections,
    // both tell of the role's own schema only; without "Did you mean" analysts would lose their best help
    introspection: true,
    hideSchemaDetailsFromClientErrors: false,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: { cache: options.persistedQueries[role] },
    // the composition root stops everything in its order
    stopOnTerminationSignals: false,
  });
}
