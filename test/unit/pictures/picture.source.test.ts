import { Readable } from 'node:stream';
import { decodeBase64, readUpload } from '../../../src/pictures/picture.upload.js';
import { sniffFormat } from '../../../src/pictures/picture.format.js';
import { isPublicAddress } from '../../../src/pictures/fetch/public.address.js';
import { encodeScene, paintScene } from '../../support/picture.js';

const bytes = Uint8Array.from({ length: 1_000 }, (_, i) => (i * 31) % 256);
const base64 = Buffer.from(bytes).toString('base64');
const codeOf = (work: () => unknown): unknown => {
  try {
    work();
    return 'no error';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('decodeBase64', () => {
  it.each([
    ['plain', base64],
    ['as a data: URL', `data:image/png;base64,${base64}`],
    ['as a data: URL with parameters', `data:image/png;name=a.png;base64,${base64}`],
    ['in lines of 76', base64.replace(/.{76}/g, '$&\r\n')],
    ['with spaces around it', `  ${base64}\n`],
    ['without padding', base64.replace(/=+$/, '')],
    ['in the alphabet for URLs', Buffer.from(bytes).toString('base64url')],
  ])('decodes base64 %s', (_, text) => {
    expect(Buffer.compare(Buffer.from(decodeBase64(text)), Buffer.from(bytes))).toBe(0);
  });

  it.each(['', '   ', 'data:image/png;base64,'])('reports %j as empty', (text) => {
    expect(codeOf(() => decodeBase64(text))).toBe('IMAGE_EMPTY');
  });

  it.each(['this is not base64!', '{"image":1}', 'AAAA*AAA', 'AAAAA', 'data:image/png,AAAA', '<svg></svg>'])(
    'refuses %j',
    (text) => {
      expect(codeOf(() => decodeBase64(text))).toBe('IMAGE_UNREADABLE');
    },
  );

  it('accepts 10 MB and refuses one byte more', () => {
    expect(decodeBase64(Buffer.alloc(10_000_000).toString('base64'))).toHaveLength(10_000_000);
    expect(codeOf(() => decodeBase64(Buffer.alloc(10_000_001).toString('base64')))).toBe('IMAGE_TOO_LARGE');
    expect(codeOf(() => decodeBase64('A'.repeat(40_000_000)))).toBe('IMAGE_TOO_LARGE');
  });
});

describe('readUpload', () => {
  const chunks = (count: number, size: number) =>
    Readable.from(Array.from({ length: count }, () => Buffer.alloc(size, 7)));

  it('joins the chunks of a stream', async () => {
    expect(await readUpload(chunks(3, 1_000))).toHaveLength(3_000);
  });

  it('destroys the stream at the first byte over 10 MB', async () => {
    let sent = 0;
    const endless = new Readable({
      read() {
        sent += 100_000;
        this.push(Buffer.alloc(100_000));
      },
    });
    await expect(readUpload(endless)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    expect(endless.destroyed).toBe(true);
    expect(sent).toBeLessThan(10_500_000);
  });

  it('reports an empty stream', async () => {
    await expect(readUpload(chunks(0, 0))).rejects.toMatchObject({ code: 'IMAGE_EMPTY' });
  });

  it('reports an interrupted upload', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('socket hang up'));
      },
    });
    await expect(readUpload(broken)).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
  });
});

describe('sniffFormat', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('detects a %s by its first bytes', async (format) => {
    expect(sniffFormat(await encodeScene(paintScene(16, 16), format))).toBe(format);
  });

  it.each([
    ['SVG', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['PDF', '%PDF-1.7\n'],
    ['TIFF', 'II*\u0000\b\u0000\u0000\u0000'],
    ['BMP', 'BM\u0000\u0000'],
    ['HEIC', '\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000mif1heic'],
    ['MP4', '\u0000\u0000\u0000\u0018ftypisom\u0000\u0000\u0000\u0000isommp41'],
    ['a RIFF file that is not WebP', 'RIFF\u0000\u0000\u0000\u0000WAVE'],
    ['too few bytes', '\u0000\u0000\u0000\u0018ft'],
    ['text', 'hello, world'],
  ])('returns null for %s', (_, text) => {
    expect(sniffFormat(Buffer.from(text, 'latin1'))).toBeNull();
  });
});

describe('isPublicAddress', () => {
  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700:4700::1111',
    '2a00:1450::1',
  ])('returns true for %s', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '100::1',
    '3fff::1',
    'example.org',
    '',
  ])('returns false for %s', (address) => expect(isPublicAddress(address)).toBe(false));
});
