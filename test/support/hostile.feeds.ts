// Hostile catalog files that should break or block a reader.
// They are streams, so that a large file needs no memory.
import { createGzip, gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import type { CatalogFormat } from '../../src/domain/catalog/catalog.import.js';

export interface HostileFeed {
  /** Description of the file. Test titles append the result. */
  name: string;
  bytes: () => AsyncIterable<Uint8Array>;
  format?: CatalogFormat;
  currency?: string;
  /** Error code of reading the file, or 'read' if at most single rows fail. */
  code: string;
  /** Codes of the invalid rows. */
  rows?: string[];
  /** Size limit for the file. */
  maxBytes?: number;
}

const MB = 1_000_000;

/** Yields a beginning, `repeat` times the same bytes, and an end. */
async function* streamOf(
  start: string | Uint8Array,
  piece: string | Uint8Array,
  repeat: number,
  end: string | Uint8Array = '',
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(start as string);
  const bytes = Buffer.from(piece as string);
  for (let i = 0; i < repeat; i++) {
    // A file from a database never arrives in a single turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    yield bytes;
  }
  yield Buffer.from(end as string);
}

const streamOfFile = (file: string | Uint8Array) => () => streamOf(file, '', 0);
const gzipped = (bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
  Readable.from(bytes, { objectMode: false }).pipe(createGzip({ level: 1 })) as AsyncIterable<Uint8Array>;

interface TarHeader {
  name?: string;
  size?: number | string;
  /**
   * Type as in POSIX: 0 file, 1 link, 2 symlink, 3 and 4 devices, 5 directory, 6 fifo, x and g pax, L and K long names
   * of GNU, S sparse.
   */
  type?: string;
  magic?: string;
}

/** Returns a header of 512 bytes with a correct checksum. */
export function tarHeader({ name = 'file', size = 0, type = '0', magic = 'ustar\0' + '00' }: TarHeader = {}): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0, 100);
  block.write('0000644\0', 100);
  block.write(typeof size === 'string' ? size : size.toString(8).padStart(11, '0'), 124, 12, 'latin1');
  block.write('00000000000', 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write(magic, 257, 'latin1');
  const sum = block.reduce((all, byte) => all + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function tarEntry(header: TarHeader, body: string | Uint8Array): Buffer {
  const bytes = Buffer.from(body as string);
  const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512);
  return Buffer.concat([tarHeader({ ...header, size: header.size ?? bytes.length }), bytes, padding]);
}

const END = Buffer.alloc(1024);
const ROW = '{"sku":"a","title":"A","image":"a.jpg"}\n';
const metadata = (rows = ROW): Buffer => tarEntry({ name: 'metadata.jsonl' }, rows);
const tar = (...entries: Uint8Array[]) => streamOfFile(Buffer.concat([...entries, END]));
const pax = (key: string, value: string): string => {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length;
  while (`${length}`.length + rest.length !== length) length = `${length}`.length + rest.length;
  return `${length}${rest}`;
};
const picture = tarEntry({ name: 'a.jpg' }, 'a');
const rss = (inside: string): string => `<rss><channel>${inside}</channel></rss>`;
const ITEM = '<item><g:id>A</g:id><title>A dress</title></item>';

/** Files that are read within a moment. */
export const SMALL_HOSTILE_FEEDS: HostileFeed[] = [
  {
    name: 'a tar with a pax header of 100 kB',
    bytes: tar(tarEntry({ type: 'x' }, pax('comment', 'x'.repeat(100_000))), metadata(), picture),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar with an invalid pax header',
    bytes: tar(tarEntry({ type: 'x' }, 'nonsense'), metadata(), picture),
    code: 'read',
  },
  {
    name: 'a tar whose pax header has an invalid size',
    bytes: tar(tarEntry({ type: 'x' }, pax('size', 'many')), metadata(), picture),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar whose pax header has a negative size',
    bytes: tar(tarEntry({ type: 'x' }, pax('size', '-5')), metadata(), picture),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar of 20 pax headers in a row',
    bytes: tar(...Array.from({ length: 20 }, () => tarEntry({ type: 'x' }, pax('comment', 'x'))), metadata(), picture),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar with a GNU name of 100 kB',
    bytes: tar(tarEntry({ type: 'L', magic: 'ustar  \0' }, 'x'.repeat(100_000)), metadata(), picture),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar with an entry larger than the file',
    bytes: tar(metadata(), tarHeader({ name: 'b', size: 9e9 })),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar with an entry of 2⁶³ bytes',
    bytes: tar(metadata(), tarHeader({ name: 'b', size: '\x80\0\0\0\x7f' + '\xff'.repeat(7) })),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar with an invalid size',
    bytes: tar(metadata(), tarHeader({ name: 'b', size: 'many' })),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar of links, devices, pipes and folders',
    bytes: tar(
      metadata(),
      ...['1', '2', '3', '4', '5', '6', '7', 'S', 'Z'].map((type) => tarHeader({ name: 'a.jpg', type })),
    ),
    code: 'read',
    rows: ['IMAGE_REQUIRED'],
  },
  {
    name: 'a tar with absolute and climbing names',
    bytes: tar(
      metadata('{"sku":"a","title":"A","image":"../../etc/passwd"}\n'),
      tarEntry({ name: '/etc/passwd' }, 'x'),
      tarEntry({ name: '../../etc/shadow' }, 'x'),
    ),
    code: 'read',
    rows: ['IMAGE_REQUIRED'],
  },
  {
    name: 'a tar in a tar',
    bytes: tar(tarEntry({ name: 'inner.tar' }, Buffer.concat([metadata(), picture, END]))),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar whose metadata.jsonl is a link',
    bytes: tar(tarHeader({ name: 'metadata.jsonl', type: '2' }), picture),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar with two metadata.jsonl',
    bytes: tar(metadata(), picture, metadata('{"sku":"b","title":"B","image":"b.jpg"}\n')),
    code: 'read',
  },
  {
    name: 'a tar that claims a metadata.jsonl of 101 MB',
    bytes: tar(tarHeader({ name: 'metadata.jsonl', size: 101 * MB })),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar with garbage after its end',
    bytes: tar(metadata(), picture, END, Buffer.alloc(512, 'x')),
    code: 'read',
  },
  {
    name: 'a tar with a wrong checksum',
    bytes: tar(metadata(), Buffer.alloc(512, 'x')),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'gzip in gzip',
    bytes: streamOfFile(gzipSync(gzipSync('{"sku":"a","title":"A"}\n'))),
    code: 'IMPORT_FORMAT_UNKNOWN',
  },
  {
    name: 'gzip that is cut off',
    bytes: streamOfFile(gzipSync('{"sku":"a","title":"A"}\n'.repeat(999)).subarray(0, 60)),
    code: 'IMPORT_UNREADABLE',
  },
  { name: 'only the header of gzip', bytes: streamOfFile(Buffer.from([0x1f, 0x8b])), code: 'IMPORT_UNREADABLE' },
  { name: 'gzip of nothing', bytes: streamOfFile(gzipSync('')), code: 'IMPORT_EMPTY' },
  { name: 'only a byte order mark', bytes: streamOfFile('\ufeff'), code: 'IMPORT_FORMAT_UNKNOWN' },
  {
    name: 'UTF-32',
    bytes: streamOfFile(Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0])),
    code: 'IMPORT_FORMAT_UNKNOWN',
  },
  {
    name: 'UTF-16 without a mark',
    bytes: streamOfFile(Buffer.from('id\ttitle\nA\tB\n', 'utf16le')),
    code: 'IMPORT_FORMAT_UNKNOWN',
  },
  {
    name: 'an HTML page',
    bytes: streamOfFile('<!DOCTYPE html><html><body><p>Sign in</body></html>'),
    code: 'IMPORT_FORMAT_UNKNOWN',
  },
  {
    name: 'an HTML page without a doctype',
    bytes: streamOfFile('<html><body><br></body></html>'),
    code: 'IMPORT_FORMAT_UNKNOWN',
  },
  {
    name: 'XML that is not a feed',
    bytes: streamOfFile('<error><code>AccessDenied</code></error>'),
    code: 'IMPORT_FORMAT_UNKNOWN',
  },
  { name: 'a feed without items', bytes: streamOfFile(rss('')), code: 'read' },
  {
    name: 'a billion laughs',
    bytes: streamOfFile(`<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${rss(ITEM)}`),
    code: 'IMPORT_XML_ENTITIES',
  },
  {
    name: 'an entity from a file',
    bytes: streamOfFile(`<!DOCTYPE r SYSTEM "file:///etc/passwd" [<!ENTITY % a SYSTEM "http://x/">]>${rss(ITEM)}`),
    code: 'IMPORT_XML_ENTITIES',
  },
  {
    name: 'a processing instruction without an end',
    bytes: streamOfFile(`<?xml version="1.0"?><?php ${'x'.repeat(99)}`),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'JSON of 400,000 brackets',
    bytes: streamOfFile(`{"sku":"a","title":${'['.repeat(400_000)}${']'.repeat(400_000)}}\n`),
    code: 'read',
    rows: ['TITLE_INVALID'],
  },
  {
    name: 'JSON of 400,000 unclosed brackets',
    bytes: streamOfFile(`{"sku":${'['.repeat(400_000)}\n`),
    code: 'read',
    rows: ['ROW_UNREADABLE'],
  },
  {
    name: 'a line of JSON with __proto__',
    bytes: streamOfFile('{"sku":"a","title":"A","__proto__":{"x":1}}\n'),
    code: 'read',
    rows: ['ROW_UNREADABLE'],
  },
  {
    name: 'a line of JSON of 1.1 MB',
    bytes: streamOfFile(`{"sku":"a","title":"${'x'.repeat(1_100_000)}"}\n`),
    code: 'read',
    rows: ['ROW_TOO_LONG'],
  },
  { name: 'a table of NULs', bytes: streamOfFile('id\ttitle\n\0\0\0\t\0\n'), code: 'IMPORT_FORMAT_UNKNOWN' },
  {
    name: 'a table with NULs near its end',
    bytes: streamOfFile(`id\ttitle\n${'A\tA dress\n'.repeat(9_000)}B\0\t\0\n`),
    code: 'read',
  },
  {
    name: 'a table that opens a quote and never closes it',
    bytes: streamOfFile(`id\ttitle\nA\t"A dress\n${'B\tA coat\n'.repeat(5_000)}`),
    code: 'read',
    rows: ['ROW_UNREADABLE'],
  },
  {
    name: 'a table that opens a quote in every row',
    bytes: streamOfFile(`id\ttitle\n${'A\t"A dress\n'.repeat(500)}`),
    code: 'read',
    rows: ['ROW_UNREADABLE'],
  },
];

/** Files that take seconds to minutes. */
export const LARGE_HOSTILE_FEEDS: HostileFeed[] = [
  {
    name: 'a table of 100,000 columns',
    bytes: streamOfFile(`id\ttitle${'\tx'.repeat(100_000)}\n${`A\tA dress${'\ty'.repeat(100_000)}\n`.repeat(5)}`),
    code: 'read',
  },
  {
    name: 'a table with a cell of 10 MB',
    bytes: streamOfFile(`id\ttitle\nA\t${'x'.repeat(10 * MB)}\nB\tA coat\n`),
    code: 'read',
    rows: ['ROW_TOO_LONG'],
  },
  {
    name: 'a table with a quoted cell of 10 MB in lines',
    bytes: streamOfFile(`id\ttitle\nA\t"${'xxxxxxxxx\n'.repeat(MB)}"\nB\tA coat\n`),
    code: 'IMPORT_TOO_MANY_ROWS',
    rows: ['ROW_UNREADABLE'],
  },
  {
    name: 'a Shopify export of one product with 50,000 colors',
    bytes: streamOfFile(
      `Handle,Title,Option1 Name,Option1 Value,Variant Price\n${Array.from({ length: 50_000 }, (_, i) => `a,A,Color,${i},1\n`).join('')}`,
    ),
    currency: 'EUR',
    code: 'read',
  },
  {
    name: 'a tar with a pax header of 30 MB',
    bytes: () => streamOf(tarHeader({ type: 'x', size: 30 * MB }), 'x'.repeat(MB), 30),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar with a GNU name of 30 MB',
    bytes: () => streamOf(tarHeader({ type: 'L', size: 30 * MB, magic: 'ustar  \0' }), 'x'.repeat(MB), 30),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar of a large global pax header and 200,000 small ones',
    bytes: (): AsyncIterable<Uint8Array> => {
      const global = tarEntry(
        { type: 'g' },
        Array.from({ length: 3_000 }, (_, i) => pax(`k${i}`, 'v'))
          .join('')
          .slice(0, 31_000),
      );
      const small = Buffer.concat([tarEntry({ type: 'x' }, pax('a', 'b')), tarHeader({ name: 'x' })]);
      return streamOf(global, Buffer.concat(Array(500).fill(small) as Buffer[]), 400, END);
    },
    format: 'IMAGE_TAR',
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a tar of 500,000 empty entries',
    bytes: () =>
      streamOf(tarHeader(), Buffer.concat(Array(1_000).fill(tarHeader({ name: 'x' })) as Buffer[]), 500, END),
    code: 'IMPORT_UNREADABLE',
  },
  { name: '1 GB of zeros', bytes: () => streamOf('', Buffer.alloc(MB), 1_000), code: 'IMPORT_FORMAT_UNKNOWN' },
  {
    name: '1 GB of zeros declared as a tar',
    bytes: () => streamOf('', Buffer.alloc(MB), 1_000),
    format: 'IMAGE_TAR',
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'gzip of 2 GB',
    bytes: () => gzipped(streamOf('id\ttitle\n', Buffer.alloc(MB, 'x'), 2_000)),
    code: 'IMPORT_TOO_LARGE',
  },
  {
    name: 'a tar with a metadata.jsonl of 99 MB in the shortest rows',
    bytes: () =>
      streamOf(
        tarHeader({ name: 'metadata.jsonl', size: 99 * MB }),
        '{"sku":1,"title":"A","n":1}\n'.repeat(100).slice(0, 2_500).padEnd(2_500, '\n'),
        39_600,
        Buffer.concat([Buffer.alloc(512 - ((99 * MB) % 512)), END]),
      ),
    code: 'read',
    rows: ['ROW_UNREADABLE', 'ROW_TOO_LONG'],
  },
  {
    name: 'XML of a million levels',
    bytes: () => streamOf('<rss>', '<a>'.repeat(100_000), 10),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'an XML attribute of 100 MB',
    bytes: () => streamOf('<rss a="', 'x'.repeat(MB), 100, '"/>'),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'an XML text of 100 MB',
    bytes: () => streamOf('<rss><a>', 'x'.repeat(MB), 100, '</a></rss>'),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'an XML comment of 100 MB',
    bytes: () => streamOf('<rss><!--', 'x'.repeat(MB), 100, '--></rss>'),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'a doctype of 100 MB',
    bytes: () => streamOf('<!DOCTYPE r [', ' <!ELEMENT a ANY>'.repeat(60_000), 100, ']><rss/>'),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'an XML tag of a million attributes',
    bytes: () => streamOf('<rss', Array.from({ length: 100_000 }, (_, i) => ` a${i}="x"`).join(''), 10, '/>'),
    code: 'IMPORT_UNREADABLE',
  },
  {
    name: 'an item of 100 MB in small elements',
    bytes: () => streamOf('<rss><channel><item>', '<a>x</a>'.repeat(125_000), 100, '</item></channel></rss>'),
    code: 'read',
  },
  {
    name: '100 MB in one row of a table',
    bytes: () => streamOf('id\ttitle\n', 'x'.repeat(MB), 100, '\nA\tA dress\n'),
    code: 'read',
    rows: ['ROW_TOO_LONG'],
  },
  {
    name: '100 MB in an unclosed quote of a table',
    bytes: () => streamOf('id\ttitle\nA\t"', 'B\tA dress\n'.repeat(100_000), 100),
    code: 'read',
    rows: ['ROW_UNREADABLE'],
  },
  {
    name: '50 rows of 500,000 empty cells',
    bytes: () => streamOf('id\ttitle\n', `A\tA${'\t'.repeat(500_000)}\n`, 50),
    code: 'read',
  },
  {
    name: '100 MB in one line of JSON',
    bytes: () => streamOf('{"sku":"', 'x'.repeat(MB), 100, '"}\n'),
    code: 'read',
    rows: ['ROW_TOO_LONG'],
  },
  {
    name: 'two million broken lines of JSON',
    bytes: () => streamOf('{\n', '{\n'.repeat(10_000), 200),
    code: 'IMPORT_TOO_MANY_ROWS',
    rows: ['ROW_UNREADABLE'],
  },
];
