// Connections that somebody opened and never spoke on: browsers open them ahead of need. Node takes each for a request that
// is about to arrive and would let it hold up a stop for a minute.
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Ends them when the server stops. */
export function endSilentConnections(app: FastifyInstance): void {
  const open = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  app.addHook('preClose', async () => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  });
}
