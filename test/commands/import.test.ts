import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../../src/cli/api.client.js';
import { readConfig } from '../../src/config.js';
import { rasterize } from '../../tools/draw/rasterize.js';
import { startAppProcess, type AppProcess } from '../support/app.process.js';
import { tarOf, writeCatalogFolder, type CatalogFiles } from '../support/catalog.archive.js';
import { fitroom } from '../support/command.line.js';

const { trainingDataDir } = readConfig();
const REAL_TAR = join(trainingDataDir, 'fashion-products-test.tar');

let folder: string;
let app: AppProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitroom-cli-'));
  app = await startAppProcess();
}, 60_000);
afterAll(async () => {
  await app?.stop();
  await rm(folder, { recursive: true });
});

const importing = (...args: string[]) => fitroom(['import', '--server', app.url, ...args]);

async function stripes(hue: number): Promise<Uint8Array> {
  const stripe = (x: number) => `<rect x="${x}" width="6" height="80" fill="hsl(${hue}, 80%, ${20 + x}%)"/>`;
  return rasterize(
    `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="80">${[0, 14, 40].map(stripe).join('')}</svg>`,
    60,
    'jpeg',
  );
}

async function fileOf(name: string, files: CatalogFiles): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, await tarOf(files));
  return path;
}

interface FoundGarment {
  title: string;
  category: string | null;
  color: string | null;
  gender: string | null;
  usage: string | null;
  garmentType: string | null;
  price: { amount: string; currency: string } | null;
  sizes: string[];
  imageUrl: string | null;
  inferredFields: string[];
}

async function garment(sku: string): Promise<FoundGarment | null> {
  const query = `query ($sku: String!) { garment(sku: $sku) {
    title category color gender usage garmentType price { amount currency } sizes imageUrl inferredFields } }`;
  return (await new ApiClient(app.url).call<{ garment: FoundGarment | null }>({ query, variables: { sku } })).garment;
}

describe('fitroom import', () => {
  it('an import stores the rows of a tar with fields and pictures, and a second import updates them', async () => {
    const rows = [
      {
        id: 'T1',
        title: 'Men Blue Shirt',
        gender: 'Men',
        articleType: 'Shirts',
        baseColour: 'Blue',
        usage: 'Casual',
        image: '1.jpg',
      },
      {
        id: 'T2',
        title: '红色连衣裙 🌹',
        gender: null,
        articleType: null,
        baseColour: null,
        usage: null,
        image: '2.jpg',
      },
    ];
    const path = await fileOf('two.tar', {
      rows,
      pictures: { '1.jpg': await stripes(200), '2.jpg': await stripes(0) },
    });

    const first = await importing(path);
    expect(first).toMatchObject({ status: 0, stdout: expect.stringMatching(/created +2\nupdated +0\nfailed +0\n/) });
    expect(first.stderr).toContain('two.tar: 2 rows');
    expect(await garment('T1')).toMatchObject({
      title: 'Men Blue Shirt',
      category: 'Shirts',
      color: 'Blue',
      gender: 'MEN',
      usage: 'Casual',
      garmentType: 'SHIRT',
    });
    const sparse = await garment('T2');
    expect(sparse!.title).toBe('红色连衣裙 🌹');
    const { status } = await fetch(new URL(sparse!.imageUrl!, app.url));
    expect(status).toBe(200);

    expect(await importing(path)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/created +0\nupdated +2\n/),
    });
  });

  it('an import stores valid rows, names each failed row, and exits with 1', async () => {
    const good = (id: string) => ({ id, title: `Shirt ${id}`, image: 'good.jpg' });
    const rows = [
      good('G1'),
      '{"id": "G2", ',
      { ...good('G3'), image: 'lost.jpg' },
      { ...good('G4'), image: 'broken.jpg' },
      good('G1'),
      { ...good('G5'), title: 'x'.repeat(501) },
      good('G6'),
    ];
    const pictures = { 'good.jpg': await stripes(90), 'broken.jpg': Buffer.from('no picture at all') };
    const { status, stdout } = await importing(await fileOf('mixed.tar', { rows, pictures }));
    expect(status).toBe(1);
    expect(stdout).toMatch(/created +2\nupdated +0\nfailed +5 /);
    expect(stdout).toMatch(/row 2, sku unknown: ROW_UNREADABLE/);
    expect(stdout).toMatch(/row 3, sku G3: IMAGE_REQUIRED: .*lost\.jpg/);
    expect(stdout).toMatch(/row 4, sku G4: IMAGE_FORMAT_UNSUPPORTED/);
    expect(stdout).toMatch(/row 5, sku G1: DUPLICATE_SKU: Row 1 /);
    expect(stdout).toMatch(/row 6, sku G5: TITLE_INVALID/);
    expect(await garment('G6')).not.toBeNull();
    expect(await garment('G4')).toBeNull();
  });

  it('an import accepts folders next to tars in one call, with all their known fields', async () => {
    const row = {
      id: 'F1',
      title: 'Dress',
      price: { amount: '49.90', currency: 'EUR' },
      sizes: ['S', 'M'],
      image: 'a/1.jpg',
    };
    const path = await writeCatalogFolder(join(folder, 'shop'), {
      rows: [row],
      pictures: { 'a/1.jpg': await stripes(300) },
    });
    const photo = { rows: [{ image: 'hat/7.jpg', label: 'hat' }], pictures: { 'hat/7.jpg': await stripes(40) } };
    const { status, stdout } = await importing(path, await fileOf('photos.tar', photo));
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringMatching(/created +2\n/) });
    expect(await garment('F1')).toMatchObject({ price: { amount: '49.90', currency: 'EUR' }, sizes: ['S', 'M'] });
    expect(await garment('hat/7')).toMatchObject({ title: 'Hat', garmentType: 'HAT' });
  });

  it('a dry run checks everything and stores nothing', async () => {
    const rows = [
      { id: 'D1', title: 'Skirt', image: '1.jpg' },
      { id: 'D2', title: 'Skirt', image: '2.jpg' },
    ];
    const path = await fileOf('dry.tar', {
      rows,
      pictures: { '1.jpg': await stripes(120), '2.jpg': Buffer.from('?') },
    });
    const { status, stdout } = await importing(path, '--dry-run');
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringMatching(/would be created +1\n/) });
    expect(await garment('D1')).toBeNull();
  });

  it('an import sends feeds to the server, and a Shopify export with its currency', async () => {
    const image = `data:image/jpeg;base64,${Buffer.from(await stripes(60)).toString('base64')}`;
    const lines = join(folder, 'garments.jsonl');
    await writeFile(lines, JSON.stringify({ sku: 'J1', title: 'Scarf', image: { base64: image } }));
    const csv = join(folder, 'products_export.csv');
    await writeFile(csv, 'Handle,Title,Variant Price,Image Src\nhat,Hat,9.00,http://127.0.0.1:9/hat.jpg\n');
    expect(await importing(csv, '--format', 'shopify-csv')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('IMPORT_CURRENCY_NEEDED'),
    });
    const { status, stdout } = await importing(lines, csv, '--currency', 'EUR');
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringMatching(/created +1\n.*failed +1 /s) });
    expect(stdout).toMatch(/row 2, sku hat: IMAGE_URL_REFUSED: image\.url: /);
    expect(await garment('J1')).not.toBeNull();
  });

  it('an import says why a whole file cannot be imported, and exits with 2', async () => {
    const path = join(folder, 'catalog.zip');
    await writeFile(path, 'PK\u0003\u0004');
    expect(await importing(path)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^IMPORT_FORMAT_UNKNOWN: /m),
    });
  });

  it('an import stores at most as many rows as --limit', async () => {
    const rows = [1, 2, 3].map((n) => ({ id: `L${n}`, title: `Hat ${n}`, image: 'hat.jpg' }));
    const path = await fileOf('limit.tar', { rows, pictures: { 'hat.jpg': await stripes(10) } });
    expect(await importing(path, '--limit', '2')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/created +2\n/),
    });
    expect(await garment('L3')).toBeNull();
  });

  it('an import that cannot run exits with 2, says how to fix it, and stores nothing', async () => {
    const rows = [{ id: 'N1', title: 'Hat', image: 'hat.jpg' }];
    const path = await fileOf('fine.tar', { rows, pictures: { 'hat.jpg': await stripes(15) } });
    const withoutServer = await fitroom(['import', path, '--server', 'http://127.0.0.1:1']);
    expect(withoutServer).toMatchObject({ status: 2, stderr: expect.stringContaining('npm start') });
    expect(withoutServer.stderr).not.toContain('    at ');
    expect(await importing(path, join(folder, 'missing.tar'))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/missing\.tar cannot be read/),
    });
    expect(await importing(path, '--format', 'folder')).toMatchObject({ status: 2 });
    expect(await importing(path, '--concurrency', '0')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('1 to 16'),
    });
    expect(await importing()).toMatchObject({ status: 2, stderr: expect.stringContaining('paths') });
    expect(await importing(path, '--sevrer', 'x')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('sevrer'),
    });
    expect(await garment('N1')).toBeNull();
  });

  const onRealData = existsSync(REAL_TAR) ? it : it.skip;
  onRealData(`imports the public data (skipped if ${'FITROOM_DATA'} has no fashion-products-test.tar)`, async () => {
    const { status, stdout } = await importing(REAL_TAR, '--limit', '250');
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringMatching(/created +250\n/) });
  });
});
