// What every resolver gets: the services, who asks, whose catalog it is about, and this one request's loaders and log.
import type { Logger } from 'pino';
import type { Caller } from '../../domain/access/caller.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { Services } from '../../services/services.js';
import type { Loaders } from './loaders.js';

/** What the access log and the metrics say of a request; filled in while it is answered. Never variables, never results. */
export interface OperationTrace {
  name: string | null;
  type: 'query' | 'mutation' | 'subscription' | null;
  /** Codes of the errors answered. */
  errors: string[];
}

export interface GraphQLContext {
  readonly services: Services;
  readonly caller: Caller;
  /** The caller's. */
  readonly store: StoreContext;
  readonly loaders: Loaders;
  /** Scheme and host that the client reaches the server by, without a slash at the end. */
  readonly origin: string;
  readonly requestId: string;
  readonly log: Logger;
  readonly trace: OperationTrace;
}
