// Discarding of unread request bodies before an early response.
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { MEMORY_BOUNDS } from '../memory/bounds.js';

/** Enough for the largest JSON body. The bytes are discarded on arrival and take no memory. */
const MAX_DISCARDED_BYTES = MEMORY_BOUNDS.jsonBody.bytes;
const DISCARD_WITHIN_MS = 5_000;
/** After this time without bytes, the client is assumed to wait for the response. */
const IDLE_MS = 300;

/**
 * Reads and discards the rest of a body before a response is sent. If a server closes a connection on which bytes arrive
 * unread, TCP resets the connection and the client can lose the response: a client without a key that sent 6 MB lost the 401
 * about once in 200 requests. It reads at most 16 MB for at most 5 s, and stops when the client stops sending.
 */
export function discardUnreadBodies(app: FastifyInstance): void {
  app.addHook('onSend', async ({ raw }, _reply, payload) => {
    if (!raw.complete && !raw.destroyed) await discardRest(raw);
    return payload;
  });
}

function discardRest(raw: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let left = MAX_DISCARDED_BYTES;
    const end = (): void => {
      clearTimeout(limit);
      clearTimeout(idle);
      raw.off('data', count).off('end', end).off('close', end);
      resolve();
    };
    const count = (chunk: Uint8Array): void => {
      left -= chunk.length;
      if (left <= 0) end();
      else idle.refresh();
    };
    const limit = setTimeout(end, DISCARD_WITHIN_MS);
    const idle = setTimeout(end, IDLE_MS);
    raw.unpipe();
    raw.on('data', count).once('end', end).once('close', end).resume();
  });
}
