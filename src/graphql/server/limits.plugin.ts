// Limits of an operation: document length and size before validation, variables and cost before execution.
import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { GraphQLError, parse, type DocumentNode } from 'graphql';
import { FitroomError } from '../../errors.js';
import type { GraphQLContext } from './context.js';
import { MAX_ARGUMENT_VALUES, MAX_COST } from '../cost.js';
import { DocumentCache } from './document.cache.js';
import { hasManyValues, TOO_MANY_VALUES } from './json.size.js';
import { operationCost, type OperationCost } from './operation.cost.js';
import { exceededLimit, MAX_DOCUMENT_LENGTH, MAX_TOKENS } from './operation.size.js';
import { requireTextualHash } from './persisted.queries.js';
import { coerceVariables } from './variables.js';

type Operation = GraphQLRequestContextDidResolveOperation<GraphQLContext>;

/** Placeholder for a document that is too long to be parsed. */
const UNPARSED: DocumentNode = parse('{ __typename }', { noLocation: true });

const TOO_LONG = `A query text may have at most ${MAX_DOCUMENT_LENGTH} characters. Move long values into variables.`;
const TOO_MANY_ARGUMENTS =
  `The arguments of an operation may hold at most ${MAX_ARGUMENT_VALUES} values, counted for each row. Split the ` +
  'operation.';

/**
 * Returns the plugin that enforces the limits and adds the cost to the response. It replaces the document store of the
 * server, which would not accept a document from the plugin.
 */
export function limitsPlugin(): ApolloServerPlugin<GraphQLContext> {
  const validDocuments = new DocumentCache();
  return {
    async requestDidStart({ request: graphqlRequest }) {
      requireTextualHash(graphqlRequest);
      let parsedDocument: DocumentNode | null = null;
      let refused: GraphQLError | null = null;
      let points: number | null = null;
      return {
        async didResolveSource(request: { source: string; queryHash: string; document?: DocumentNode }) {
          // the server neither parses nor validates a document that is already set
          request.document = validDocuments.get(request.queryHash);
          if (request.document) return;
          parsedDocument = parseDocument(request.source);
          const exceeded = parsedDocument && (parsedDocument === UNPARSED ? TOO_LONG : exceededLimit(parsedDocument));
          if (!exceeded) return;
          refused = tooComplex(exceeded);
          request.document = parsedDocument!;
        },
        async validationDidStart(request: { source: string; queryHash: string; document?: DocumentNode }) {
          return async (errors) => {
            if (errors || !parsedDocument) return;
            // finding the line of a position takes 5 ms in a text of 100,000 lines, for every row that fails
            request.document = parsedDocument;
            validDocuments.set(request.queryHash, parsedDocument, request.source.length);
          };
        },
        async didResolveOperation(request) {
          if (refused) throw refused;
          const cost = costOf(request);
          points = cost.points;
          if (cost.argumentValues > MAX_ARGUMENT_VALUES) throw tooComplex(TOO_MANY_ARGUMENTS);
          if (points <= MAX_COST) return;
          throw tooComplex(
            `An operation may cost at most ${MAX_COST} points; this one costs ${points}. Select fewer fields or rows.`,
          );
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

/** Returns the document without positions, or null for invalid syntax, which the server reports itself. */
function parseDocument(text: string): DocumentNode | null {
  if (text.length > MAX_DOCUMENT_LENGTH) return UNPARSED;
  try {
    return parse(text, { maxTokens: MAX_TOKENS, noLocation: true });
  } catch {
    return null;
  }
}

/**
 * Returns the cost of an operation.
 * @throws GraphQLError if arguments or variables are invalid; an operation without a known cost does not run
 */
function costOf(request: Operation): OperationCost {
  const { schema, document, operation } = request;
  // the server itself reports that no operation has this name
  if (!operation) return { points: 0, argumentValues: 0 };
  const root = schema.getRootType(operation.operation);
  // validation accepts an operation of a type that the schema does not have
  if (!root) throw badRequest(`This schema has no ${operation.operation} fields.`);
  const values = request.request.variables ?? {};
  if (hasManyValues(values)) throw tooComplex(TOO_MANY_VALUES);
  const variables = coerceVariables(schema, operation, values);
  return operationCost({ schema, document, operation, root, variables });
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } } });
}

function tooComplex(message: string): GraphQLError {
  const originalError = new FitroomError('QUERY_TOO_COMPLEX', message);
  return new GraphQLError(message, { originalError, extensions: { http: { status: 400 } } });
}
