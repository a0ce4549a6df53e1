// Responses to malformed HTTP requests, in the same JSON form as all other errors.
import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { FitroomError, type ErrorCode } from '../errors.js';
import type { Connections } from './connections.js';
import { errorBody, sendError } from './error.reply.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request.identity.js';

/** Node's error codes that have their own status. All others become 400 REQUEST_INVALID. */
const KNOWN: Record<string, [status: number, code: ErrorCode]> = {
  HPE_HEADER_OVERFLOW: [431, 'HEADERS_TOO_LARGE'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'REQUEST_TIMEOUT'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'BODY_TOO_LARGE'],
};

/** Responds to requests that Node's parser refuses. Node's own responses have no body. */
export function answerClientErrors(app: FastifyInstance, connections: Connections): void {
  const { server } = app;
  const log = app.log as Logger;
  server.removeAllListeners('clientError');
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const [status, code] = KNOWN[error.code ?? ''] ?? [400, 'REQUEST_INVALID'];
    const respond = (): void => endWithError(socket, status, { code, log, reason: error.code });
    // complete requests that came earlier on this connection get their responses first
    if (mustFinish(connections.currentOf(socket))) connections.endAfterResponses(socket, respond);
    else respond();
  });
  server.on('connect', (_request: IncomingMessage, socket: Socket) =>
    endWithError(socket, 405, { code: 'METHOD_NOT_ALLOWED', log }),
  );
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const id = requestIdOf(request);
    response.writeHead(417, { ...headersOf(id), connection: 'close' });
    response.end(errorBody(new FitroomError('REQUEST_INVALID'), id));
  });
  app.addHook('onRequest', (request, _reply, next) => {
    // Node's own response to a missing Host header has no body
    const { headers, httpVersion } = request.raw;
    next(headers.host === undefined && httpVersion === '1.1' ? new FitroomError('REQUEST_INVALID') : undefined);
  });
}

/** Responds to URLs that the router cannot parse. Fastify runs no hooks for them. */
export function answerBadAddress(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const [status, code] = error.statusCode === 414 ? ([404, 'NOT_FOUND'] as const) : ([400, 'REQUEST_INVALID'] as const);
  request.log.info({ method: request.method, status, reason: error.code }, 'request');
  void sendError(reply.header(REQUEST_ID_HEADER, request.id), status, new FitroomError(code));
}

/** Writes an error response to the socket, without the HTTP server, and closes the connection. */
export function endWithError(
  socket: Socket,
  status: number,
  { code, log, reason }: { code: ErrorCode; log: Pick<Logger, 'info'>; reason?: string },
): void {
  if (socket.destroyed || !socket.writable || reason === 'ECONNRESET') return void socket.destroy();
  const id = randomUUID();
  log.info({ requestId: id, status, reason }, 'a malformed request');
  const body = errorBody(new FitroomError(code), id);
  const lines = Object.entries({ ...headersOf(id), 'content-length': Buffer.byteLength(body), connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${body}`, () => socket.destroy());
}

function headersOf(requestId: string): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    [REQUEST_ID_HEADER]: requestId,
  };
}

/** Returns true if the request is complete or its response has begun. Then no other response can replace it. */
function mustFinish(response: ServerResponse | null): boolean {
  return response !== null && (response.req.complete || response.headersSent);
}
