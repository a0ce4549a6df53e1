// Catalog imports through the API, in each format.
import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import { rasterize } from '../../tools/draw/rasterize.js';
import { withApp } from '../support/app.js';
import { tarOf } from '../support/catalog.archive.js';
import { tarHeader } from '../support/hostile.feeds.js';
import { PictureListener } from '../support/picture.listener.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const listener = await PictureListener.start();
afterAll(() => listener.stop());

const server = withApp({
  sample: false,
  fetchOptions: { allowedHosts: [listener.host] },
  config: { bundleDir: TINY_BUNDLE, maxImportBytes: 3_000_000 },
});

let picture: Uint8Array;
/** Files that the listener serves in addition to the picture. */
const files = new Map<string, Uint8Array | string>();
beforeAll(async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="80"><rect width="40" height="70" fill="#b22"/></svg>';
  picture = await rasterize(svg, 60, 'jpeg');
  listener.answer = (request, response) => {
    const file = files.get(request.url!);
    if (request.url === '/picture.jpg') response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture);
    else if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200).end(file);
  };
});

const FIELDS = `id state format dryRun total succeeded failed created updated warningCount createdAt startedAt finishedAt
  errors { row sku code message } errorsByCode { value count }
  golden { queries wins { name sku before after } losses { name sku before after } }`;
const IMPORT = `mutation ($input: CatalogImportInput!, $dryRun: Boolean) {
  importCatalog(input: $input, dryRun: $dryRun) { catalogImport { ${FIELDS} } userErrors { field code message } }
}`;

interface Import {
  id: string;
  state: string;
  format: string | null;
  total: number | null;
  succeeded: number;
  failed: number;
  created: number;
  updated: number;
  startedAt: string | null;
  finishedAt: string | null;
  errors: { row: number; sku: string | null; code: string; message: string }[];
  errorsByCode: { value: string; count: number }[];
  golden: { queries: number; wins: object[]; losses: object[] } | null;
}
interface Payload {
  importCatalog: { catalogImport: Import | null; userErrors: { field: string[]; code: string }[] };
}

async function upload(
  file: Uint8Array | string,
  input: object = {},
  dryRun = false,
): Promise<Payload['importCatalog']> {
  const form = new FormData();
  form.append(
    'operations',
    JSON.stringify({ query: IMPORT, variables: { input: { ...input, upload: null }, dryRun } }),
  );
  form.append('map', JSON.stringify({ 0: ['variables.input.upload'] }));
  form.append('0', new Blob([file]), 'catalog');
  const response = await fetch(`${server.app.url}/graphql`, {
    method: 'POST',
    body: form,
    headers: { 'apollo-require-preflight': '1' },
  });
  const body = (await response.json()) as { data: Payload | null; errors?: unknown };
  if (!body.data) throw new Error(JSON.stringify(body));
  return body.data.importCatalog;
}

const find = async (id: string): Promise<Import | null> =>
  (
    await server.data<{ catalogImport: Import | null }>(`query ($id: ID!) { catalogImport(id: $id) { ${FIELDS} } }`, {
      id,
    })
  ).catalogImport;

/** Returns the import after it has ended. */
async function untilEnded(payload: Payload['importCatalog']): Promise<Import> {
  expect(payload.userErrors).toEqual([]);
  for (;;) {
    const catalogImport = (await find(payload.catalogImport!.id))!;
    if (catalogImport.finishedAt !== null) return catalogImport;
    await sleep(100);
  }
}

const garment = async (sku: string): Promise<Record<string, unknown> | null> =>
  (
    await server.data<{ garment: Record<string, unknown> | null }>(
      `query ($sku: String!) { garment(sku: $sku) { title color sizes inStock price { amount currency } imageUrl } }`,
      { sku },
    )
  ).garment;

const url = (path = '/picture.jpg'): string => listener.url(path);
const lines = (...rows: object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');
const rowCount = async (table: string): Promise<number> =>
  (await server.app.database.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n;

describe('a catalog file', () => {
  it("in Google's table format is stored, each bad row is reported, and no staged data is left", async () => {
    const rows = [
      'id\ttitle\timage_link\tprice\titem_group_id\tcolor\tsize',
      `G1\tRed dress\t${url()}\t49.90 EUR\tG\tRed\tS`,
      `G2\tRed dress\t${url()}\t49.90 EUR\tG\tRed\tM`,
      `H1\tHat\t${url('/gone.jpg')}\t9.00 EUR\t\t\t`,
      `H2\tHat\t${url()}\t9 euros\t\t\t`,
      `H3\tHat\t\t9.00 EUR\t\t\t`,
    ];
    const { state, format, total, succeeded, failed, created, errors, errorsByCode, startedAt } = await untilEnded(
      await upload(rows.join('\n')),
    );
    expect({ state, format, total, succeeded, failed, created }).toEqual({
      state: 'SUCCEEDED',
      format: 'GOOGLE_PRODUCTS',
      total: 4,
      succeeded: 1,
      failed: 3,
      created: 1,
    });
    expect(startedAt).not.toBeNull();
    expect(errors.map(({ row, sku, code }) => [row, sku, code])).toEqual([
      [4, 'H1', 'IMAGE_URL_UNREACHABLE'],
      [5, 'H2', 'ROW_UNREADABLE'],
      [6, 'H3', 'IMAGE_REQUIRED'],
    ]);
    expect(errors[0]!.message).toMatch(/^image\.url: /);
    expect(errorsByCode.map(({ count }) => count)).toEqual([1, 1, 1]);
    expect(await garment('G/Red')).toMatchObject({ sizes: ['S', 'M'], price: { amount: '49.90', currency: 'EUR' } });
    expect([await rowCount('import_parts'), await rowCount('import_rows')]).toEqual([0, 0]);
  });

  it('in XML is fetched from its URL, unpacked and stored', async () => {
    const xml = `<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>X1</g:id><title>Skirt</title>
      <g:image_link>${url()}</g:image_link></item></channel></rss>`;
    files.set('/feed.xml.gz', gzipSync(xml));
    const response = await server.data<Payload>(IMPORT, { input: { url: url('/feed.xml.gz') } });
    expect(response.importCatalog.catalogImport).toMatchObject({ state: 'QUEUED', total: null, format: null });
    expect(await untilEnded(response.importCatalog)).toMatchObject({ state: 'SUCCEEDED', total: 1, created: 1 });
    expect(await garment('X1')).toMatchObject({ title: 'Skirt' });
  });

  it('in Shopify format is stored in the currency that the merchant names', async () => {
    const csv = `Handle,Title,Option1 Name,Option1 Value,Variant Price,Image Src\ntee,Tee,Color,Red,19.00,${url()}\ntee,,,Blue,19.00,\n`;
    const without = await upload(csv, { format: 'SHOPIFY_CSV' });
    expect(without).toMatchObject({
      catalogImport: null,
      userErrors: [{ field: ['input', 'currency'], code: 'IMPORT_CURRENCY_NEEDED' }],
    });
    expect(await untilEnded(await upload(csv, { currency: 'usd' }))).toMatchObject({
      format: 'SHOPIFY_CSV',
      created: 2,
    });
    expect(await garment('tee/Blue')).toMatchObject({ color: 'Blue', price: { amount: '19.00', currency: 'USD' } });
  });

  it('in JSON lines is stored, with the first row of a duplicate SKU', async () => {
    const image = { base64: Buffer.from(picture).toString('base64') };
    const file = lines(
      { sku: 'J1', title: 'First', image },
      { sku: 'J2', title: 'x'.repeat(501), image },
      { sku: ' J1 ', title: 'Second', image },
    );
    const result = await untilEnded(await upload(file));
    expect(result).toMatchObject({ format: 'JSON_LINES', total: 3, created: 1, failed: 2 });
    expect(result.errors.map(({ row, code }) => [row, code])).toEqual([
      [2, 'TITLE_INVALID'],
      [3, 'DUPLICATE_SKU'],
    ]);
    expect(result.errors[1]!.message).toContain('Row 1');
    expect(await garment('J1')).toMatchObject({ title: 'First' });
  });

  it.each([true, false])('loses only the rows with values that the database rejects (dry run: %s)', async (dryRun) => {
    const image = { base64: Buffer.from(picture).toString('base64') };
    const price = { amount: '007.50', currency: 'eur' };
    const file = lines(
      { sku: 'V\ud800', title: 'Hat', image },
      { sku: 'V2', title: '\u200b', image },
      { sku: 'V3', title: 'Hat', tags: ['new', 'a\0'], image },
      // The tiny bundle computes features for this word that are not finite.
      { sku: 'V4', title: 'nan', image },
      { sku: 'V5', title: 'Hat', price, image },
    );
    const result = await untilEnded(await upload(file, {}, dryRun));
    expect(result).toMatchObject({ state: 'SUCCEEDED', total: 5, created: 1, failed: 4 });
    expect(result.errors.map(({ row, sku, code, message }) => [row, sku, code, message.split(':')[0]])).toEqual([
      [1, 'V\ufffd', 'SKU_INVALID', 'sku'],
      [2, 'V2', 'TITLE_INVALID', 'title'],
      [3, 'V3', 'TEXT_INVALID', 'tags.1'],
      [4, 'V4', 'GARMENT_REFUSED', expect.any(String)],
    ]);
    if (!dryRun) expect(await garment('V5')).toMatchObject({ price: { amount: '7.50', currency: 'EUR' } });
  });

  it('in tar format is stored with its pictures, and importing it again changes nothing', async () => {
    const rows = Array.from({ length: 130 }, (_, i) => ({ id: `T${i}`, title: `Shirt ${i}`, image: 'one.jpg' }));
    const tar = await tarOf({ rows, pictures: { 'one.jpg': picture } });
    expect(await untilEnded(await upload(tar))).toMatchObject({
      format: 'IMAGE_TAR',
      total: 130,
      created: 130,
      failed: 0,
    });
    const before = await garment('T129');
    const again = await untilEnded(await upload(tar, { format: 'IMAGE_TAR' }));
    expect(again).toMatchObject({ state: 'SUCCEEDED', total: 130, created: 0, updated: 130, succeeded: 130 });
    expect(await garment('T129')).toEqual(before);
    expect(await rowCount('import_rows')).toBe(0);
  }, 60_000);

  it('is checked and not stored on a dry run, and a limit restricts it to its first rows', async () => {
    const file = lines(
      { sku: 'D1', title: 'Hat', image: { url: url() } },
      { sku: 'D2', title: 'Hat', image: { url: url('/gone.jpg') } },
      { sku: 'D3', title: 'Hat', image: { url: url() } },
    );
    const dry = await untilEnded(await upload(file, { limit: 2 }, true));
    expect(dry).toMatchObject({ dryRun: true, total: 2, created: 1, failed: 1 });
    expect(await garment('D1')).toBeNull();
  });
});

it('an import reports which golden queries it changed, and a dry run reports none', async () => {
  const filter = { brands: ['Watched'] };
  const hat = (sku: string, inStock = true) => ({
    sku,
    title: 'Wool hat',
    brand: 'Watched',
    inStock,
    image: { url: url() },
  });
  await server.data('mutation ($g: [GarmentInput!]!) { upsertGarments(garments: $g) { created } }', { g: [hat('W1')] });
  for (const sku of ['W1', 'W2']) {
    const input = { name: `finds ${sku}`, text: 'wool hat', expectedSkus: [sku], within: 1, filter };
    await server.data(
      'mutation ($input: GoldenQueryInput!) { pinGoldenQuery(input: $input) { userErrors { code } } }',
      { input },
    );
  }
  const file = lines(hat('W1', false), hat('W2'));
  const dry = await upload(file, {}, true);
  const real = await untilEnded(await upload(file));
  expect(real.golden).toEqual({
    queries: 2,
    wins: [{ name: 'finds W2', sku: 'W2', before: null, after: 1 }],
    losses: [{ name: 'finds W1', sku: 'W1', before: 1, after: null }],
  });
  expect((await untilEnded(dry)).golden).toBeNull();
  await server.app.database.query('delete from golden_queries');
});

describe('an invalid catalog file', () => {
  it.each([
    ['a zip', Buffer.from('PK\u0003\u0004….'), {}, 'IMPORT_FORMAT_UNKNOWN'],
    ['a broken tar', Buffer.alloc(700, 'x'), { format: 'IMAGE_TAR' }, 'IMPORT_FORMAT_UNKNOWN'],
    ['XML with entities', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', {}, 'IMPORT_XML_ENTITIES'],
    [
      'a tar with a pax header of 1 MB',
      Buffer.concat([tarHeader({ type: 'x', size: 1_000_000 }), Buffer.alloc(1_024_000)]),
      {},
      'IMPORT_UNREADABLE',
    ],
    ['an HTML page', '<!DOCTYPE html><p>Sign in', {}, 'IMPORT_FORMAT_UNKNOWN'],
    ['a Shopify export without currency', 'Handle,Title\na,A\n', {}, 'IMPORT_CURRENCY_NEEDED'],
  ])('fails with the reason as row 0: %s', async (_, file, input, code) => {
    const result = await untilEnded(await upload(file, input));
    expect(result).toMatchObject({ state: 'FAILED', total: null, errors: [{ row: 0, sku: null, code }] });
    expect([await rowCount('import_parts'), await rowCount('import_rows')]).toEqual([0, 0]);
  });

  it('fails if rows that share a picture unpack to more bytes than a file may have', async () => {
    const large = Buffer.alloc(400_000, picture);
    const rows = Array.from({ length: 9 }, (_, i) => ({ sku: `copy-${i}`, title: 'Copy', image: 'one.jpg' }));
    const result = await untilEnded(await upload(await tarOf({ rows, pictures: { 'one.jpg': large } })));
    expect(result).toMatchObject({ state: 'FAILED', errors: [{ row: 0, code: 'IMPORT_TOO_LARGE' }] });
    expect(await rowCount('import_rows')).toBe(0);
  });

  it('is refused at once if it is too large or empty, and no data is left', async () => {
    const large = await upload(Buffer.alloc(3_000_001, 'x'));
    expect(large.userErrors).toMatchObject([{ field: ['input', 'upload'], code: 'IMPORT_TOO_LARGE' }]);
    expect((await upload('')).userErrors).toMatchObject([{ code: 'IMPORT_EMPTY' }]);
    expect(await rowCount('import_parts')).toBe(0);
    expect(await untilEnded(await upload(Buffer.alloc(2_999_999, ' '), { format: 'JSON_LINES' }))).toMatchObject({
      total: 1,
    });
  });

  it('fails at once if its URL is not public, and after three attempts if the URL has no file', async () => {
    const startImport = async (address: string) =>
      (await server.data<Payload>(IMPORT, { input: { url: address } })).importCatalog;
    const refused = await untilEnded(await startImport('http://169.254.169.254/latest'));
    expect(refused).toMatchObject({ state: 'FAILED', errors: [{ row: 0, code: 'IMPORT_URL_REFUSED' }] });
    listener.visits.length = 0;
    const missing = await untilEnded(await startImport(url('/no.csv')));
    expect(missing).toMatchObject({ state: 'FAILED', errors: [{ code: 'IMPORT_URL_UNREACHABLE' }] });
    expect(listener.visits).toEqual(['/no.csv', '/no.csv', '/no.csv']);
  }, 60_000);

  it.each([
    [{}, 'IMPORT_SOURCE_INVALID', ['input']],
    [{ url: 'https://a.example', limit: 0 }, 'IMPORT_LIMIT_INVALID', ['input', 'limit']],
    [{ url: 'https://a.example', currency: 'EURO' }, 'CURRENCY_UNKNOWN', ['input', 'currency']],
  ])('is refused at once for the input %j', async (input, code, field) => {
    const { importCatalog } = await server.data<Payload>(IMPORT, { input });
    expect(importCatalog).toMatchObject({ catalogImport: null, userErrors: [{ code, field }] });
  });
});

it('an import reports the row of a SKU that is too long, with bounded texts, and stores the other rows', async () => {
  const long = Array.from({ length: 100_000 }, (_, i) => String.fromCharCode(33 + ((i * i + 7 * i) % 90))).join('');
  const lines = [
    { sku: long, title: 'Too long' },
    { sku: 'unknown-field', title: 'Unknown', [long]: 1 },
    { sku: 'good', title: 'Good', image: { url: url('/picture.jpg') } },
  ];
  const result = await untilEnded(await upload(lines.map((line) => JSON.stringify(line)).join('\n')));
  expect(result).toMatchObject({ state: 'SUCCEEDED', total: 3, succeeded: 1, failed: 2 });
  expect(result.errors.map(({ row, code }) => [row, code])).toEqual([
    [1, 'SKU_INVALID'],
    [2, 'ROW_UNREADABLE'],
  ]);
  for (const { sku, message } of result.errors) expect(`${sku}${message}`.length).toBeLessThanOrEqual(700);
});

describe('a canceled import', () => {
  const CANCEL = `mutation ($id: ID!) {
    cancelCatalogImport(id: $id) { catalogImport { state finishedAt } userErrors { field code } }
  }`;

  it('keeps what is stored by then, drops the rest, and cannot be canceled again', async () => {
    const rows = Array.from({ length: 1_500 }, (_, i) => ({ id: `C${i}`, title: `Shirt ${i}`, image: 'one.jpg' }));
    const payload = await upload(await tarOf({ rows, pictures: { 'one.jpg': picture } }));
    const { id } = payload.catalogImport!;
    while ((await find(id))!.succeeded === 0) await sleep(20);
    const { cancelCatalogImport } = await server.data<Record<string, { catalogImport: Import; userErrors: unknown[] }>>(
      CANCEL,
      { id },
    );
    expect(cancelCatalogImport!.catalogImport.state).toBe('CANCELLED');
    expect(cancelCatalogImport!.userErrors).toEqual([]);
    // Running batches are still stored and counted. The rows of other batches are deleted.
    while ((await rowCount('import_rows')) > 0) await sleep(100);
    const { state, succeeded } = (await find(id))!;
    const [stored] = await server.app.database.query<{ n: number }>(
      `select count(*)::int as n from garments where sku ~ '^C[0-9]'`,
    );
    expect(state).toBe('CANCELLED');
    expect(succeeded).toBe(stored!.n);
    expect(succeeded).toBeLessThan(1_500);
    expect(await server.data<unknown>(CANCEL, { id })).toMatchObject({
      cancelCatalogImport: { catalogImport: { state: 'CANCELLED' }, userErrors: [{ code: 'IMPORT_FINISHED' }] },
    });
  }, 120_000);

  it.each(['7f0c3c54-2f6b-4b59-8f0b-0f6c1f2f7c55', 'nonsense'])(
    'with the unknown id %s returns a typed error',
    async (id) => {
      expect(await server.data<unknown>(CANCEL, { id })).toEqual({
        cancelCatalogImport: { catalogImport: null, userErrors: [{ field: ['id'], code: 'IMPORT_NOT_FOUND' }] },
      });
      expect(await find(id)).toBeNull();
    },
  );
});
