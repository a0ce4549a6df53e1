import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CatalogSource } from '../../../src/cli/import/catalog.source.js';
import { openFolder } from '../../../src/cli/import/folder.source.js';
import type { PicturedRow, RowFailure } from '../../../src/feeds/garment.row.js';
import { writeCatalogFolder, type CatalogFiles } from '../../support/catalog.archive.js';

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
    { row: 2, sku: null, code: 'ROW_UNREADABLE' },
    { row: 5, sku: 'a', code: 'DUPLICATE_SKU' },
    { row: 6, sku: 'd', code: 'IMAGE_REQUIRED' },
  ],
};

async function fileOf(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe('a catalog folder', () => {
  it('a folder yields each row once, with its picture or as a failure with its row', async () => {
    const path = await writeCatalogFolder(join(folder, 'same'), FILES);
    expect(await readAll(await openFolder(path))).toEqual(EXPECTED);
  });

  it('a limit ends the folder after that many rows, including invalid ones', async () => {
    const path = await writeCatalogFolder(join(folder, 'limited'), FILES);
    expect(await readAll(await openFolder(path, 2))).toMatchObject({ total: 2, failures: [{ row: 2 }] });
  });

  it('a picture over 10 MB is reported with its row and is not read', async () => {
    const large: CatalogFiles = {
      rows: [
        { id: 'large', title: 'Large', image: 'large.jpg' },
        { id: 'small', title: 'Small', image: 'small.jpg' },
      ],
      pictures: { 'large.jpg': Buffer.alloc(10_000_001), 'small.jpg': Buffer.from('small') },
    };
    const expected = { pictures: { small: 'small' }, failures: [{ row: 1, sku: 'large', code: 'IMAGE_TOO_LARGE' }] };
    expect(await readAll(await openFolder(await writeCatalogFolder(join(folder, 'large'), large)))).toMatchObject(
      expected,
    );
  });

  it('a file outside the folder is never sent, neither by a path nor by a link', async () => {
    await fileOf('secret', 'secret');
    const rows = ['../secret', 'link.jpg', '/etc/hostname'].map((image, i) => ({ id: `${i}`, title: 'Hat', image }));
    const path = await writeCatalogFolder(join(folder, 'hostile'), { rows, pictures: {} });
    await symlink(join(folder, 'secret'), join(path, 'link.jpg'));
    const read = await readAll(await openFolder(path));
    expect(read.pictures).toEqual({});
    expect(read.failures.map(({ code }) => code)).toEqual(['IMAGE_REQUIRED', 'IMAGE_REQUIRED', 'IMAGE_REQUIRED']);
  });
});

it('a folder without metadata.jsonl is refused by name', async () => {
  await expect(openFolder(join(folder, 'nowhere'))).rejects.toThrow(/nowhere has no readable metadata\.jsonl/);
});
