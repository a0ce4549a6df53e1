// The longest time that the event loop of this thread is blocked.
import { readFileSync } from 'node:fs';

export interface LoopMonitor {
  /** Stops the monitor. @returns the longest turn of the event loop in milliseconds */
  stop(): Promise<number>;
}

/** Interval between samples in milliseconds. */
const EVERY = 2;

/**
 * Measures the longest turn by the CPU time of the thread where Linux reports it. On a busy machine, wall-clock
 * time also counts the time of other processes, which do not block this event loop.
 */
export function monitorLoop(): LoopMonitor {
  let longest = 0;
  let last = threadMs();
  const sample = (): void => {
    const now = threadMs();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(sample, EVERY);
  return {
    async stop() {
      await new Promise((resolve) => setTimeout(resolve, 5 * EVERY));
      clearInterval(timer);
      return longest;
    },
  };
}

function threadMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ', 1)[0]) / 1e6;
  } catch {
    return performance.now();
  }
}
