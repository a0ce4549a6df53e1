// The time limit for receiving a request body: one minute, or one hour for an import.
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { endWithError } from './client.errors.js';

const BODY_TIMEOUT_MS = 60_000;
/** Enough for 1 GB at 300 kB/s. After this time Node ends every request. */
export const LONGEST_BODY_MS = 60 * 60_000;

const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>();

/** Ends requests whose body is incomplete after one minute with 408 REQUEST_TIMEOUT. */
export function limitBodyTime(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, next) => {
    const { raw } = request;
    const endLate = (): void => {
      if (raw.complete) return;
      // a response that has begun cannot be replaced
      if (reply.raw.headersSent) raw.socket.destroy();
      else endWithError(raw.socket, 408, { code: 'REQUEST_TIMEOUT', log: request.log });
    };
    // unref: an incomplete body must not keep the process from ending
    const timer = setTimeout(endLate, BODY_TIMEOUT_MS).unref();
    timers.set(raw, timer);
    const clear = (): void => clearTimeout(timer);
    raw.once('end', clear).once('close', clear);
    next();
  });
}

/** Removes the limit of one minute. The limit of one hour stays. */
export function allowLongBody(raw: IncomingMessage): void {
  clearTimeout(timers.get(raw));
}
