// The longest time that the event loop of this thread is blocked.
import { readFileSync } from 'node:fs';

export interface LoopMonitor {
  /** Stops it. @returns the longest turn in milliseconds */
  stop(): Promise<number>;
}

/** How often it looks. In milliseconds. */
const EVERY = 2;

/**
 * Counts the processor time of the thread, where Linux tells it: on a busy machine the clock also counts the time that other
 * processes take, which blocks nothing of this one.
 */
export function monitorLoop(): LoopMonitor {
  let longest = 0;
  let last = threadMs();
  const look = (): void => {
    const now = threadMs();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, EVERY);
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
