// GraphQL servers, one for each role.
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

/** Maximum number of errors reported for one document. A list of 1,900 wrong values has an error for each. */
const MAX_ERRORS = 10;

export type ApolloByRole = Readonly<Record<CallerRole, ApolloServer<GraphQLContext>>>;

interface ApolloOptions {
  logger: Logger;
  observe: OperationObserver;
  /** Defaults to new, empty stores. */
  persistedQueries?: PersistedQueriesByRole;
}

/** Returns one server for each role. All share one schema and the same resolvers. */
export function createApollos({ persistedQueries = createPersistedQueries(), ...others }: ApolloOptions): ApolloByRole {
  const options = { persistedQueries, ...others };
  const schema = buildFitroomSchema();
  const servers = CALLER_ROLES.map((role) => [role, createApollo(role, schema, options)] as const);
  return Object.fromEntries(servers) as ApolloByRole;
}

/** @param schema the complete schema, with the fields of all roles */
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
    // the limits plugin has its own document cache
    documentStore: null,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationOptions: { maxErrors: MAX_ERRORS },
    maxRecursiveSelections: SIZE_LIMITS.selections,
    // both reveal only the schema of the role; analysts need the "Did you mean" suggestions
    introspection: true,
    hideSchemaDetailsFromClientErrors: false,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: { cache: options.persistedQueries[role] },
    // the server bootstrap stops all components in order
    stopOnTerminationSignals: false,
  });
}
