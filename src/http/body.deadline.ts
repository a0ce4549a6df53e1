// How long a request may take to arrive: a minute, or longer where somebody has said that its body is large.
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

const ARRIVES_WITHIN_MS = 60_000;
/** 1 GB at 300 kB a second. Node ends every request then, whoever allowed what. */
export const LONGEST_BODY_MS = 60 * 60_000;

const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>();

export function limitBodyTime(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }) => {
    // a body that never came whole must not keep a process that has nothing else to do
    const timer = setTimeout(() => endLate(raw), ARRIVES_WITHIN_MS).unref();
    timers.set(raw, timer);
    const clear = (): void => clearTimeout(timer);
    raw.once('end', clear).once('close', clear);
  });
}

/** From here on the body may take an hour. */
export function allowLongBody(raw: IncomingMessage): void {
  clearTimeout(timers.get(raw));
}

/** As Node answers what is later than its own limit. */
function endLate({ socket, complete }: IncomingMessage): void {
  if (complete) return;
  socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n', () => socket.destroy());
}
