// Authentication of requests by their headers.
// Pages, health and pictures are public: the first two hold no catalog data, and a shop shows its pictures to everyone.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../domain/access/caller.js';
import { FitroomError } from '../errors.js';
import type { Services } from '../services/services.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on public routes. */
    caller: Caller | null;
  }
}

/** The header that names the store for a request with the deployment's key. */
export const STORE_HEADER = 'x-fitroom-store';

/** Route option for routes that need a caller. It is set per route because one URL can be spelled in many ways. */
export const GUARDED = { config: { guarded: true } } as const;

/** Sets `request.caller` on GUARDED routes. It refuses unknown callers before the body is read. */
export function authenticate(app: FastifyInstance, access: Services['access']): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request) => {
    if (!(request.routeOptions.config as { guarded?: boolean }).guarded) return;
    request.caller = await access.identify(bearerOf(request), storeOf(request));
  });
}

/** Returns the caller of the request. @throws Error on a route that is not GUARDED */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (caller === null) throw new Error('this route is public and has no caller');
  return caller;
}

/** Checks that the caller may read data of all stores. @throws FitroomError FORBIDDEN */
export function requireDeployment(request: FastifyRequest): void {
  if (callerOf(request).role !== 'DEPLOYMENT') throw new FitroomError('FORBIDDEN');
}

function bearerOf({ headers }: FastifyRequest): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

function storeOf({ headers }: FastifyRequest): string | null {
  const store = headers[STORE_HEADER];
  return typeof store === 'string' && store !== '' ? store : null;
}
