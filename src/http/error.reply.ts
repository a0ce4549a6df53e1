// Error responses outside GraphQL, in the JSON form of GraphQL errors: message, code, request id.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { BUSY_RETRY_SECONDS, FitroomError, type ErrorCode } from '../errors.js';

/** The error code for each HTTP status that Fastify sets. */
const CODES: Record<number, ErrorCode> = {
  400: 'BODY_INVALID',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  413: 'BODY_TOO_LARGE',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  503: 'SERVICE_UNAVAILABLE',
};

const STATUSES: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  STORE_UNKNOWN: 404,
  NOT_FOUND: 404,
  BODY_TOO_LARGE: 413,
  DATABASE_BUSY: 503,
  PICTURES_BUSY: 503,
  SERVER_BUSY: 503,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
};

/** Codes of errors after which a retry can succeed. */
const BUSY: ReadonlySet<string> = new Set(['SERVER_BUSY', 'DATABASE_BUSY', 'PICTURES_BUSY']);

/** Sends a response with one error. */
export async function sendError(
  reply: FastifyReply,
  status: number,
  error: { code: string; message: string },
): Promise<FastifyReply> {
  if (BUSY.has(error.code)) reply.header('retry-after', BUSY_RETRY_SECONDS);
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(status).type('application/json; charset=utf-8').send(errorBody(error, reply.request.id));
}

/** Returns the JSON text of a response with one error. */
export function errorBody({ code, message }: { code: string; message: string }, requestId: string): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, requestId } }] });
}

/** Sends all errors as JSON, and 405 with an `allow` header for a known URL with another method. */
export function replyWithErrors(app: FastifyInstance): void {
  const routes: { url: string; method: string }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    for (const name of [method].flat()) routes.push({ url, method: name });
  });
  app.setErrorHandler(async (error: FastifyError, request, reply) => replyWithFailure(error, request, reply));
  app.setNotFoundHandler(async (request, reply) => {
    const allowed = routes.filter(({ url }) => matchesRoute(url, request.url)).map(({ method }) => method);
    if (allowed.length === 0) return sendError(reply, 404, new FitroomError('NOT_FOUND'));
    return sendError(
      reply.header('allow', [...new Set(allowed)].join(', ')),
      405,
      new FitroomError('METHOD_NOT_ALLOWED'),
    );
  });
}

/** @param error any thrown value: libraries can throw null, too */
async function replyWithFailure(
  error: FastifyError | null,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (error instanceof GraphQLError) {
    return sendError(reply, 400, { message: error.message, code: String(error.extensions['code']) });
  }
  if (error instanceof FitroomError) return sendError(reply, STATUSES[error.code] ?? 400, error);
  const status = statusOf(error);
  const code = codeOf(status);
  if (code !== undefined) return sendError(reply, status, new FitroomError(code));
  request.log.error({ err: error }, 'a request failed');
  return sendError(reply, 500, new FitroomError('INTERNAL_SERVER_ERROR'));
}

/** Returns the HTTP status. An invalid Host header causes ERR_INVALID_URL. */
function statusOf(error: FastifyError | null): number {
  return error?.code === 'ERR_INVALID_URL' ? 400 : (error?.statusCode ?? 500);
}

/** Returns the error code for a status. Undefined for server errors without a code of their own. */
function codeOf(status: number): ErrorCode | undefined {
  return CODES[status] ?? (status >= 400 && status < 500 ? 'REQUEST_INVALID' : undefined);
}

/** Returns whether a route pattern, with `:name` for one segment, matches the URL path. */
function matchesRoute(pattern: string, address: string): boolean {
  const path = address.split('?', 1)[0]!.split('/');
  const segments = pattern.split('/');
  return (
    segments.length === path.length && segments.every((segment, i) => segment.startsWith(':') || segment === path[i])
  );
}
