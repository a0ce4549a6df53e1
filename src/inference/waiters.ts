// The requests that wait for one shared result, and whether any of them still does.
import { requestSignal } from '../request.scope.js';

export class WaitingCallers {
  // eslint-disable-next-line no-restricted-syntax -- one entry for each request that waits
  private readonly signals = new Set<AbortSignal>();
  private isNeeded = false;

  /** The current request waits as well. Work outside of requests is never abandoned. */
  join(): this {
    const signal = requestSignal();
    if (signal) this.signals.add(signal);
    else this.isNeeded = true;
    return this;
  }

  /** Whether the clients of all that wait are gone. */
  get areGone(): boolean {
    return !this.isNeeded && [...this.signals].every(({ aborted }) => aborted);
  }
}
