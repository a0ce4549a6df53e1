// Many expensive pictures at once, together with cheap pictures.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { DECODING } from '../../src/pictures/decoding.turns.js';
import { openPicture } from '../../src/pictures/picture.js';
import { withinRequest } from '../../src/request.scope.js';
import { encodeScene, paintScene } from '../support/picture.js';

const codeOf = (opening: Promise<unknown>): Promise<string> =>
  opening.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );

/** Returns the number of occurrences of each outcome. */
const countOutcomes = (outcomes: string[]): Record<string, number> =>
  Object.fromEntries(
    [...new Set(outcomes)].map((code) => [code, outcomes.filter((outcome) => outcome === code).length]),
  );

let avif: Buffer;
let photo: Buffer;
beforeAll(async () => {
  // 12 megapixels in about 600 bytes. Decoding takes 0.4 to 0.7 s of CPU time and 240 MB.
  const flat = sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: '#777' } });
  avif = await flat.avif({ effort: 0, quality: 1 }).toBuffer();
  photo = await encodeScene(paintScene(), 'jpeg');
}, 60_000);

describe('48 shoppers with an AVIF of 12 megapixels at once', () => {
  it('are served or refused with PICTURES_BUSY, in limited memory and with a free event loop', async () => {
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const outcomes = await Promise.all(Array.from({ length: 48 }, () => codeOf(openPicture(avif, 'SHOPPER'))));
    delay.disable();
    clearInterval(watch);
    const { ok = 0, PICTURES_BUSY = 0 } = countOutcomes(outcomes);
    expect(ok).toBeGreaterThan(0);
    expect(ok + PICTURES_BUSY).toBe(48);
    expect(PICTURES_BUSY).toBeGreaterThan(40);
    expect((peak - before) / 1e6).toBeLessThan(400);
    expect(delay.max / 1e6).toBeLessThan(200);
    expect(DECODING.load).toEqual({ running: 0, weight: 0, waiting: 0 });
  }, 30_000);

  it('do not prevent a photo from being opened', async () => {
    const heavy = Array.from({ length: 48 }, () => codeOf(openPicture(avif, 'SHOPPER')));
    const started = performance.now();
    expect(await codeOf(openPicture(photo, 'SHOPPER'))).toBe('ok');
    const tookMs = performance.now() - started;
    const decoded = countOutcomes(await Promise.all(heavy))['ok']!;
    // The photo overtakes the waiting pictures if a core is free. With a single core, it waits for one of them.
    expect(tookMs).toBeLessThan(((performance.now() - started) / decoded) * 1.5 + 200);
  }, 30_000);

  it('stop waiting when they disconnect, before their picture is decoded', async () => {
    const jobs = Array.from({ length: 3 }, () => codeOf(openPicture(avif)));
    const client = new AbortController();
    const shopper = withinRequest(client.signal, () => codeOf(openPicture(avif, 'SHOPPER')));
    await sleep(50);
    client.abort();
    expect(await shopper).toBe('REQUEST_ABANDONED');
    expect(DECODING.load.running).toBeGreaterThan(0);
    expect(await Promise.all(jobs)).toEqual(['ok', 'ok', 'ok']);
  }, 30_000);
});

describe('pictures of a job', () => {
  it('are all opened, however many wait, after pictures of shoppers', async () => {
    const ended: string[] = [];
    const opening = (rank: 'JOB' | 'SHOPPER') => openPicture(avif, rank).then(() => ended.push(rank));
    const jobs = Array.from({ length: 6 }, () => opening('JOB'));
    await sleep(20);
    await opening('SHOPPER');
    expect(ended.filter((rank) => rank === 'JOB').length).toBeLessThan(4);
    await Promise.all(jobs);
    expect(ended).toHaveLength(7);
  }, 60_000);
});
