// Context of every resolver: services, caller, store, and the loaders and log of the request.
import type { Logger } from 'pino';
import type { Caller } from '../../domain/access/caller.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { Services } from '../../services/services.js';
import type { Loaders } from './loaders.js';

/**
 * Data of an operation for the access log and the metrics, filled in while the operation runs. It never has variables
 * or results.
 */
export interface OperationTrace {
  name: string | null;
  type: 'query' | 'mutation' | 'subscription' | null;
  /** Codes of the errors in the response. */
  errors: string[];
}

export interface GraphQLContext {
  readonly services: Services;
  readonly caller: Caller;
  /** The store of the caller. */
  readonly store: StoreContext;
  readonly loaders: Loaders;
  /** Scheme and host under which the client reaches the server, without a trailing slash. */
  readonly origin: string;
  readonly requestId: string;
  readonly log: Logger;
  readonly trace: OperationTrace;
}
