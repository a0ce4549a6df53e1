// Refuses operations that ask for too much, before they cost anything: by their size ahead of validation, since validating
// is what makes a small text of nested fragments expensive, then by what their caller may ask for, since a role's schema
// knows nothing of what is not for it, and by the cost of their fields ahead of execution. What an
// operation costs stands in its answer.
import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { GraphQLError, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
// the package's ESM build brings a second copy of graphql, which does not know this one's schema
import queryComplexity from 'graphql-query-complexity/cjs';
import { CALLER_ROLES } from '../domain/caller.js';
import { FitroomError } from '../errors.js';
import { boundedCache } from '../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { textBytes } from '../memory/heap.size.js';
import type { GraphQLContext } from './context.js';
import { MAX_COST, objectCost } from './cost.js';
import { exceededLimit, MAX_TOKENS } from './operation.size.js';
import { forbidden } from './permission.check.js';

type Operation = GraphQLRequestContextDidResolveOperation<GraphQLContext>;

const { fieldExtensionsEstimator, getComplexity } = queryComplexity;

/** Most that a token of a document takes in memory, with its nodes and their locations: measured, 290 to 560 bytes. */
const TOKEN_BYTES = 600;

/**
 * In place of the server's own document store, which would keep this plugin from handing it a document.
 * @param whole the schema of which the server's role sees a part
 */
export function limitsPlugin(whole: GraphQLSchema): ApolloServerPlugin<GraphQLContext> {
  // documents that have passed parsing, limits and validation: clients send the same few texts again and again
  const valid = boundedCache(MEMORY_BOUNDS.documents, { sizeOf: documentBytes, parts: CALLER_ROLES.length });
  return {
    async requestDidStart({ contextValue: { caller } }) {
      let refused: GraphQLError | null = null;
      let points: number | null = null;
      return {
        async didResolveSource(request: { source: string; queryHash: string; document?: DocumentNode }) {
          // a document that is there already is neither parsed nor validated again
          request.document = valid.get(request.queryHash);
          const document = request.document ? null : parsed(request.source);
          if (document === null) return;
          const exceeded = exceededLimit(document);
          refused = exceeded === null ? forbidden(whole, document, caller.role) : refusal(exceeded);
          if (refused) request.document = document;
        },
        async validationDidStart({ queryHash, document }) {
          return async (errors) => {
            if (!errors) valid.set(queryHash, document);
          };
        },
        async didResolveOperation(request) {
          if (refused) throw refused;
          requireOperation(request);
          points = Math.ceil(costOf(request));
          if (points > MAX_COST) throw refusal(`An operation may cost ${MAX_COST} points, this one costs ${points}.`);
        },
        async willSendResponse({ response: { body } }) {
          if (points === null || body.kind !== 'single') return;
          const { singleResult } = body;
          singleResult.extensions = { ...singleResult.extensions, cost: { points, limit: MAX_COST } };
        },
      };
    },
  };
}

/** Its nodes, and its text with comments and white space, which the locations of the nodes lead to. */
function documentBytes({ loc }: DocumentNode): number {
  let tokens = 0;
  for (let token = loc?.startToken ?? null; token; token = token.next) tokens += 1;
  return TOKEN_BYTES * tokens + textBytes(loc?.source.body ?? '');
}

/** Null for a text that is no document: the server reports that itself. */
function parsed(text: string): DocumentNode | null {
  try {
    return parse(text, { maxTokens: MAX_TOKENS, noLocation: true });
  } catch {
    return null;
  }
}

/**
 * Validation has nothing against an operation of a type that the schema does not have.
 * @throws GraphQLError
 */
function requireOperation({ schema, operation }: Operation): void {
  if (!operation || schema.getRootType(operation.operation)) return;
  throw new GraphQLError(`There is no ${operation.operation} that could be asked for here.`, {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
  });
}

/** @throws GraphQLError where arguments or variables do not fit: what cannot be priced is not carried out */
function costOf({ schema, document, operation, request }: Operation): number {
  // the server itself says that there is no operation of this name
  if (!operation) return 0;
  try {
    return getComplexity({
      schema,
      query: document,
      operationName: request.operationName,
      variables: request.variables ?? {},
      estimators: [fieldExtensionsEstimator(), objectCost],
    });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new GraphQLError(error.message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
  }
}

function refusal(message: string): GraphQLError {
  const error = new FitroomError('QUERY_TOO_COMPLEX', message);
  return new GraphQLError(message, { originalError: error, extensions: { http: { status: 400 } } });
}
