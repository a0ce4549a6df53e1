// The request policy of one host: parallel requests, retries, and a pause after many failures.
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
  /** Maximum number of pictures requested from one host at once; others wait. */
  atOnce: number;
  /** Number of retries after the first try. */
  retries: number;
  /** Delay before the first retry. Later delays grow, with jitter. */
  firstDelayMs: number;
  /** Longest delay that a host may request. A request with a longer delay is not retried. */
  longestWaitMs: number;
  /** Time limit of one picture with all its retries and delays. Waiting for its turn does not count. */
  limitMs: number;
  /** Failures in a row, over all pictures, after which the host is not contacted for `restMs`. */
  failuresToRest: number;
  restMs: number;
}

/**
 * The default pace. Four tries of 5 s and the delays between them fit into 30 s. A host that is down has failed 12
 * times after three rounds of four pictures, about 17 s, and then delays no more requests.
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

/** Runs exchanges under the policy of a host. */
export interface HostPolicy {
  /**
   * Runs an exchange.
   * @param exchange called once for each try; `signal` aborts it when the time is up
   * @throws BrokenCircuitError while the host is paused, TaskCancelledError when the time is up, and the errors of
   * `exchange`
   */
  execute<Result>(exchange: (context: { signal: AbortSignal }) => Promise<Result>): Promise<Result>;
}

export function hostPolicy(pace: HostPace): HostPolicy {
  const isRetryable = handleType(PassingFailure, ({ retryAfterMs }) => (retryAfterMs ?? 0) <= pace.longestWaitMs);
  return wrap(
    // Outermost, so that a waiting picture keeps its slot: a host that responds with 429 then receives fewer requests,
    // since no other picture takes the slot.
    bulkhead(pace.atOnce, Number.POSITIVE_INFINITY),
    timeout(pace.limitMs, TimeoutStrategy.Aggressive),
    retry(isRetryable, { maxAttempts: pace.retries, backoff: backoff(pace) }),
    circuitBreaker(handleType(PassingFailure), {
      halfOpenAfter: pace.restMs,
      breaker: new ConsecutiveBreaker(pace.failuresToRest),
    }),
  );
}

/** Returns an exponential backoff with decorrelated jitter that never ends before the time the host requested. */
function backoff({ firstDelayMs, longestWaitMs }: HostPace) {
  const growing = new ExponentialBackoff({ initialDelay: firstDelayMs, maxDelay: longestWaitMs });
  return new DelegateBackoff<IRetryBackoffContext<unknown>, IBackoff<unknown>>((context, previous) => {
    const state = previous ? previous.next(context) : growing.next();
    const { result } = context;
    const requestedMs = 'error' in result && result.error instanceof PassingFailure ? result.error.retryAfterMs : null;
    return { delay: Math.max(state.duration, requestedMs ?? 0), state };
  });
}
