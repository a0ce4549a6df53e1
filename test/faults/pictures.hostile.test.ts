import sharp from 'sharp';
import { openPicture } from '../../src/pictures/picture.js';
import { blackPng, scanBomb, textBomb } from '../support/picture.bombs.js';
import { encodeScene, paintScene } from '../support/picture.js';

/** Code of the failure, how long it took and how much memory it left: the best of three, since other tests run beside. */
async function judged(bytes: Uint8Array): Promise<{ code: string; ms: number; rssMb: number }> {
  const verdicts = [];
  for (let i = 0; i < 3; i++) {
    const rss = process.memoryUsage().rss;
    const started = performance.now();
    const code = await openPicture(bytes).then(
      () => 'ok',
      (error: { code: string }) => error.code,
    );
    verdicts.push({ code, ms: performance.now() - started, rssMb: (process.memoryUsage().rss - rss) / 1e6 });
  }
  return verdicts.reduce((best, verdict) => (verdict.ms < best.ms ? verdict : best));
}

const flat = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#fff' } });

async function firstHalf(format: 'jpeg' | 'png' | 'webp' | 'avif'): Promise<Uint8Array> {
  const bytes = await encodeScene(paintScene(), format);
  return bytes.subarray(0, bytes.length / 2);
}

describe('a hostile picture', () => {
  const cases: [what: string, code: string, make: () => Promise<Uint8Array> | Uint8Array][] = [
    ['no bytes', 'IMAGE_EMPTY', () => new Uint8Array(0)],
    ['over 10 MB', 'IMAGE_TOO_LARGE', () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(10_000_000)])],
    [
      'a PNG of 16,000 × 16,000 in 0.3 MB',
      'IMAGE_TOO_LARGE',
      () => flat(16_000, 16_000).toColourspace('b-w').png({ compressionLevel: 9 }).toBuffer(),
    ],
    ['a PNG of 1 × 24,999,999', 'IMAGE_TOO_LARGE', () => blackPng(1, 24_999_999)],
    ['a PNG of 24,999,999 × 1', 'IMAGE_TOO_LARGE', () => blackPng(24_999_999, 1)],
    [
      'an AVIF of 13 megapixels',
      'IMAGE_TOO_LARGE',
      () => flat(4_000, 3_250).avif({ effort: 0, quality: 1 }).toBuffer(),
    ],
    ['a JPEG of 882 scans', 'IMAGE_TOO_COSTLY', () => scanBomb(5_000, 882)],
    ['a JPEG of 5,100 × 5,100', 'IMAGE_TOO_LARGE', () => flat(5_100, 5_100).jpeg().toBuffer()],
    [
      'an SVG',
      'IMAGE_FORMAT_UNSUPPORTED',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
    [
      'an SVG that reads a file',
      'IMAGE_FORMAT_UNSUPPORTED',
      () => Buffer.from('<?xml version="1.0"?><!DOCTYPE s [<!ENTITY f SYSTEM "file:///etc/passwd">]><svg>&f;</svg>'),
    ],
    ['a TIFF', 'IMAGE_FORMAT_UNSUPPORTED', () => flat(9, 9).tiff().toBuffer()],
    ['text', 'IMAGE_FORMAT_UNSUPPORTED', () => Buffer.from('not a picture at all')],
    ['a cut-off JPEG', 'IMAGE_UNREADABLE', () => firstHalf('jpeg')],
    ['a cut-off PNG', 'IMAGE_UNREADABLE', () => firstHalf('png')],
    ['a cut-off WebP', 'IMAGE_UNREADABLE', () => firstHalf('webp')],
    ['a cut-off AVIF', 'IMAGE_UNREADABLE', () => firstHalf('avif')],
    [
      'only a PNG’s magic number',
      'IMAGE_UNREADABLE',
      () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    ],
    [
      'an SVG behind a GIF’s magic number',
      'IMAGE_UNREADABLE',
      () => Buffer.from('GIF89a<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
    [
      'noise behind a JPEG’s magic number',
      'IMAGE_UNREADABLE',
      () => Buffer.from([0xff, 0xd8, 0xff, ...Array.from({ length: 5_000 }, (_, i) => (i * 97) % 251)]),
    ],
  ];

  it.each(cases)('%s is refused as %s, quickly and in little memory', async (_, code, make) => {
    const bytes = await make();
    const verdict = await judged(bytes);
    expect(verdict.code).toBe(code);
    expect(verdict.ms).toBeLessThan(200);
    expect(verdict.rssMb).toBeLessThan(50);
  });

  it('a PNG whose texts unpack to 7 GB is opened without them', async () => {
    const verdict = await judged(textBomb());
    expect(verdict.code).toBe('ok');
    expect(verdict.ms).toBeLessThan(200);
    expect(verdict.rssMb).toBeLessThan(50);
  });

  it('a JPEG of 64 scans is opened', async () => {
    expect((await judged(scanBomb(400, 64))).code).toBe('ok');
    expect((await judged(scanBomb(400, 65))).code).toBe('IMAGE_TOO_COSTLY');
  });

  it('a GIF of 1,000 frames costs one frame', async () => {
    const frame = await flat(16, 16).png().toBuffer();
    const dotted = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    const frames = Array.from({ length: 1_000 }, (_, i) => (i % 2 ? dotted : frame));
    const gif = await sharp(frames, { join: { animated: true } })
      .gif({ loop: 0 })
      .toBuffer();
    const verdict = await judged(gif);
    expect(verdict.code).toBe('ok');
    expect(verdict.ms).toBeLessThan(200);
  }, 60_000);

  it('leaves the next one in peace', async () => {
    await judged(Buffer.from([0xff, 0xd8, 0xff, 1, 2, 3]));
    expect((await judged(await encodeScene(paintScene(), 'jpeg'))).code).toBe('ok');
  });

  it('takes 12 megapixels in well under a second, 16 at once in bounded memory', async () => {
    const photo = await sharp(await encodeScene(paintScene(400, 300), 'png'))
      .resize(4_000, 3_000)
      .jpeg()
      .toBuffer();
    const started = performance.now();
    const { pixels } = await openPicture(photo);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect([pixels.width, pixels.height]).toEqual([1024, 768]);
    const opened = await Promise.all(Array.from({ length: 16 }, () => openPicture(photo)));
    expect(opened.reduce((bytes, picture) => bytes + picture.pixels.data.byteLength, 0)).toBeLessThan(16 * 3_200_000);
  });
});
