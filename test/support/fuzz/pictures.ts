// Pictures that are cheap to send and expensive to open, broken, or none at all, one and many at once.
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { requireAnswer, requireSound } from './answers.js';
import { fuzzKind, sizeUpTo, someCaller, type FuzzCaller, type FuzzKind } from './fuzz.case.js';
import { mutated, someMutations, type Mutation } from './mutations.js';
import { CLASSIFY, RECOMMEND } from './operations.js';
import { ask } from './raw.http.js';

const FORMATS = [
  'jpeg',
  'png',
  'webp',
  'avif',
  'gif',
  'svg',
  'a PNG that lies about its size',
  'a GIF of many frames',
] as const;
const SIZES = [
  '1 × 1',
  '100 × 80',
  '16000 × 1',
  '1 × 16000',
  '2000 × 1500',
  '5000 × 5000',
  '16000 × 1500',
  '5001 × 5000',
] as const;

interface Pictures {
  caller: FuzzCaller;
  format: (typeof FORMATS)[number];
  size: (typeof SIZES)[number];
  operation: 'recommend' | 'classify';
  /** How many requests at once, no two with the same bytes. */
  atOnce: number;
  changes: readonly Mutation[];
}

const pictureRequests: fc.Arbitrary<Pictures> = fc.record({
  caller: someCaller,
  format: fc.constantFrom(...FORMATS),
  size: fc.constantFrom(...SIZES),
  operation: fc.constantFrom('recommend', 'classify'),
  atOnce: sizeUpTo(16),
  changes: someMutations,
});

const made = new Map<string, Promise<Buffer>>();

/** Encoding millions of pixels takes seconds: each picture is made once. */
export function pictureOf({ format, size }: Pick<Pictures, 'format' | 'size'>): Promise<Buffer> {
  const name = `${format} ${size}`;
  const picture = made.get(name) ?? encoded(format, size);
  made.set(name, picture);
  return picture;
}

async function encoded(format: Pictures['format'], size: Pictures['size']): Promise<Buffer> {
  const [width, height] = size.split(' × ').map(Number) as [number, number];
  if (format === 'svg')
    return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"/>`);
  if (format === 'a PNG that lies about its size') return lyingPng(width * 20, height * 20);
  const create = { width, height, channels: 3, background: '#c33' } as const;
  if (format === 'a GIF of many frames') {
    const frame = await sharp({ create: { ...create, width: 20, height: 20 } })
      .png()
      .toBuffer();
    return sharp(
      Array.from({ length: 1_000 }, () => frame),
      { join: { animated: true } },
    )
      .gif()
      .toBuffer();
  }
  const drawn = sharp({ create });
  if (format === 'avif') return drawn.avif({ effort: 0 }).toBuffer();
  return drawn[format]().toBuffer();
}

async function lyingPng(width: number, height: number): Promise<Buffer> {
  const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

let sent = 0;

const burst = { caller: 'STOREFRONT', operation: 'recommend', changes: [] } as const;

export const pictures: FuzzKind = fuzzKind({
  name: 'pictures',
  share: 2,
  arbitrary: pictureRequests,
  known: {
    '24 small files of 25 megapixels at once': { ...burst, format: 'avif', size: '5000 × 5000', atOnce: 24 },
    'a PNG that lies about its size': {
      ...burst,
      format: 'a PNG that lies about its size',
      size: '5000 × 5000',
      atOnce: 4,
    },
  },
  isLarge: ({ size, atOnce }) => atOnce > 2 && size.includes('000'),
  async run(given, { port, headersOf }) {
    const { caller, operation, atOnce, changes } = given;
    const headers = { 'content-type': 'application/json', ...headersOf(caller) };
    const picture = mutated(await pictureOf(given), changes);
    const asked = Array.from({ length: atOnce }, async () => {
      // what follows the end of a picture is no part of it, but keeps its bytes from being known already
      const image = { base64: Buffer.concat([picture, Buffer.from(String(++sent))]).toString('base64') };
      const variables = operation === 'recommend' ? { input: { image } } : { image };
      const body = JSON.stringify({ query: operation === 'recommend' ? RECOMMEND : CLASSIFY, variables });
      const answer = await ask(port, { headers, body });
      if (picture.length > 11_000_000) requireSound(answer);
      else requireAnswer(answer);
    });
    await Promise.all(asked);
  },
});
