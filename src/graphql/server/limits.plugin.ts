// The limits of an operation: the length and size of its document ahead of validation, its variables and its cost ahead
// of execution. The answer says what the operation cost.
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

/** Stands for a document that is too long to be parsed. */
const UNREAD: DocumentNode = parse('{ __typename }', { noLocation: true });

const TOO_LONG = `A query text has at most ${MAX_DOCUMENT_LENGTH} characters.`;
const TOO_MANY_ARGUMENTS = `The arguments of an operation hold at most ${MAX_ARGUMENT_VALUES} values, counted for each row.`;

/** In place of the server's own document store, which would keep this plugin from handing it a document. */
export function limitsPlugin(): ApolloServerPlugin<GraphQLContext> {
  const valid = new DocumentCache();
  return {
    async requestDidStart({ request: sent }) {
      requireTextualHash(sent);
      let measured: DocumentNode | null = null;
      let refused: GraphQLError | null = null;
      let points: number | null = null;
      return {
        async didResolveSource(request: { source: string; queryHash: string; document?: DocumentNode }) {
          // a document that is there already is neither parsed nor validated again
          request.document = valid.get(request.queryHash);
          if (request.document) return;
          measured = parsed(request.source);
          const exceeded = measured && (measured === UNREAD ? TOO_LONG : exceededLimit(measured));
          if (!exceeded) return;
          refused = tooComplex(exceeded);
          request.document = measured!;
        },
        async validationDidStart(request: { source: string; queryHash: string; document?: DocumentNode }) {
          return async (errors) => {
            if (errors || !measured) return;
            // to find the line of a position takes 5 ms in a text of 100,000 lines, for every row that fails
            request.document = measured;
            valid.set(request.queryHash, measured, request.source.length);
          };
        },
        async didResolveOperation(request) {
          if (refused) throw refused;
          const cost = costOf(request);
          points = cost.points;
          if (cost.argumentValues > MAX_ARGUMENT_VALUES) throw tooComplex(TOO_MANY_ARGUMENTS);
          if (points <= MAX_COST) return;
          throw tooComplex(`An operation may cost ${MAX_COST} points, this one costs ${points}.`);
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

/** Without positions. Null for a text that is no document: the server reports that itself. */
function parsed(text: string): DocumentNode | null {
  if (text.length > MAX_DOCUMENT_LENGTH) return UNREAD;
  try {
    return parse(text, { maxTokens: MAX_TOKENS, noLocation: true });
  } catch {
    return null;
  }
}

/** @throws GraphQLError where arguments or variables do not fit: an operation without a price is not carried out */
function costOf(request: Operation): OperationCost {
  const { schema, document, operation } = request;
  // the server itself says that there is no operation of this name
  if (!operation) return { points: 0, argumentValues: 0 };
  const root = schema.getRootType(operation.operation);
  // validation has nothing against an operation of a type that the schema does not have
  if (!root) throw badRequest(`There is no ${operation.operation} that could be asked for here.`);
  const given = request.request.variables ?? {};
  if (hasManyValues(given)) throw tooComplex(TOO_MANY_VALUES);
  const variables = coerceVariables(schema, operation, given);
  return operationCost({ schema, document, operation, root, variables });
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } } });
}

function tooComplex(message: string): GraphQLError {
  const originalError = new FitroomError('QUERY_TOO_COMPLEX', message);
  return new GraphQLError(message, { originalError, extensions: { http: { status: 400 } } });
}
