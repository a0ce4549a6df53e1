// Bounds on what one connection, and all of them together, may hold in memory.
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { MEMORY_BOUNDS } from '../memory/bounds.js';

/** Pipelined requests of one connection that wait for the one before. Clients that pipeline at all send some ten. */
const MAX_WAITING = MEMORY_BOUNDS.pipelinedRequests.entries;
/** A client that reads nothing of its answer for so long is gone. Node notices after twice that time at the latest. */
const STALLED_MS = 30_000;
/** More are closed unheard. */
const MAX_CONNECTIONS = 10_000;
/** What all clients together have not read yet. Beyond it the connections with the most are ended. */
const MAX_UNSENT_BYTES = MEMORY_BOUNDS.unsentAnswers.bytes;
const SWEEP_MS = 250;
/** A stop gives clients so long to read their answers. */
const READ_WITHIN_MS = 8_000;

/**
 * Answers the requests of a connection one by one, so that one answer at most waits to be read, and ends connections that
 * do not read. Registers the first hook of the server.
 * @param maxConnections that the system has files for
 */
export function boundConnections(app: FastifyInstance, maxConnections: number): Connections {
  const connections = new Connections();
  const { server } = app;
  server.maxConnections = Math.min(MAX_CONNECTIONS, maxConnections);
  server.on('connection', (socket: Socket) => connections.add(socket));
  server.setTimeout(STALLED_MS, (socket: Socket) => connections.endStalled(socket));
  const sweep = setInterval(() => connections.endLargest(MAX_UNSENT_BYTES), SWEEP_MS).unref();
  app.addHook('onRequest', (request, reply, next) => {
    const { socket } = request.raw;
    if (connections.enter(socket, reply.raw, next)) return;
    reply.hijack();
    socket.destroy();
  });
  app.addHook('preClose', (done) => {
    clearInterval(sweep);
    connections.endIdle();
    setTimeout(() => connections.endAll(), READ_WITHIN_MS).unref();
    done();
  });
  return connections;
}

interface Connection {
  /** The response that is made or sent at present. */
  current: ServerResponse | null;
  /** Let the pipelined requests behind it begin, in order. */
  readonly waiting: (() => void)[];
  /** Called in place of the next request; none is answered afterwards. */
  last: (() => void) | null;
}

export class Connections {
  // eslint-disable-next-line no-restricted-syntax -- at most MAX_CONNECTIONS
  private readonly open = new Map<Socket, Connection>();

  add(socket: Socket): void {
    this.open.set(socket, { current: null, waiting: [], last: null });
    socket.once('close', () => this.open.delete(socket));
    // the HTTP server removes its own handler when a connection is upgraded or answered by hand
    socket.on('error', () => {});
  }

  /** Calls `begin` once the requests before are answered. @returns false if too many wait already */
  enter(socket: Socket, response: ServerResponse, begin: () => void): boolean {
    const connection = this.open.get(socket);
    if (connection === undefined || connection.last !== null || connection.waiting.length >= MAX_WAITING) return false;
    const start = (): void => {
      connection.current = response;
      response.once('close', () => this.leave(connection));
      begin();
    };
    if (connection.current === null) start();
    else connection.waiting.push(start);
    return true;
  }

  /** The response that is made or sent at present. */
  currentOf(socket: Socket): ServerResponse | null {
    return this.open.get(socket)?.current ?? null;
  }

  /** Calls `last` once every request that was received is answered. */
  endAfterAnswers(socket: Socket, last: () => void): void {
    const connection = this.open.get(socket);
    if (connection === undefined || connection.current === null) last();
    else connection.last ??= last;
  }

  /** A request that is worked on may take longer, as long as nothing of its answer waits to be read. */
  endStalled(socket: Socket): void {
    if (socket.writableLength > 0 || this.currentOf(socket) === null) socket.destroy();
  }

  endLargest(maxBytes: number): void {
    let unsent = 0;
    for (const { writableLength } of this.open.keys()) unsent += writableLength;
    if (unsent <= maxBytes) return;
    for (const socket of [...this.open.keys()].sort((a, b) => b.writableLength - a.writableLength)) {
      if (unsent <= maxBytes) return;
      unsent -= socket.writableLength;
      socket.destroy();
    }
  }

  /** Browsers open connections ahead of need: Node waits for a first request on each, for a minute. */
  endIdle(): void {
    for (const [socket, { current }] of this.open) if (current === null) socket.destroy();
  }

  endAll(): void {
    for (const socket of this.open.keys()) socket.destroy();
  }

  private leave(connection: Connection): void {
    connection.current = null;
    const next = connection.waiting.shift() ?? connection.last;
    next?.();
  }
}
