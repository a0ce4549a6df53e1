// Catalog files from misbehaving hosts: each fetch ends within limits of time and bytes.
import type { ServerResponse } from 'node:http';
import { FEED_PACE, fetchFeed, type FeedPace } from '../../src/feeds/feed.fetch.js';
import { PictureListener } from '../support/picture.listener.js';

let listener: PictureListener;
beforeAll(async () => {
  listener = await PictureListener.start();
});
afterAll(() => listener.stop());

const PACE: FeedPace = { ...FEED_PACE, headMs: 400, everyMs: 400, leastBytes: 1_000 };

/** Returns the result of a fetch and the number of received bytes. */
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

/** Writes repeatedly until the other side disconnects. */
function writeRepeatedly(response: ServerResponse, chunk: string, everyMs: number): void {
  const timer = setInterval(() => response.write(chunk), everyMs);
  response.once('close', () => clearInterval(timer));
}

describe('a fetch of a catalog file', () => {
  it('is aborted if the host sends one byte at a time', async () => {
    listener.answer = (_, response) => writeRepeatedly(response.writeHead(200), 'x', 20);
    expect(await outcome()).toMatchObject({ code: 'IMPORT_URL_UNREACHABLE' });
  });

  it('is completed if the host is slow but above the least rate', async () => {
    listener.answer = (_, response) => {
      writeRepeatedly(response.writeHead(200), 'x'.repeat(500), 50);
      setTimeout(() => response.end(), 1_500);
    };
    expect(await outcome()).toMatchObject({ code: 'ok' });
  });

  it('is aborted if the host never responds or stops sending', async () => {
    listener.answer = () => undefined;
    expect(await outcome()).toMatchObject({ code: 'IMPORT_URL_UNREACHABLE', bytes: 0 });
    listener.answer = (_, response) => response.writeHead(200).write('x'.repeat(5_000));
    expect(await outcome()).toMatchObject({ code: 'IMPORT_URL_UNREACHABLE' });
  });

  it('is aborted at the largest size of a file if the response never ends', async () => {
    listener.answer = (_, response) => writeRepeatedly(response.writeHead(200), 'x'.repeat(100_000), 5);
    const { code, bytes } = await outcome();
    expect(code).toBe('IMPORT_TOO_LARGE');
    expect(bytes).toBeLessThanOrEqual(1_000_000);
  });

  it('is aborted if it takes longer than the limit for a whole file', async () => {
    listener.answer = (_, response) => writeRepeatedly(response.writeHead(200), 'x'.repeat(2_000), 50);
    expect(await outcome({ ...PACE, limitMs: 600 })).toMatchObject({ code: 'IMPORT_URL_UNREACHABLE' });
  });

  it('fails if the host sends fewer bytes than it announced', async () => {
    listener.answer = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('x'.repeat(10));
      setTimeout(() => response.destroy(), 20);
    };
    expect(await outcome()).toMatchObject({ code: 'IMPORT_URL_UNREACHABLE' });
  });

  it('is aborted after three redirects if they lead in a circle', async () => {
    listener.visits.length = 0;
    listener.answer = (_, response) => response.writeHead(302, { location: '/feed' }).end();
    expect(await outcome()).toMatchObject({
      code: 'IMPORT_URL_UNREACHABLE',
      message: expect.stringContaining('3 times'),
    });
    expect(listener.visits).toHaveLength(4);
  });
});
