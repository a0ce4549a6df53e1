// Answers to what is no HTTP request, or stops being one, in the form of all other errors.
import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { FitroomError, type ErrorCode } from '../errors.js';
import type { Connections } from './connections.js';
import { errorBody, sendError } from './error.reply.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request.identity.js';

/** Node's codes of failures that have a status of their own. All others are malformed requests. */
const KNOWN: Record<string, [status: number, code: ErrorCode]> = {
  HPE_HEADER_OVERFLOW: [431, 'HEADERS_TOO_LARGE'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'REQUEST_TIMEOUT'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'BODY_TOO_LARGE'],
};

/** Answers what Node's parser refuses. Its own answers have no body. */
export function answerClientErrors(app: FastifyInstance, connections: Connections): void {
  const { server } = app;
  const log = app.log as Logger;
  server.removeAllListeners('clientError');
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const [status, code] = KNOWN[error.code ?? ''] ?? [400, 'REQUEST_INVALID'];
    const answer = (): void => endWithError(socket, status, { code, log, reason: error.code });
    // the answers of whole requests that came before go first
    if (isWhole(connections.currentOf(socket))) connections.endAfterAnswers(socket, answer);
    else answer();
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
    // Node would answer it without a body
    const { headers, httpVersion } = request.raw;
    next(headers.host === undefined && httpVersion === '1.1' ? new FitroomError('REQUEST_INVALID') : undefined);
  });
}

/** Answers addresses that no route can be looked up for; no hook runs for them. */
export function answerBadAddress(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const [status, code] = error.statusCode === 414 ? ([404, 'NOT_FOUND'] as const) : ([400, 'REQUEST_INVALID'] as const);
  request.log.info({ method: request.method, status, reason: error.code }, 'request');
  void sendError(reply.header(REQUEST_ID_HEADER, request.id), status, new FitroomError(code));
}

/** Answers with an error past the HTTP server and ends the connection. */
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

/** True if the request has arrived whole or its answer has begun: no other answer can be sent then. */
function isWhole(response: ServerResponse | null): boolean {
  return response !== null && (response.req.complete || response.headersSent);
}
