// Errors as the client receives them: code, message and argument, from an allow-list.
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import { ERROR_CODES, FitroomError, isTemporary } from '../../errors.js';
import type { UserErrorObject } from '../types/payload.type.js';

/** Codes of GraphQL itself, for requests that are not valid GraphQL. */
export const GRAPHQL_CODES = {
  GRAPHQL_PARSE_FAILED: 'The query is not valid GraphQL. Correct its syntax.',
  GRAPHQL_VALIDATION_FAILED:
    'The query does not match the schema. Correct the fields and arguments that the message names.',
  BAD_USER_INPUT: 'A variable is missing or does not have the type that the query declares.',
  BAD_REQUEST: 'The request is not a valid GraphQL over HTTP request.',
  OPERATION_RESOLUTION_FAILURE:
    'The query has several operations, and `operationName` is absent or names none of them.',
  PERSISTED_QUERY_NOT_FOUND:
    'The server does not have the query with this hash. Send the whole query together with its hash.',
} as const;

/** The longest message, in characters: enough for any reason, too short to echo a picture. */
const MAX_MESSAGE = 400;

/** Returns the error as the client receives it, without its request ID. `error` is the thrown value. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { locations, path } = formatted;
  const position = { ...(locations && { locations }), ...(path && { path }) };
  const known = knownFailure(formatted, error) ?? new FitroomError('INTERNAL_SERVER_ERROR');
  if (!(known instanceof FitroomError)) return { ...known, ...position };
  const field = known.field.length > 0 ? { field: known.field } : {};
  return { message: known.message, ...position, extensions: { code: known.code, ...field } };
}

/** Returns true if the failure is an internal one, which is logged with its stack trace. */
export function isInternal(error: unknown): boolean {
  const failure = error instanceof GraphQLError ? error.toJSON() : { message: String(error) };
  const known = knownFailure(failure, error);
  return known === null || (known instanceof FitroomError && known.code === 'INTERNAL_SERVER_ERROR');
}

function knownFailure(formatted: GraphQLFormattedError, error: unknown): FitroomError | GraphQLFormattedError | null {
  const thrown = unwrapResolverError(error);
  if (thrown instanceof FitroomError) return thrown;
  if (error instanceof GraphQLError && error.originalError instanceof FitroomError) return error.originalError;
  if (thrown instanceof ArgumentValidationError) return invalidArgument(thrown);
  // an error of a resolver is never reported as a GraphQL error, whatever code a library has set on it
  if (thrown !== error) return null;
  const code = String(formatted.extensions?.['code']);
  if (code === 'GRAPHQL_PARSE_FAILED' && formatted.message.includes('tokens. Parsing aborted')) {
    return new FitroomError(
      'QUERY_TOO_COMPLEX',
      'The query text has too many tokens. Select fewer fields or split the query.',
    );
  }
  if (code in GRAPHQL_CODES) return shortened(formatted, code);
  return isBadRequest(error) ? shortened(formatted, 'BAD_REQUEST') : null;
}

function shortened({ message, extensions }: GraphQLFormattedError, code: string): GraphQLFormattedError {
  const field = extensions?.['field'];
  return { message: message.slice(0, MAX_MESSAGE), extensions: { code, ...(Array.isArray(field) && { field }) } };
}

/**
 * Returns true for errors to which Apollo gives a status but no code: a hash of another query, and an unknown version
 * of persisted queries.
 */
function isBadRequest(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.path !== undefined) return false;
  return (error.extensions['http'] as { status?: number } | undefined)?.status === 400;
}

/**
 * Returns the error for an invalid argument, with its path. It leaves out the input itself, which class-validator
 * returns.
 */
function invalidArgument({ extensions }: ArgumentValidationError): FitroomError {
  const [first] = extensions.validationErrors;
  const { argument } = (first?.target?.constructor ?? {}) as { argument?: string };
  const path = argument === undefined ? [] : [argument];
  let reason: string | undefined;
  for (let problem = first; problem; problem = problem.children?.[0]) {
    path.push(problem.property);
    reason = Object.values(problem.constraints ?? {})[0] ?? reason;
  }
  return new FitroomError('ARGUMENT_INVALID', reason ?? ERROR_CODES.ARGUMENT_INVALID, path);
}

/** Returns the codes of formatted errors. */
export function codesOf(errors: readonly GraphQLFormattedError[] | undefined): string[] {
  return (errors ?? []).map(({ extensions }) => String(extensions?.['code']));
}

/** Passes the outcome on. The field path of a failure gets the argument `name` in front. */
export async function withinArgument<Result>(name: string, outcome: Promise<Result>): Promise<Result> {
  return outcome.catch((error: unknown) => {
    throw error instanceof FitroomError ? error.within(name) : error;
  });
}

/** Returns the result of `work`, or its failure as a user error. @throws failures that are temporary or internal */
export async function orUserErrors<Result>(
  work: Promise<Result>,
): Promise<{ result: Result | null; userErrors: UserErrorObject[] }> {
  try {
    return { result: await work, userErrors: [] };
  } catch (error) {
    if (!(error instanceof FitroomError) || isTemporary(error)) throw error;
    const { field, code, message } = error;
    return { result: null, userErrors: [{ field: [...field], code, message }] };
  }
}
