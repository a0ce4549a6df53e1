// One log line and one metrics observation per request.
// A log line holds no query string, variable, picture or key. It names a key by its id.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OperationTrace } from '../graphql/server/context.js';
import './authentication.js';
import type { Metrics } from './metrics.js';
import { REQUEST_ID_HEADER } from './request.identity.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The GraphQL operation. Its fields stay empty on other routes. */
    operation: OperationTrace;
  }
}

/** Path prefixes that monitoring requests every few seconds. They are logged at level debug only. */
const PROBED_PATHS = ['/health/', '/metrics'];

/** nginx's status for a client that closed the connection before it received the response. */
const CLIENT_CLOSED = 499;

export function logRequests(app: FastifyInstance, metrics: Metrics): void {
  const logged = new WeakSet<FastifyRequest>();
  const log = (request: FastifyRequest, reply: FastifyReply, status: number): void => {
    if (logged.has(request)) return;
    logged.add(request);
    logRequest(request, status, reply.elapsedTime);
    // the route pattern instead of the URL keeps the number of label values small
    const { method, routeOptions } = request;
    metrics.observeHttp({ route: routeOptions.url ?? 'none', method, status }, reply.elapsedTime / 1000);
  };
  app.addHook('onRequest', async (request, reply) => {
    request.operation = { name: null, type: null, errors: [] };
    reply.header(REQUEST_ID_HEADER, request.id);
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) log(request, reply, CLIENT_CLOSED);
    });
  });
  app.addHook('onResponse', async (request, reply) => log(request, reply, reply.statusCode));
}

function logRequest(request: FastifyRequest, status: number, elapsedMs: number): void {
  const { operation, caller, method, url } = request;
  const durationMs = Math.round(elapsedMs * 10) / 10;
  const path = url.split('?', 1)[0]!.slice(0, 200);
  const operationFields = operation.type === null ? {} : { operation: operation.name, type: operation.type };
  const callerFields = caller === null ? {} : { store: caller.store.storeId, key: caller.keyId ?? undefined };
  const errorFields = operation.errors.length === 0 ? {} : { errors: operation.errors };
  const level = PROBED_PATHS.some((prefix) => path.startsWith(prefix)) ? 'debug' : 'info';
  const fields = { method, path, ...callerFields, ...operationFields, ...errorFields, status, durationMs };
  request.log[level](fields, 'request');
}
