// The time that a request may take to arrive: a minute, or an hour for one that may be large.
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { endWithError } from './client.errors.js';

const ARRIVES_WITHIN_MS = 60_000;
/** 1 GB at 300 kB a second. Node ends every request then. */
export const LONGEST_BODY_MS = 60 * 60_000;

const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>();

export function limitBodyTime(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, next) => {
    const { raw } = request;
    const endLate = (): void => {
      if (raw.complete) return;
      // an answer that has begun cannot be replaced
      if (reply.raw.headersSent) raw.socket.destroy();
      else endWithError(raw.socket, 408, { code: 'REQUEST_TIMEOUT', log: request.log });
    };
    // a body that never came whole must not keep a process that has nothing else to do
    const timer = setTimeout(endLate, ARRIVES_WITHIN_MS).unref();
    timers.set(raw, timer);
    const clear = (): void => clearTimeout(timer);
    raw.once('end', clear).once('close', clear);
    next();
  });
}

/** From here on the body may take an hour. */
export function allowLongBody(raw: IncomingMessage): void {
  clearTimeout(timers.get(raw));
}
