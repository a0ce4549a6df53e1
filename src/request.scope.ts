// The request that the running code works for, and whether its client still waits for the answer.
import { AsyncLocalStorage } from 'node:async_hooks';
import { FitroomError } from './errors.js';

const scope = new AsyncLocalStorage<AbortSignal | undefined>();

/** Runs `work` for one request. `signal` aborts when the client disconnects before it has its answer. */
export function withinRequest<T>(signal: AbortSignal, work: () => T): T {
  return scope.run(signal, work);
}

/** Runs `work` outside of any request: work that several requests share, or that goes on after the answer. */
export function detached<T>(work: () => T): T {
  return scope.run(undefined, work);
}

/** Aborts when the client of the current request disconnects. Undefined outside of a request. */
export function requestSignal(): AbortSignal | undefined {
  return scope.getStore();
}

/** Call before expensive work. @throws FitroomError REQUEST_ABANDONED if the client of the current request is gone */
export function throwIfAbandoned(): void {
  if (requestSignal()?.aborted) throw new FitroomError('REQUEST_ABANDONED');
}
