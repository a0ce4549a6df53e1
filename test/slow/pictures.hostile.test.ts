// Hostile pictures that cost a decoder time or memory.
import sharp from 'sharp';
import { openPicture } from '../../src/pictures/picture.js';
import { blackPng, scanBomb, textBomb } from '../support/picture.bombs.js';
import { encodeScene, paintScene } from '../support/picture.js';

/**
 * Returns the code of the result, its duration and the memory it left. It is the fastest of three runs, because other
 * tests run at the same time.
 */
async function measureOpening(bytes: Uint8Array): Promise<{ code: string; ms: number; rssMb: number }> {
  const runs = [];
  for (let i = 0; i < 3; i++) {
    const rssBefore = process.memoryUsage().rss;
    const started = performance.now();
    const code = await openPicture(bytes).then(
      () => 'ok',
      (error: { code: string }) => error.code,
    );
    runs.push({ code, ms: performance.now() - started, rssMb: (process.memoryUsage().rss - rssBefore) / 1e6 });
  }
  return runs.reduce((best, verdict) => (verdict.ms < best.ms ? verdict : best));
}

const whiteImage = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#fff' } });

async function firstHalf(format: 'jpeg' | 'png' | 'webp' | 'avif'): Promise<Uint8Array> {
  const bytes = await encodeScene(paintScene(), format);
  return bytes.subarray(0, bytes.length / 2);
}

describe('openPicture', () => {
  const cases: [what: string, code: string, make: () => Promise<Uint8Array> | Uint8Array][] = [
    ['no bytes', 'IMAGE_EMPTY', () => new Uint8Array(0)],
    ['over 10 MB', 'IMAGE_TOO_LARGE', () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(10_000_000)])],
    [
      'a PNG of 16,000 × 16,000 in 0.3 MB',
      'IMAGE_TOO_LARGE',
      () => whiteImage(16_000, 16_000).toColourspace('b-w').png({ compressionLevel: 9 }).toBuffer(),
    ],
    ['a PNG of 1 × 24,999,999', 'IMAGE_TOO_LARGE', () => blackPng(1, 24_999_999)],
    ['a PNG of 24,999,999 × 1', 'IMAGE_TOO_LARGE', () => blackPng(24_999_999, 1)],
    [
      'an AVIF of 13 megapixels',
      'IMAGE_TOO_LARGE',
      () => whiteImage(4_000, 3_250).avif({ effort: 0, quality: 1 }).toBuffer(),
    ],
    ['a JPEG of 882 scans', 'IMAGE_TOO_COSTLY', () => scanBomb(5_000, 882)],
    ['a JPEG of 5,100 × 5,100', 'IMAGE_TOO_LARGE', () => whiteImage(5_100, 5_100).jpeg().toBuffer()],
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
    ['a TIFF', 'IMAGE_FORMAT_UNSUPPORTED', () => whiteImage(9, 9).tiff().toBuffer()],
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

  it.each(cases)('refuses %s as %s, quickly and in little memory', async (_, code, encode) => {
    const bytes = await encode();
    const result = await measureOpening(bytes);
    expect(result.code).toBe(code);
    expect(result.ms).toBeLessThan(200);
    expect(result.rssMb).toBeLessThan(50);
  });

  it('opens a PNG without its texts that unpack to 7 GB', async () => {
    const result = await measureOpening(textBomb());
    expect(result.code).toBe('ok');
    expect(result.ms).toBeLessThan(200);
    expect(result.rssMb).toBeLessThan(50);
  });

  it('opens a JPEG of 64 scans', async () => {
    expect((await measureOpening(scanBomb(400, 64))).code).toBe('ok');
    expect((await measureOpening(scanBomb(400, 65))).code).toBe('IMAGE_TOO_COSTLY');
  });

  it('decodes only one frame of a GIF with 1,000 frames', async () => {
    const frame = await whiteImage(16, 16).png().toBuffer();
    const blackFrame = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    const frames = Array.from({ length: 1_000 }, (_, i) => (i % 2 ? blackFrame : frame));
    const gif = await sharp(frames, { join: { animated: true } })
      .gif({ loop: 0 })
      .toBuffer();
    const result = await measureOpening(gif);
    expect(result.code).toBe('ok');
    expect(result.ms).toBeLessThan(200);
  }, 60_000);

  it('works after a broken picture', async () => {
    await measureOpening(Buffer.from([0xff, 0xd8, 0xff, 1, 2, 3]));
    expect((await measureOpening(await encodeScene(paintScene(), 'jpeg'))).code).toBe('ok');
  });

  it('opens a picture of 12 megapixels in less than a second, and 16 at once in limited memory', async () => {
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
