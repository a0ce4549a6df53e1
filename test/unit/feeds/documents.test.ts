// Google's XML feeds, JSON Lines and image tars, malformed ones included.
import { gzipSync } from 'node:zlib';
import { MEMORY_BOUNDS } from '../../../src/memory/bounds.js';
import { heapBytes } from '../../../src/memory/heap.size.js';
import { tarOf, type CatalogFiles } from '../../support/catalog.archive.js';
import { codeOf, readFeed } from '../../support/feed.js';

const rss = (items: string): string =>
  `<?xml version="1.0"?>\n<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title>${items}</channel></rss>`;
const ITEM =
  '<item><g:id>A</g:id><title><![CDATA[Red & "white" dress]]></title><g:price>49.90 EUR</g:price>' +
  '<g:shipping><g:country>DE</g:country><g:price>4.90 EUR</g:price></g:shipping>' +
  '<g:image_link>https://shop.example/a.jpg?x=1&amp;y=2</g:image_link></item>';
const DRESS = {
  sku: 'A',
  title: 'Red & "white" dress',
  price: { amount: '49.90', currency: 'EUR' },
  image: { kind: 'url', url: 'https://shop.example/a.jpg?x=1&y=2' },
};

describe('a Google XML feed', () => {
  it('is read as RSS with chunks of any size, and deeper elements of an item are ignored', async () => {
    for (const chunk of [1, 13, 1e6]) {
      const { format, garments } = await readFeed(rss(ITEM), {}, chunk);
      expect(format).toBe('GOOGLE_PRODUCTS');
      expect(garments).toEqual([DRESS]);
    }
  });

  it('is read as Atom, also in another encoding', async () => {
    const atom =
      '<?xml version="1.0" encoding="ISO-8859-1"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">' +
      '<title>Shop</title><entry><g:id>1</g:id><title>Größe</title></entry></feed>';
    expect((await readFeed(Buffer.from(atom, 'latin1'))).garments).toEqual([{ sku: '1', title: 'Größe' }]);
  });

  it('reports items that lack a required field or exceed 1 MB', async () => {
    const long = `<item><g:id>L</g:id><title>${'x'.repeat(1_100_000)}</title></item>`;
    const { garments, failures } = await readFeed(rss(`<item><title>No id</title></item>${long}${ITEM}`), {}, 65_536);
    expect(failures.map(({ row, code }) => [row, code])).toEqual([
      [1, 'ROW_UNREADABLE'],
      [2, 'ROW_TOO_LONG'],
    ]);
    expect(garments).toEqual([DRESS]);
  });

  it.each([
    [
      'an entity bomb',
      `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(100)}"><!ENTITY b "&a;&a;&a;">]>${rss('').slice(22)}`,
      'IMPORT_XML_ENTITIES',
    ],
    ['a file of the server', '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><r>&f;</r>', 'IMPORT_XML_ENTITIES'],
    ['an unclosed tag', rss('<item><g:id>A</g:id>'), 'IMPORT_UNREADABLE'],
    ['an undeclared entity', rss('<item><title>&nix;</title></item>'), 'IMPORT_UNREADABLE'],
    ['a truncated end', rss(ITEM).slice(0, 200), 'IMPORT_UNREADABLE'],
    ['a thousand levels', `<r>${'<a>'.repeat(1_000)}`, 'IMPORT_UNREADABLE'],
    ['a text without an end', `<r><a>${'x'.repeat(17_000_000)}`, 'IMPORT_UNREADABLE'],
    ['an unknown encoding', '<?xml version="1.0" encoding="klingon"?><rss/>', 'IMPORT_UNREADABLE'],
  ])('is refused as a whole if it has %s', async (_, file, code) => {
    expect(await codeOf(readFeed(file, {}, 65_536))).toBe(code);
  });

  it('is refused with the line and column of the error', async () => {
    await expect(readFeed(rss('\n<item></wrong>'))).rejects.toThrow(/line and column 3/);
  });
});

const lines = (...rows: unknown[]): string =>
  rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');

describe('a JSON Lines file', () => {
  it('holds garments as in the API, with pictures from any source but uploads', async () => {
    const file = lines(
      {
        sku: 'a',
        title: 'Dress',
        color: null,
        price: { amount: '49.90', currency: 'EUR' },
        image: { url: 'https://x.example/1' },
      },
      '',
      { sku: 7, title: 'Hat', gender: 'MEN', garmentType: 'HAT', image: 'https://x.example/2' },
      { sku: 'c', title: 'Bag\u2028s', image: { base64: 'AAAA' } },
      { sku: 'd', title: 'Cap', image: { sku: 'a' } },
    );
    for (const chunk of [1, 1e6]) {
      const { format, garments, rows } = await readFeed(`\ufeff${file}`, {}, chunk);
      expect(format).toBe('JSON_LINES');
      expect(garments).toEqual([
        {
          sku: 'a',
          title: 'Dress',
          color: null,
          price: { amount: '49.90', currency: 'EUR' },
          image: { kind: 'url', url: 'https://x.example/1' },
        },
        {
          sku: '7',
          title: 'Hat',
          gender: 'MEN',
          garmentType: 'HAT',
          image: { kind: 'url', url: 'https://x.example/2' },
        },
        { sku: 'c', title: 'Bag\u2028s', image: { kind: 'base64', data: 'AAAA' } },
        { sku: 'd', title: 'Cap', image: { kind: 'sku', sku: 'a' } },
      ]);
      expect(rows).toEqual([1, 3, 4, 5]);
    }
  });

  it('reports each invalid line', async () => {
    const bad = [
      '{"sku": "1"',
      { title: 'No sku' },
      { sku: '3' },
      { sku: '4', title: 'Hat', colour: 'Red' },
      { sku: '5', title: 'Hat', image: { url: 'https://x', sku: 'y' } },
      { sku: '6', title: 'Hat', price: { amount: 49.9, currency: 'EUR' } },
      { sku: '7', title: 'x'.repeat(1_000_001) },
      [1],
    ];
    const { garments, failures } = await readFeed(lines(...bad, { sku: 'good', title: 'Hat' }), {
      format: 'JSON_LINES',
    });
    expect(failures.map(({ row, sku, code }) => [row, sku, code])).toEqual([
      [1, null, 'ROW_UNREADABLE'],
      [2, null, 'SKU_INVALID'],
      [3, '3', 'TITLE_INVALID'],
      [4, '4', 'ROW_UNREADABLE'],
      [5, '5', 'IMAGE_REQUIRED'],
      [6, '6', 'ROW_UNREADABLE'],
      [7, null, 'ROW_TOO_LONG'],
      [8, null, 'ROW_UNREADABLE'],
    ]);
    expect(garments).toEqual([{ sku: 'good', title: 'Hat' }]);
  });

  it('is read up to the requested number of rows', async () => {
    const file = lines({ sku: 'a', title: 'A' }, '{', { sku: 'b', title: 'B' });
    const read = await readFeed(file, { limit: 2 });
    expect([read.garments.length, read.failures.length]).toEqual([1, 1]);
  });
});

const FILES: CatalogFiles = {
  rows: [
    { id: 'a', title: 'Red\u2028dress', image: 'a.jpg' },
    '{"id": "b", "title": ',
    { sku: 'c', title: 'Blue shirt', image: 'deep/c.jpg' },
    '',
    { id: 'a', title: 'Red dress again', image: 'a.jpg' },
    { id: 'd', title: 'No picture', image: 'd.jpg' },
    { sku: 'e', title: 'Known already' },
  ],
  pictures: {
    'a.jpg': Buffer.from('picture a'),
    'deep/c.jpg': Buffer.from('picture c'),
    'unasked.jpg': Buffer.from('?'),
  },
};

describe('an image tar', () => {
  it.each([
    ['plain', async () => tarOf(FILES)],
    [
      'gzipped, in a folder, with metadata last',
      async () => gzipSync(await tarOf(FILES, { folder: './x/', metadataLast: true })),
    ],
  ])('that is %s gives each row once: with its picture, or as a failure', async (_, make) => {
    for (const chunk of [777, 1e6]) {
      const { format, garments, pictures, failures } = await readFeed(await make(), {}, chunk);
      expect(format).toBe('IMAGE_TAR');
      expect(garments.map(({ sku }) => sku).sort()).toEqual(['a', 'c', 'e']);
      expect(pictures).toEqual({ a: 'picture a', c: 'picture c' });
      expect(failures.map(({ row, sku, code }) => [row, sku, code]).sort()).toEqual([
        [2, null, 'ROW_UNREADABLE'],
        [5, 'a', 'DUPLICATE_SKU'],
        [6, 'd', 'IMAGE_REQUIRED'],
      ]);
    }
  });

  it('with a byte order mark and Windows line ends is read in the same way', async () => {
    const marked: CatalogFiles = {
      rows: [`\ufeff${JSON.stringify({ id: 'a', title: 'Hat', image: 'a.jpg' })}\r`],
      pictures: { 'a.jpg': Buffer.from('a') },
    };
    expect(await readFeed(await tarOf(marked))).toMatchObject({ pictures: { a: 'a' }, failures: [] });
  });

  it('gives one picture to every row that names it, and skips pictures over 10 MB', async () => {
    const rows = ['x', 'y'].map((id) => ({ id, title: 'Pair', image: 'both.jpg' }));
    const large = { id: 'l', title: 'Large', image: 'large.jpg' };
    const pictures = { 'large.jpg': Buffer.alloc(10_000_001), 'both.jpg': Buffer.from('both') };
    const read = await readFeed(await tarOf({ rows: [...rows, large], pictures }));
    expect(read.pictures).toEqual({ x: 'both', y: 'both' });
    expect(read.failures).toMatchObject([{ row: 3, sku: 'l', code: 'IMAGE_TOO_LARGE' }]);
  });

  it('is refused as a whole if it is truncated or has no metadata.jsonl', async () => {
    const whole = await tarOf(FILES);
    expect(await codeOf(readFeed(whole.subarray(0, 700)))).toBe('IMPORT_UNREADABLE');
    expect(await codeOf(readFeed(whole.subarray(0, 2_100)))).toBe('IMPORT_UNREADABLE');
    const bare = Buffer.from(
      (await tarOf(FILES)).toString('latin1').replaceAll('metadata.jsonl', 'elsewhere.json'),
      'latin1',
    );
    expect(await codeOf(readFeed(bare, { format: 'IMAGE_TAR' }))).toBe('IMPORT_UNREADABLE');
  });

  it('with more metadata than the memory bound is read in several passes, each row once', async () => {
    const description = 'x'.repeat(10_000);
    const bare = Array.from({ length: 4_000 }, (_, i) => ({ sku: `bare ${i}`, title: 'A shirt', description }));
    const pictured = (sku: string) => ({ sku, title: 'A shirt', image: `${sku}.jpg` });
    const rows = [pictured('first'), pictured('both'), ...bare, pictured('last'), pictured('none'), pictured('both')];
    const pictures = { 'last.jpg': Buffer.from('l'), 'first.jpg': Buffer.from('f'), 'both.jpg': Buffer.from('b') };
    const bytes = rows.reduce((sum, row) => sum + heapBytes(row), 0);
    expect(bytes).toBeGreaterThan(MEMORY_BOUNDS.importMetadata.bytes);
    const read = await readFeed(await tarOf({ rows, pictures }));
    // the second `both` is far from the first: the staged rows detect the repetition
    expect(read.garments).toHaveLength(4_000 + 4);
    expect(read.pictures).toEqual({ first: 'f', both: 'b', last: 'l' });
    expect(read.failures).toMatchObject([{ row: 4_004, sku: 'none', code: 'IMAGE_REQUIRED' }]);
  });
});
