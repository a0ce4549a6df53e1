// Large hostile catalog files, read within limits of time, memory and blocking.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { FitroomError } from '../../src/errors.js';
import { openFeed } from '../../src/feeds/catalog.feed.js';
import { isFailure } from '../../src/feeds/feed.js';
import { NOW } from '../support/feed.js';
import { LARGE_HOSTILE_FEEDS } from '../support/hostile.feeds.js';

/** Memory above that of the process before. Most of it is garbage that V8 has not collected yet. */
const MAX_MB = 500;
const MAX_SECONDS = 120;
/** A read processes 64 kB before it yields the thread. */
const MAX_BLOCKED_MS = 400;

describe('a large hostile catalog file', () => {
  it.each(LARGE_HOSTILE_FEEDS.map((feed) => [feed.name, feed] as const))(
    'is read within limits of time and memory if it is %s',
    async (_, { name, bytes, format, currency, code, rows = [] }) => {
      const options = { format: format ?? null, currency: currency ?? null, limit: null, maxBytes: 1.1e9, now: NOW };
      globalThis.gc?.();
      const before = process.memoryUsage().rss;
      const started = performance.now();
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      let peak = before;
      const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
      const rowCodes = new Set<string>();
      let outcome = 'read';
      try {
        const feed = await openFeed(bytes, options);
        for await (const item of feed.items) if (isFailure(item)) rowCodes.add(item.code);
      } catch (error) {
        outcome = error instanceof FitroomError ? error.code : String(error);
      } finally {
        clearInterval(watch);
        delay.disable();
      }
      const seconds = (performance.now() - started) / 1_000;
      const [mb, blocked] = [(peak - before) / 1e6, delay.max / 1e6];
      console.info(`${name}: ${outcome} after ${seconds.toFixed(1)} s, +${mb.toFixed(0)} MB, ${blocked.toFixed(0)} ms`);
      expect([outcome, [...rowCodes].filter((rowCode) => !rows.includes(rowCode))]).toEqual([code, []]);
      expect(seconds).toBeLessThan(MAX_SECONDS);
      expect(mb).toBeLessThan(MAX_MB);
      expect(blocked).toBeLessThan(MAX_BLOCKED_MS);
    },
    2 * MAX_SECONDS * 1_000,
  );
});
