// One line of the log for every request, and its time in the metrics. Never a query string, a variable, a picture or a
// key; keys are named by their ids.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OperationTrace } from '../graphql/server/context.js';
import './authentication.js';
import type { Metrics } from './metrics.js';
import { REQUEST_ID_HEADER } from './request.identity.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Filled in by GraphQL; stays empty for every other route. */
    operation: OperationTrace;
  }
}

/** Probed every few seconds: worth a line only at debug. */
const QUIET = ['/health/', '/metrics'];

/** nginx's status for a client that closed the connection before it had its answer. */
const ABANDONED = 499;

export function logRequests(app: FastifyInstance, metrics: Metrics): void {
  const logged = new WeakSet<FastifyRequest>();
  const log = (request: FastifyRequest, reply: FastifyReply, status: number): void => {
    if (logged.has(request)) return;
    logged.add(request);
    logRequest(request, status, reply.elapsedTime);
    // the pattern, not the address: labels must be few
    const { method, routeOptions } = request;
    metrics.observeHttp({ route: routeOptions.url ?? 'none', method, status }, reply.elapsedTime / 1000);
  };
  app.addHook('onRequest', async (request, reply) => {
    request.operation = { name: null, type: null, errors: [] };
    reply.header(REQUEST_ID_HEADER, request.id);
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) log(request, reply, ABANDONED);
    });
  });
  app.addHook('onResponse', async (request, reply) => log(request, reply, reply.statusCode));
}

function logRequest(request: FastifyRequest, status: number, elapsedMs: number): void {
  const { operation, caller, method, url } = request;
  const durationMs = Math.round(elapsedMs * 10) / 10;
  const path = url.split('?', 1)[0]!.slice(0, 200);
  const asked = operation.type === null ? {} : { operation: operation.name, type: operation.type };
  const asker = caller === null ? {} : { store: caller.store.storeId, key: caller.keyId ?? undefined };
  const failed = operation.errors.length === 0 ? {} : { errors: operation.errors };
  const level = QUIET.some((prefix) => path.startsWith(prefix)) ? 'debug' : 'info';
  request.log[level]({ method, path, ...asker, ...asked, ...failed, status, durationMs }, 'request');
}
