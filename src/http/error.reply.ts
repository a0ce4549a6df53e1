// Failures outside GraphQL, as JSON of the same form as GraphQL's own: a code, a message, a request id.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { BUSY_RETRY_SECONDS, FitroomError, type ErrorCode } from '../errors.js';

/** Fastify's status codes, as ours. */
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

/** Codes of refusals that a retry may overcome. */
const BUSY: ReadonlySet<string> = new Set(['SERVER_BUSY', 'DATABASE_BUSY', 'PICTURES_BUSY']);

/** Answers with one error. */
export async function sendError(
  reply: FastifyReply,
  status: number,
  error: { code: string; message: string },
): Promise<FastifyReply> {
  if (BUSY.has(error.code)) reply.header('retry-after', BUSY_RETRY_SECONDS);
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(status).type('application/json; charset=utf-8').send(errorBody(error, reply.request.id));
}

/** The JSON text of an answer with one error. */
export function errorBody({ code, message }: { code: string; message: string }, requestId: string): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, requestId } }] });
}

export function replyWithErrors(app: FastifyInstance): void {
  const routes: { url: string; method: string }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    for (const one of [method].flat()) routes.push({ url, method: one });
  });
  app.setErrorHandler(async (error: FastifyError, request, reply) => answerFailure(error, request, reply));
  app.setNotFoundHandler(async (request, reply) => {
    const allowed = routes.filter(({ url }) => isAt(url, request.url)).map(({ method }) => method);
    if (allowed.length === 0) return sendError(reply, 404, new FitroomError('NOT_FOUND'));
    return sendError(
      reply.header('allow', [...new Set(allowed)].join(', ')),
      405,
      new FitroomError('METHOD_NOT_ALLOWED'),
    );
  });
}

/** @param error what was thrown: libraries throw anything, null too */
async function answerFailure(
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

/** A Host header that is no host gives ERR_INVALID_URL. */
function statusOf(error: FastifyError | null): number {
  return error?.code === 'ERR_INVALID_URL' ? 400 : (error?.statusCode ?? 500);
}

/** Undefined for a failure that is not the client's. */
function codeOf(status: number): ErrorCode | undefined {
  return CODES[status] ?? (status >= 400 && status < 500 ? 'REQUEST_INVALID' : undefined);
}

/** Whether a route's pattern, with `:name` for one segment, leads to an address. */
function isAt(pattern: string, address: string): boolean {
  const path = address.split('?', 1)[0]!.split('/');
  const wanted = pattern.split('/');
  return wanted.length === path.length && wanted.every((segment, i) => segment.startsWith(':') || segment === path[i]);
}
