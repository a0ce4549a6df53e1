// Failures outside GraphQL, as JSON of the same form as GraphQL's own: a code, a message, a request id.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BUSY_RETRY_SECONDS, FitroomError, type ErrorCode } from '../errors.js';

/** Fastify's status codes, as ours. */
const CODES: Record<number, ErrorCode> = {
  400: 'BODY_INVALID',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
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
  SERVER_BUSY: 503,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
};

/** Answers with one error. */
export async function sendError(reply: FastifyReply, status: number, error: FitroomError): Promise<FastifyReply> {
  const extensions = { code: error.code, requestId: reply.request.id };
  if (error.code === 'SERVER_BUSY') reply.header('retry-after', BUSY_RETRY_SECONDS);
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message: error.message, extensions }] });
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

async function answerFailure(error: FastifyError, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (error instanceof FitroomError) return sendError(reply, STATUSES[error.code] ?? 400, error);
  // a Host header that is no host
  const status = error.code === 'ERR_INVALID_URL' ? 400 : (error.statusCode ?? 500);
  const code = CODES[status];
  if (code === undefined) request.log.error({ err: error }, 'a request failed');
  return sendError(reply, code === undefined ? 500 : status, new FitroomError(code ?? 'INTERNAL_SERVER_ERROR'));
}

/** Whether a route's pattern, with `:name` for one segment, leads to an address. */
function isAt(pattern: string, address: string): boolean {
  const path = address.split('?', 1)[0]!.split('/');
  const wanted = pattern.split('/');
  return wanted.length === path.length && wanted.every((segment, i) => segment.startsWith(':') || segment === path[i]);
}
