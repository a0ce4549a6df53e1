import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { CatalogSource } from '../../../src/cli/import/catalog.source.js';
import { openFolder } from '../../../src/cli/import/folder.source.js';
import type { PicturedRow, RowFailure } from '../../../src/cli/import/garment.row.js';
import { openTar } from '../../../src/cli/import/tar.source.js';
import { tarOf, writeCatalogFolder, type CatalogFiles } from '../../support/catalog.archive.js';

const FILES: CatalogFiles = {
  rows: [
    { id: 'a', title: 'Red\u2028dress', image: 'a.jpg' },
    '{"id": "b", "title": ',
    { id: 'c', title: 'Blue shirt', image: 'deep/c.jpg' },
    '',
    { id: 'a', title: 'Red dress again', image: 'a.jpg' },
    { id: 'd', title: 'No picture', image: 'd.jpg' },
  ],
  pictures: {
    'a.jpg': Buffer.from('picture a'),
    'deep/c.jpg': Buffer.from('picture c'),
    'unasked.jpg': Buffer.from('?'),
  },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitroom-source-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function readAll(source: CatalogSource) {
  const items: (PicturedRow | RowFailure)[] = [];
  for await (const item of source.items()) items.push(item);
  const pictures = items.filter((item) => 'picture' in item);
  return {
    total: source.total,
    pictures: Object.fromEntries(pictures.map(({ garment, picture }) => [garment.sku, picture.toString()])),
    titles: pictures.map(({ garment }) => garment.title),
    failures: items
      .filter((item) => 'code' in item)
      .map(({ row, sku, code }) => ({ row, sku, code }))
      .sort((x, y) => x.row - y.row),
  };
}

const EXPECTED = {
  total: 5,
  pictures: { a: 'picture a', c: 'picture c' },
  titles: ['Red\u2028dress', 'Blue shirt'],
  failures: [
    { row: 2, sku: null, code: 'ARGUMENT_INVALID' },
    { row: 5, sku: 'a', code: 'DUPLICATE_SKU' },
    { row: 6, sku: 'd', code: 'IMAGE_REQUIRED' },
  ],
};

async function fileOf(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe('a catalog', () => {
  it('in a tar gives each row once: with its picture, or as a failure by row', async () => {
    expect(await readAll(await openTar(await fileOf('plain.tar', await tarOf(FILES))))).toEqual(EXPECTED);
  });

  it('in a gzipped tar with metadata.jsonl last and below a folder reads the same', async () => {
    const bytes = gzipSync(await tarOf(FILES, { folder: './autumn/', metadataLast: true }));
    expect(await readAll(await openTar(await fileOf('autumn.tar.gz', bytes)))).toEqual(EXPECTED);
  });

  it('in a folder reads the same', async () => {
    const path = await writeCatalogFolder(join(folder, 'same'), FILES);
    expect(await readAll(await openFolder(path))).toEqual(EXPECTED);
  });

  it('with a byte order mark and Windows line ends reads the same as without', async () => {
    const rows = [{ id: 'a', title: 'Hat', image: 'a.jpg' }].map((row) => `${JSON.stringify(row)}\r`);
    const marked: CatalogFiles = { rows: [`\ufeff${rows[0]}`], pictures: { 'a.jpg': Buffer.from('a') } };
    const read = await readAll(await openTar(await fileOf('marked.tar', await tarOf(marked))));
    expect(read).toEqual({ total: 1, pictures: { a: 'a' }, titles: ['Hat'], failures: [] });
  });

  it('gives one picture to every row that names it', async () => {
    const rows = ['x', 'y'].map((id) => ({ id, title: 'Pair', image: 'both.jpg' }));
    const path = await fileOf('shared.tar', await tarOf({ rows, pictures: { 'both.jpg': Buffer.from('both') } }));
    expect((await readAll(await openTar(path))).pictures).toEqual({ x: 'both', y: 'both' });
  });

  it('under a limit ends after that many rows, broken ones counted, and misses none of the pictures beyond', async () => {
    const path = await fileOf('limited.tar', await tarOf(FILES));
    expect(await readAll(await openTar(path, 2))).toMatchObject({
      total: 2,
      pictures: { a: 'picture a' },
      failures: [{ row: 2 }],
    });
  });

  it('reports a picture over 10 MB by its row without reading it', async () => {
    const large: CatalogFiles = {
      rows: [
        { id: 'large', title: 'Large', image: 'large.jpg' },
        { id: 'small', title: 'Small', image: 'small.jpg' },
      ],
      pictures: { 'large.jpg': Buffer.alloc(10_000_001), 'small.jpg': Buffer.from('small') },
    };
    const expected = { pictures: { small: 'small' }, failures: [{ row: 1, sku: 'large', code: 'IMAGE_TOO_LARGE' }] };
    expect(await readAll(await openTar(await fileOf('large.tar', await tarOf(large))))).toMatchObject(expected);
    expect(await readAll(await openFolder(await writeCatalogFolder(join(folder, 'large'), large)))).toMatchObject(
      expected,
    );
  });

  it('never sends a file from outside its folder, neither by a path nor by a link', async () => {
    await fileOf('secret', 'secret');
    const rows = ['../secret', 'link.jpg', '/etc/hostname'].map((image, i) => ({ id: `${i}`, title: 'Hat', image }));
    const path = await writeCatalogFolder(join(folder, 'hostile'), { rows, pictures: {} });
    await symlink(join(folder, 'secret'), join(path, 'link.jpg'));
    const read = await readAll(await openFolder(path));
    expect(read.pictures).toEqual({});
    expect(read.failures.map(({ code }) => code)).toEqual(['IMAGE_REQUIRED', 'IMAGE_REQUIRED', 'IMAGE_REQUIRED']);
  });
});

describe('what is no catalog', () => {
  it('is refused by name: no metadata.jsonl, no tar, an archive cut short', async () => {
    const bare = await fileOf(
      'bare.tar',
      await tarOf({ rows: [], pictures: {} }).then((bytes) => bytes.fill(0, 0, 512)),
    );
    await expect(openTar(bare)).rejects.toThrow(/bare\.tar/);
    const text = await fileOf('notes.tar', 'these are only some notes '.repeat(100));
    await expect(openTar(text)).rejects.toThrow(/notes\.tar is no whole tar archive/);
    const cut = await fileOf('cut.tar', await tarOf(FILES));
    await truncate(cut, 700);
    await expect(openTar(cut)).rejects.toThrow(/cut\.tar is no whole tar archive/);
    await expect(openFolder(join(folder, 'nowhere'))).rejects.toThrow(/nowhere holds no readable metadata\.jsonl/);
  });

  it('throws where an archive ends within its pictures, after those before it', async () => {
    const pictures = { 'a.jpg': Buffer.alloc(2_000, 1), 'b.jpg': Buffer.alloc(2_000, 2) };
    const rows = ['a', 'b'].map((id) => ({ id, title: 'Hat', image: `${id}.jpg` }));
    const path = await fileOf('short.tar', await tarOf({ rows, pictures }));
    await truncate(path, 5_000);
    const items = (await openTar(path)).items()[Symbol.asyncIterator]();
    expect((await items.next()).value).toMatchObject({ garment: { sku: 'a' } });
    await expect(items.next()).rejects.toThrow(/short\.tar is no whole tar archive/);
  });
});
