// Catalog files made to break a reader.
// Each ends with its own error code, never with a failure that is retried.
import { FitroomError } from '../../../src/errors.js';
import { openFeed } from '../../../src/feeds/catalog.feed.js';
import { isFailure } from '../../../src/feeds/feed.js';
import { NOW } from '../../support/feed.js';
import { type HostileFeed, SMALL_HOSTILE_FEEDS } from '../../support/hostile.feeds.js';

/** Returns the code with which the reading ends, and the codes of its rows. */
async function readCodes({ bytes, format, currency, maxBytes = 1e9 }: HostileFeed) {
  const rows = new Set<string>();
  const options = { format: format ?? null, currency: currency ?? null, limit: null, maxBytes, now: NOW };
  try {
    const feed = await openFeed(bytes, options);
    for await (const item of feed.items) if (isFailure(item)) rows.add(item.code);
    return { code: 'read', rows: [...rows] };
  } catch (error) {
    return { code: error instanceof FitroomError ? error.code : String(error), rows: [...rows] };
  }
}

describe('a hostile catalog file', () => {
  it.each(SMALL_HOSTILE_FEEDS.map((feed) => [feed.name, feed] as const))(
    'that is %s ends with an error code',
    async (_, feed) => {
      const started = performance.now();
      expect(await readCodes(feed)).toEqual({ code: feed.code, rows: feed.rows ?? [] });
      expect(performance.now() - started).toBeLessThan(8_000);
    },
  );

  it('is refused with the place of the error', async () => {
    const [feed] = SMALL_HOSTILE_FEEDS;
    const reading = openFeed(feed!.bytes, { format: null, currency: null, limit: null, maxBytes: 1e9, now: NOW });
    await expect(reading.then(({ items }) => items[Symbol.asyncIterator]().next())).rejects.toThrow(
      /not a complete tar archive: .*pax header/,
    );
  });
});

describe('a source that fails', () => {
  const failing = (after: string) =>
    async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from(after));
      throw new FitroomError('SERVICE_UNAVAILABLE');
    };

  it.each([
    ['at its beginning', ''],
    ['within a table', 'id\ttitle\nA\tA dress\n'],
    ['within lines of JSON', '{"sku":"a","title":"A"}\n'],
    ['within a feed', '<rss><channel><item>'],
    ['within gzip', '\x1f\x8b'],
  ])('%s keeps its own error code', async (_, after) => {
    const codes = await readCodes({ name: '', bytes: failing(after), code: '' });
    expect(codes.code).toBe('SERVICE_UNAVAILABLE');
  });
});
