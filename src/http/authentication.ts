// Who sends a request: read from its headers ahead of everything else. Pages, pictures and health ask nobody: pages and
// health hold nothing of the catalog, and pictures are what a shop shows to everyone.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../domain/access/caller.js';
import { FitroomError } from '../errors.js';
import type { Services } from '../services/services.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on routes that ask nobody. */
    caller: Caller | null;
  }
}

/** Names the store that a request of the deployment is about. */
export const STORE_HEADER = 'x-fitroom-store';

/** On a route: whether it wants to know who asks. Said by the route, since one address can be spelled in many ways. */
export const GUARDED = { config: { guarded: true } } as const;

/** Routes that say GUARDED find `request.caller`; everyone else is refused before the body is read. */
export function authenticate(app: FastifyInstance, access: Services['access']): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request) => {
    if (!(request.routeOptions.config as { guarded?: boolean }).guarded) return;
    request.caller = await access.identify(bearerOf(request), storeOf(request));
  });
}

/** @throws Error on a route that does not say GUARDED */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (caller === null) throw new Error('this route asks nobody who they are');
  return caller;
}

/** For what is about all stores at once. @throws FitroomError FORBIDDEN */
export function requireDeployment(request: FastifyRequest): void {
  if (callerOf(request).role !== 'DEPLOYMENT') throw new FitroomError('FORBIDDEN');
}

function bearerOf({ headers }: FastifyRequest): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

function storeOf({ headers }: FastifyRequest): string | null {
  const named = headers[STORE_HEADER];
  return typeof named === 'string' && named !== '' ? named : null;
}
