// How one host of merchants' pictures is asked: a few at once, again where a failure may pass, and not at all for a while
// where nothing but failures comes. Knows no HTTP.
import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  handleType,
  type IBackoff,
  type IRetryBackoffContext,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { PassingFailure } from './passing.failure.js';

export interface HostPace {
  /** Pictures that one host is asked for at once; others wait. */
  atOnce: number;
  /** Tries after the first one. */
  retries: number;
  /** Before the first of them; it grows from there, with jitter. */
  firstDelayMs: number;
  /** The longest wait that a host may ask for. One that asks for more is not tried again. */
  longestWaitMs: number;
  /** For one picture with all its tries and waits. Waiting for its turn does not count. */
  limitMs: number;
  /** After so many failures in a row, whichever pictures they are of, the host is left alone for `restMs`. */
  failuresToRest: number;
  restMs: number;
}

/**
 * Four tries of 5 s and the waits between them fit into 30 s. A host that is down has failed 12 times after three rounds
 * of four pictures, some 17 s: then it holds up nobody any more.
 */
export const HOST_PACE: HostPace = {
  atOnce: 4,
  retries: 3,
  firstDelayMs: 500,
  longestWaitMs: 10_000,
  limitMs: 30_000,
  failuresToRest: 12,
  restMs: 60_000,
};

/** Runs an exchange under the rules of its host. */
export interface HostPolicy {
  /**
   * @param exchange called once for each try; `signal` aborts it when the time is up
   * @throws BrokenCircuitError while the host is left alone, TaskCancelledError when the time is up, and what `exchange` throws
   */
  execute<Result>(exchange: (context: { signal: AbortSignal }) => Promise<Result>): Promise<Result>;
}

export function hostPolicy(pace: HostPace): HostPolicy {
  const worthAnotherTry = handleType(PassingFailure, ({ retryAfterMs }) => (retryAfterMs ?? 0) <= pace.longestWaitMs);
  return wrap(
    // outermost, so that a picture keeps its place while it waits: a host that says 429 is asked less, not by others
    bulkhead(pace.atOnce, Number.POSITIVE_INFINITY),
    timeout(pace.limitMs, TimeoutStrategy.Aggressive),
    retry(worthAnotherTry, { maxAttempts: pace.retries, backoff: backoff(pace) }),
    circuitBreaker(handleType(PassingFailure), {
      halfOpenAfter: pace.restMs,
      breaker: new ConsecutiveBreaker(pace.failuresToRest),
    }),
  );
}

/** Exponential with decorrelated jitter, and never before the time that the host named. */
function backoff({ firstDelayMs, longestWaitMs }: HostPace) {
  const growing = new ExponentialBackoff({ initialDelay: firstDelayMs, maxDelay: longestWaitMs });
  return new DelegateBackoff<IRetryBackoffContext<unknown>, IBackoff<unknown>>((context, before) => {
    const state = before ? before.next(context) : growing.next();
    const { result } = context;
    const named = 'error' in result && result.error instanceof PassingFailure ? result.error.retryAfterMs : null;
    return { delay: Math.max(state.duration, named ?? 0), state };
  });
}
