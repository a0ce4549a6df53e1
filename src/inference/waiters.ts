// The requests that wait for one shared result.
import { requestSignal } from '../request.scope.js';

export class WaitingCallers {
  // eslint-disable-next-line no-restricted-syntax -- one entry for each request that waits
  private readonly signals = new Set<AbortSignal>();
  private isNeeded = false;

  /** Adds the current request. Work outside of requests counts as a caller that never leaves. */
  join(): this {
    const signal = requestSignal();
    if (signal) this.signals.add(signal);
    else this.isNeeded = true;
    return this;
  }

  /** True if the clients of all waiting requests have disconnected. */
  get areGone(): boolean {
    return !this.isNeeded && [...this.signals].every(({ aborted }) => aborted);
  }
}
