// Pictures that are expensive to decode, broken or invalid, sent alone or many at once.
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { requireResponse, requireValid } from './answers.js';
import { fuzzKind, sizeUpTo, someCaller, type FuzzCaller, type FuzzKind } from './fuzz.case.js';
import { mutated, someMutations, type Mutation } from './mutations.js';
import { CLASSIFY, RECOMMEND } from './operations.js';
import { sendRequest } from './raw.http.js';

const FORMATS = [
  'jpeg',
  'png',
  'webp',
  'avif',
  'gif',
  'svg',
  'a PNG with a false size',
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
  /** Number of simultaneous requests. Each has different bytes. */
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

const cache = new Map<string, Promise<Buffer>>();

/** Returns a picture. Encoding millions of pixels takes seconds, so each picture is encoded only once. */
export function pictureOf({ format, size }: Pick<Pictures, 'format' | 'size'>): Promise<Buffer> {
  const name = `${format} ${size}`;
  const picture = cache.get(name) ?? encode(format, size);
  cache.set(name, picture);
  return picture;
}

async function encode(format: Pictures['format'], size: Pictures['size']): Promise<Buffer> {
  const [width, height] = size.split(' × ').map(Number) as [number, number];
  if (format === 'svg')
    return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"/>`);
  if (format === 'a PNG with a false size') return pngWithFalseSize(width * 20, height * 20);
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
  const image = sharp({ create });
  if (format === 'avif') return image.avif({ effort: 0 }).toBuffer();
  return image[format]().toBuffer();
}

async function pngWithFalseSize(width: number, height: number): Promise<Buffer> {
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
    'a PNG with a false size': {
      ...burst,
      format: 'a PNG with a false size',
      size: '5000 × 5000',
      atOnce: 4,
    },
  },
  isLarge: ({ size, atOnce }) => atOnce > 2 && size.includes('000'),
  async run(input, { port, headersOf }) {
    const { caller, operation, atOnce, changes } = input;
    const headers = { 'content-type': 'application/json', ...headersOf(caller) };
    const picture = mutated(await pictureOf(input), changes);
    const requests = Array.from({ length: atOnce }, async () => {
      // Bytes after the end of a picture do not belong to it, but make its bytes new to the server's cache.
      const image = { base64: Buffer.concat([picture, Buffer.from(String(++sent))]).toString('base64') };
      const variables = operation === 'recommend' ? { input: { image } } : { image };
      const body = JSON.stringify({ query: operation === 'recommend' ? RECOMMEND : CLASSIFY, variables });
      const response = await sendRequest(port, { headers, body });
      if (picture.length > 11_000_000) requireValid(response);
      else requireResponse(response);
    });
    await Promise.all(requests);
  },
});
