// The built server in its own process, measuring blocking of its main thread and memory.
// It sends a report for each message of its parent. `reset` restarts the measurement, `collect` frees memory first.
import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';

const TICK_MS = 20;

/**
 * Returns the time in ms that the main thread was ready to run but had no core. Linux only. Elsewhere a busy machine
 * counts as blocking.
 */
function starvedMs() {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

let last = { at: performance.now(), starved: starvedMs() };
let report = { blockedMs: 0, peakBytes: 0 };

function measure() {
  const now = { at: performance.now(), starved: starvedMs() };
  const blockedMs = now.at - last.at - (now.starved - last.starved) - TICK_MS;
  report.blockedMs = Math.max(report.blockedMs, blockedMs);
  report.peakBytes = Math.max(report.peakBytes, process.memoryUsage.rss());
  last = now;
}

setInterval(measure, TICK_MS);

process.on('message', ({ reset, collect }) => {
  measure();
  if (collect) {
    for (let i = 0; i < 3; i++) globalThis.gc();
    // The time of this collection does not count.
    last = { at: performance.now(), starved: starvedMs() };
  }
  process.send({ ...report, heldBytes: process.memoryUsage.rss() });
  if (reset) report = { blockedMs: 0, peakBytes: 0 };
});

await import('./app.child.mjs');
