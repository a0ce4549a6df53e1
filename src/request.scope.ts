// The request that the running code works for, and whether its client still waits for the answer.
import { AsyncLocalStorage } from 'node:async_hooks';
import { FitroomError } from './errors.js';

interface RequestScope {
  /** Undefined: the work ends in any case. */
  signal: AbortSignal | undefined;
  isBackground: boolean;
}

const scope = new AsyncLocalStorage<RequestScope>();

/** Runs `work` for one request. `signal` aborts when the client disconnects before it has its answer. */
export function withinRequest<T>(signal: AbortSignal, work: () => T): T {
  return scope.run({ signal, isBackground: false }, work);
}

/** Runs `work` outside of any request: work that several requests share, or that goes on after the answer. */
export function detached<T>(work: () => T): T {
  return scope.run({ signal: undefined, isBackground: isInBackground() }, work);
}

/**
 * Runs `work` outside of any request and behind all of them: jobs, preparation at the start. On the database it has
 * longer time limits and may use a part of the connections only.
 */
export function inBackground<T>(work: () => T): T {
  return scope.run({ signal: undefined, isBackground: true }, work);
}

export function isInBackground(): boolean {
  return scope.getStore()?.isBackground ?? false;
}

/** Aborts when the client of the current request disconnects. Undefined outside of a request. */
export function requestSignal(): AbortSignal | undefined {
  return scope.getStore()?.signal;
}

/** Call before expensive work. @throws FitroomError REQUEST_ABANDONED if the client of the current request is gone */
export function throwIfAbandoned(): void {
  if (requestSignal()?.aborted) throw new FitroomError('REQUEST_ABANDONED');
}

/** From here on the current request runs to its end, with or without its client: it has begun to store something. */
export function runToEnd(): void {
  const current = scope.getStore();
  if (current) current.signal = undefined;
}
