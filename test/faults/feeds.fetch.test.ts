// Catalog files from addresses that do not play by the rules: each ends in bounded time and bytes.
import type { ServerResponse } from 'node:http';
import { FEED_PACE, fetchFeed, type FeedPace } from '../../src/feeds/feed.fetch.js';
import { PictureListener } from '../support/picture.listener.js';

let listener: PictureListener;
beforeAll(async () => {
  listener = await PictureListener.start();
});
afterAll(() => listener.stop());

const PACE: FeedPace = { ...FEED_PACE, headMs: 400, everyMs: 400, leastBytes: 1_000 };

/** What becomes of a fetch, and how many bytes came. */
async function outcome(pace: Partial<FeedPace> = PACE): Promise<{ code: string; message: string; bytes: number }> {
  const { signal } = new AbortController();
  let bytes = 0;
  try {
    const options = { allowedHosts: [listener.host], maxBytes: 1_000_000, signal, pace };
    for await (const chunk of fetchFeed(listener.url('/feed'), options)) bytes += chunk.length;
    return { code: 'ok', message: '', bytes };
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message, bytes };
  }
}

/** Writes again and again until the other side is gone. */
function writing(response: ServerResponse, piece: string, everyMs: number): void {
  const timer = setInterval(() => response.write(piece), everyMs);
  response.once('close', () => clearInterval(timer));
}

describe('an address of a catalog file', () => {
  it('that sends one byte at a time is left', async () => {
    listener.answer = (_, response) => writing(response.writeHead(200), 'x', 20);
    expect(await outcome()).toMatchObject({ code: 'IMPORT_URL_UNREACHABLE' });
  });

  it('that sends slowly and yet enough is read to its end', async () => {
    listener.answer = (_, response) => {
      writing(response.writeHead(200), 'x'.repeat(500), 50);
      setTimeout(() => response.end(), 1_500);
    };
    expect(await outcome()).toMatchObject({ code: 'ok' });
  });

  it('that never begins to answer, or falls silent, is left', async () => {
    listener.answer = () => undefined;
    expect(await outcome()).toMatchObject({ code: 'IMPORT_URL_UNREACHABLE', bytes: 0 });
    listener.answer = (_, response) => response.writeHead(200).write('x'.repeat(5_000));
    expect(await outcome()).toMatchObject({ code: 'IMPORT_URL_UNREACHABLE' });
  });

  it('that never ends is left at the largest size of a file', async () => {
    listener.answer = (_, response) => writing(response.writeHead(200), 'x'.repeat(100_000), 5);
    const { code, bytes } = await outcome();
    expect(code).toBe('IMPORT_TOO_LARGE');
    expect(bytes).toBeLessThanOrEqual(1_000_000);
  });

  it('that takes longer than the limit for a whole file is left', async () => {
    listener.answer = (_, response) => writing(response.writeHead(200), 'x'.repeat(2_000), 50);
    expect(await outcome({ ...PACE, limitMs: 600 })).toMatchObject({ code: 'IMPORT_URL_UNREACHABLE' });
  });

  it('that promises more bytes than it sends is no whole file', async () => {
    listener.answer = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('x'.repeat(10));
      setTimeout(() => response.destroy(), 20);
    };
    expect(await outcome()).toMatchObject({ code: 'IMPORT_URL_UNREACHABLE' });
  });

  it('that leads in a circle is left after three redirects', async () => {
    listener.visits.length = 0;
    listener.answer = (_, response) => response.writeHead(302, { location: '/feed' }).end();
    expect(await outcome()).toMatchObject({
      code: 'IMPORT_URL_UNREACHABLE',
      message: expect.stringContaining('3 times'),
    });
    expect(listener.visits).toHaveLength(4);
  });
});
