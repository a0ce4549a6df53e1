// What of a failure reaches the client: a code, a message and the argument, by allow-list. Everything else is a bug or an
// outage, and all that leaves the server of it is that it happened.
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import { ERROR_CODES, FitroomError, isTemporary } from '../../errors.js';
import type { UserErrorObject } from '../types/payload.type.js';

/** GraphQL's own codes for requests that are no valid GraphQL, beside the table of our own. */
export const GRAPHQL_CODES = {
  GRAPHQL_PARSE_FAILED: 'The query is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The query does not fit the schema.',
  BAD_USER_INPUT: 'A variable is missing or not of the type that the query declares.',
  BAD_REQUEST: 'The HTTP request is not one that GraphQL over HTTP knows.',
  OPERATION_RESOLUTION_FAILURE:
    'The query has several operations and the request names none of them, or one that is not there.',
  PERSISTED_QUERY_NOT_FOUND:
    'The server does not keep the query of this hash, or no longer: send it whole, with its hash.',
} as const;

/** Long enough for any reason, too short to send a picture back. */
const MAX_MESSAGE = 400;

/** The failure as the client gets it, without its request id. `error` is what was thrown. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { locations, path } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const known = knownFailure(formatted, error) ?? new FitroomError('INTERNAL_SERVER_ERROR');
  if (!(known instanceof FitroomError)) return { ...known, ...place };
  const field = known.field.length > 0 ? { field: known.field } : {};
  return { message: known.message, ...place, extensions: { code: known.code, ...field } };
}

/** Whether a failure is the server's own, to be logged with its stack. */
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
  // a resolver's failure never passes for one of GraphQL's own, whatever code a library has put on it
  if (thrown !== error) return null;
  const code = String(formatted.extensions?.['code']);
  if (code === 'GRAPHQL_PARSE_FAILED' && formatted.message.includes('tokens. Parsing aborted')) {
    return new FitroomError('QUERY_TOO_COMPLEX', 'The query text is too long.');
  }
  if (code in GRAPHQL_CODES) return shortened(formatted, code);
  return isBadRequest(error) ? shortened(formatted, 'BAD_REQUEST') : null;
}

function shortened({ message, extensions }: GraphQLFormattedError, code: string): GraphQLFormattedError {
  const field = extensions?.['field'];
  return { message: message.slice(0, MAX_MESSAGE), extensions: { code, ...(Array.isArray(field) && { field }) } };
}

/** Apollo gives a status and no code to a hash that is another query's, and to an unknown version of persisted queries. */
function isBadRequest(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.path !== undefined) return false;
  return (error.extensions['http'] as { status?: number } | undefined)?.status === 400;
}

/** Names the argument. The input itself, which class-validator hands back, is left out. */
function invalidArgument({ extensions }: ArgumentValidationError): FitroomError {
  const [first] = extensions.validationErrors;
  const { argument } = (first?.target?.constructor ?? {}) as { argument?: string };
  const path = argument === undefined ? [] : [argument];
  let reason: string | undefined;
  for (let at = first; at; at = at.children?.[0]) {
    path.push(at.property);
    reason = Object.values(at.constraints ?? {})[0] ?? reason;
  }
  return new FitroomError('ARGUMENT_INVALID', reason ?? ERROR_CODES.ARGUMENT_INVALID, path);
}

/** The codes that a list of formatted errors carries. */
export function codesOf(errors: readonly GraphQLFormattedError[] | undefined): string[] {
  return (errors ?? []).map(({ extensions }) => String(extensions?.['code']));
}

/** The same outcome; a failure's field is found below the argument `name`. */
export async function withinArgument<Result>(name: string, outcome: Promise<Result>): Promise<Result> {
  return outcome.catch((error: unknown) => {
    throw error instanceof FitroomError ? error.within(name) : error;
  });
}

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
