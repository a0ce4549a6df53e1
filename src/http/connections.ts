// Memory limits for one connection and for all connections together.
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { MEMORY_BOUNDS } from '../memory/bounds.js';

/** Maximum number of waiting pipelined requests of one connection. Clients that pipeline send about ten. */
const MAX_WAITING = MEMORY_BOUNDS.pipelinedRequests.entries;
/** The time after which a client that reads nothing counts as disconnected. Node detects it within twice this time. */
const STALLED_MS = 30_000;
/** Maximum number of open connections. The server closes further ones without a response. */
const MAX_CONNECTIONS = 10_000;
/**
 * Maximum number of response bytes that clients have not read yet. Above this limit, the connections with the most
 * unread bytes are closed.
 */
const MAX_UNSENT_BYTES = MEMORY_BOUNDS.unsentAnswers.bytes;
const CHECK_INTERVAL_MS = 250;
/** The time that clients have to read their responses after a stop has begun. */
const STOP_GRACE_MS = 8_000;

/**
 * Handles the requests of a connection one by one, so at most one response waits to be read, and closes connections
 * whose clients do not read. It must register the first hook of the server.
 * @param maxConnections the number of connections for which the system has file descriptors
 */
export function boundConnections(app: FastifyInstance, maxConnections: number): Connections {
  const connections = new Connections();
  const { server } = app;
  server.maxConnections = Math.min(MAX_CONNECTIONS, maxConnections);
  server.on('connection', (socket: Socket) => connections.add(socket));
  server.setTimeout(STALLED_MS, (socket: Socket) => connections.endStalled(socket));
  const check = setInterval(() => connections.endLargest(MAX_UNSENT_BYTES), CHECK_INTERVAL_MS).unref();
  app.addHook('onRequest', (request, reply, next) => {
    const { socket } = request.raw;
    if (connections.enter(socket, reply.raw, next)) return;
    reply.hijack();
    socket.destroy();
  });
  app.addHook('preClose', (done) => {
    clearInterval(check);
    connections.endIdle();
    setTimeout(() => connections.endAll(), STOP_GRACE_MS).unref();
    done();
  });
  return connections;
}

interface Connection {
  /** The response in progress. Null between two requests. */
  current: ServerResponse | null;
  /** Functions that start the waiting pipelined requests, in order. */
  readonly waiting: (() => void)[];
  /** Called after the waiting requests. No request starts after it. */
  last: (() => void) | null;
}

export class Connections {
  // eslint-disable-next-line no-restricted-syntax -- at most MAX_CONNECTIONS
  private readonly open = new Map<Socket, Connection>();

  add(socket: Socket): void {
    this.open.set(socket, { current: null, waiting: [], last: null });
    socket.once('close', () => this.open.delete(socket));
    // the HTTP server removes its own error handler when a connection is upgraded or taken over
    socket.on('error', () => {});
  }

  /** Calls `begin` after the responses to earlier requests. Returns false if too many requests wait already. */
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

  /** Returns the response in progress, or null. */
  currentOf(socket: Socket): ServerResponse | null {
    return this.open.get(socket)?.current ?? null;
  }

  /** Calls `last` after the responses to all received requests. */
  endAfterResponses(socket: Socket, last: () => void): void {
    const connection = this.open.get(socket);
    if (connection === undefined || connection.current === null) last();
    else connection.last ??= last;
  }

  /** Closes the connection if it is idle or its client does not read. A request in progress may take longer. */
  endStalled(socket: Socket): void {
    if (socket.writableLength > 0 || this.currentOf(socket) === null) socket.destroy();
  }

  /** Closes the connections with the most unread bytes until all connections together hold at most `maxBytes`. */
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

  /** Closes idle connections. Browsers open spare ones, and Node would wait a minute for their first request. */
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
