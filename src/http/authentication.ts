// The one key of a guarded server: whoever brings it may do everything. Pages, pictures and health stay open: pages and
// health hold nothing of the catalog, and pictures are what a shop shows to everyone.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { FitroomError } from '../errors.js';
import { sendError } from './error.reply.js';

/** Addresses that answer only to the key. */
const GUARDED = /^\/(graphql|metrics)\/?(\?|$)/;

/** @param adminKey null: everyone may ask */
export function requireKey(app: FastifyInstance, adminKey: string | null): void {
  if (adminKey === null) return;
  const wanted = digest(`Bearer ${adminKey}`);
  app.addHook('onRequest', async (request, reply) => {
    // a browser's preflight brings no key
    if (!GUARDED.test(request.url) || request.method === 'OPTIONS') return;
    if (timingSafeEqual(digest(request.headers.authorization ?? ''), wanted)) return;
    return sendError(reply.header('www-authenticate', 'Bearer'), 401, new FitroomError('UNAUTHENTICATED'));
  });
}

/** Of one length, whatever was sent: comparing takes the same time for every wrong key. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
