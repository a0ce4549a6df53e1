// The request that the running code works for, and whether its client still waits.
import { AsyncLocalStorage } from 'node:async_hooks';
import { FitroomError } from './errors.js';

interface RequestScope {
  /** Undefined for work that runs to its end without a client. */
  signal: AbortSignal | undefined;
  isBackground: boolean;
}

const scope = new AsyncLocalStorage<RequestScope>();

/** Runs `work` for one request. @param signal aborts when the client disconnects before the response */
export function withinRequest<T>(signal: AbortSignal, work: () => T): T {
  return scope.run({ signal, isBackground: false }, work);
}

/** Runs `work` outside of any request. For work that several requests share, or that continues after the response. */
export function detached<T>(work: () => T): T {
  return scope.run({ signal: undefined, isBackground: isInBackground() }, work);
}

/**
 * Runs `work` outside of any request and with lower priority, for example jobs. Its database statements have longer
 * time limits, and may use only a part of the connections.
 */
export function inBackground<T>(work: () => T): T {
  return scope.run({ signal: undefined, isBackground: true }, work);
}

/** Returns true for jobs and other work of lower priority. */
export function isInBackground(): boolean {
  return scope.getStore()?.isBackground ?? false;
}

/** Returns a signal that aborts when the client of the current request disconnects. Undefined outside of a request. */
export function requestSignal(): AbortSignal | undefined {
  return scope.getStore()?.signal;
}

/**
 * Stops a request whose client has disconnected. Call it before expensive work.
 * @throws FitroomError REQUEST_ABANDONED
 */
export function throwIfAbandoned(): void {
  if (requestSignal()?.aborted) throw new FitroomError('REQUEST_ABANDONED');
}

/** Lets the current request run to its end without its client, because it has started to write. */
export function runToEnd(): void {
  const current = scope.getStore();
  if (current) current.signal = undefined;
}
