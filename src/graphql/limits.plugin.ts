// The limits of an operation: the length and size of its document ahead of validation, its variables and its cost ahead
// of execution. The answer says what the operation cost.
import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { GraphQLError, parse, type DocumentNode } from 'graphql';
import { FitroomError } from '../errors.js';
import type { GraphQLContext } from './context.js';
import { MAX_COST } from './cost.js';
import { DocumentCache } from './document.cache.js';
import { requireFewValues } from './json.size.js';
import { operationCost } from './operation.cost.js';
import { exceededLimit, MAX_DOCUMENT_LENGTH, MAX_TOKENS } from './operation.size.js';
import { requireTextualHash } from './persisted.queries.js';
import { coerceVariables } from './variables.js';

type Operation = GraphQLRequestContextDidResolveOperation<GraphQLContext>;

/** Stands for a document that is too long to be parsed. */
const UNREAD: DocumentNode = parse('{ __typename }');

/** In place of the server's own document store, which would keep this plugin from handing it a document. */
export function limitsPlugin(): ApolloServerPlugin<GraphQLContext> {
  const valid = new DocumentCache();
  return {
    async requestDidStart({ request: sent }) {
      requireTextualHash(sent);
      let refused: GraphQLError | null = null;
      let points: number | null = null;
      return {
        async didResolveSource(request: { source: string; queryHash: string; document?: DocumentNode }) {
          // a document that is there already is neither parsed nor validated again
          request.document = valid.get(request.queryHash);
          if (request.document) return;
          const exceeded = exceededBy(request.source);
          if (exceeded === null) return;
          refused = refusal(new FitroomError('QUERY_TOO_COMPLEX', exceeded.message));
          request.document = exceeded.document;
        },
        async validationDidStart({ queryHash, document, source }) {
          return async (errors) => {
            if (!errors) valid.set(queryHash, document, source.length);
          };
        },
        async didResolveOperation(request) {
          if (refused) throw refused;
          points = costOf(request);
          if (points <= MAX_COST) return;
          const message = `An operation may cost ${MAX_COST} points, this one costs ${points}.`;
          throw refusal(new FitroomError('QUERY_TOO_COMPLEX', message));
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

/** The limit that a text exceeds, with what is known of its document, or null. The server itself reports what is no document. */
function exceededBy(text: string): { message: string; document: DocumentNode } | null {
  if (text.length > MAX_DOCUMENT_LENGTH) {
    return { message: `A query text has at most ${MAX_DOCUMENT_LENGTH} characters.`, document: UNREAD };
  }
  try {
    const document = parse(text, { maxTokens: MAX_TOKENS, noLocation: true });
    const message = exceededLimit(document);
    return message === null ? null : { message, document };
  } catch {
    return null;
  }
}

/** @throws GraphQLError where arguments or variables do not fit: an operation without a price is not carried out */
function costOf(request: Operation): number {
  const { schema, document, operation } = request;
  // the server itself says that there is no operation of this name
  if (!operation) return 0;
  const root = schema.getRootType(operation.operation);
  // validation has nothing against an operation of a type that the schema does not have
  if (!root) throw badRequest(`There is no ${operation.operation} that could be asked for here.`);
  const given = request.request.variables ?? {};
  try {
    requireFewValues(given);
  } catch (error) {
    throw error instanceof FitroomError ? refusal(error) : error;
  }
  const variables = coerceVariables(schema, operation, given);
  return Math.ceil(operationCost({ schema, document, operation, root, variables }));
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } } });
}

function refusal(error: FitroomError): GraphQLError {
  return new GraphQLError(error.message, { originalError: error, extensions: { http: { status: 400 } } });
}
