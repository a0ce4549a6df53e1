// Large hostile catalog files: each ends with its code in bounded time and memory, and the event loop goes on meanwhile.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { FitroomError } from '../../src/errors.js';
import { openFeed } from '../../src/feeds/catalog.feed.js';
import { isFailure } from '../../src/feeds/feed.js';
import { NOW } from '../support/feed.js';
import { LARGE_HOSTILE_FEEDS } from '../support/hostile.feeds.js';

/** Above what the process holds before; most is what V8 has not collected yet. */
const MOST_MB = 500;
const MOST_SECONDS = 120;
/** A reading works through 64 kB without letting go of the thread. */
const MOST_BLOCKED_MS = 400;

describe('a large hostile catalog file', () => {
  it.each(LARGE_HOSTILE_FEEDS.map((feed) => [feed.name, feed] as const))(
    'ends in bounded time and memory where it is %s',
    async (_, { name, bytes, format, currency, code, rows = [] }) => {
      const wish = { format: format ?? null, currency: currency ?? null, limit: null, maxBytes: 1.1e9, now: NOW };
      globalThis.gc?.();
      const before = process.memoryUsage().rss;
      const started = performance.now();
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      let most = before;
      const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
      const found = new Set<string>();
      let outcome = 'read';
      try {
        const feed = await openFeed(bytes, wish);
        for await (const item of feed.items) if (isFailure(item)) found.add(item.code);
      } catch (error) {
        outcome = error instanceof FitroomError ? error.code : String(error);
      } finally {
        clearInterval(watch);
        delay.disable();
      }
      const seconds = (performance.now() - started) / 1_000;
      const [mb, blocked] = [(most - before) / 1e6, delay.max / 1e6];
      console.info(`${name}: ${outcome} after ${seconds.toFixed(1)} s, +${mb.toFixed(0)} MB, ${blocked.toFixed(0)} ms`);
      expect([outcome, [...found].filter((one) => !rows.includes(one))]).toEqual([code, []]);
      expect(seconds).toBeLessThan(MOST_SECONDS);
      expect(mb).toBeLessThan(MOST_MB);
      expect(blocked).toBeLessThan(MOST_BLOCKED_MS);
    },
    2 * MOST_SECONDS * 1_000,
  );
});
