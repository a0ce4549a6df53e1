// Pictures as browsers and proxies receive them, and batched reads of garment rows.
import sharp from 'sharp';
import { withApp } from '../support/app.js';
import { statementsDuring } from '../support/statements.js';
import { encodeScene, paintScene } from '../support/picture.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE } });

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.app.url + path, { headers });

async function codeOf(response: Response): Promise<string> {
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  return errors[0]!.extensions.code;
}

describe('a picture', () => {
  let address: string;
  beforeAll(async () => {
    const base64 = (await encodeScene(paintScene(600, 800), 'png')).toString('base64');
    const query = `mutation ($garments: [GarmentInput!]!) {
      upsertGarments(garments: $garments) { garments { imageUrl } userErrors { code } }
    }`;
    const { upsertGarments } = await server.data<{ upsertGarments: { garments: { imageUrl: string }[] } }>(query, {
      garments: [{ sku: 'P-1', title: 'Pictured', image: { base64 } }],
    });
    const { origin, pathname } = new URL(upsertGarments.garments[0]!.imageUrl);
    expect(origin).toBe(server.app.url);
    address = pathname;
  });

  it('is served as it is stored, with an immutable response', async () => {
    const response = await get(address);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect((await get(`${address}?width=100`)).headers.get('content-type')).toBe('image/webp');
    // URLs from the time when pictures were stored as WebP still work.
    expect((await get(address.replace('.jpg', '.webp'))).status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(await sharp(Buffer.from(await response.arrayBuffer())).metadata()).toMatchObject({
      width: 384,
      height: 512,
    });
  });

  it.each([
    ['1', 16],
    ['100', 100],
    ['320', 320],
    ['99999', 384],
  ])('requested with a width of %s is served %i px wide', async (width, servedWidth) => {
    const bytes = Buffer.from(await (await get(`${address}?width=${width}`)).arrayBuffer());
    expect((await sharp(bytes).metadata()).width).toBe(servedWidth);
  });

  it('is returned as 304 to a client that has it', async () => {
    const tag = (await get(`${address}?width=128`)).headers.get('etag')!;
    const response = await get(`${address}?width=128`, { 'if-none-match': tag });
    expect([response.status, await response.text()]).toEqual([304, '']);
    expect((await get(address, { 'if-none-match': tag })).status).toBe(200);
  });

  it.each([
    ['another content', (path: string) => path.replace(/-[0-9a-f]{12}/, '-000000000000')],
    ['another garment', (path: string) => path.replace(/\/\d+-/, '/999999-')],
    ['another store', (path: string) => path.replace('/default/', '/other/')],
    ['another format', (path: string) => path.replace('.jpg', '.png')],
  ])('of %s is not found', async (_name, change) => {
    const response = await get(change(address));
    expect([response.status, await codeOf(response)]).toEqual([404, 'NOT_FOUND']);
  });

  it('with an invalid width is refused', async () => {
    const response = await get(`${address}?width=wide`);
    expect([response.status, await codeOf(response)]).toEqual([400, 'ARGUMENT_INVALID']);
  });
});

describe('several garments in one query', () => {
  it('are read with one statement', async () => {
    const texts = await statementsDuring(server.app.database, async () => {
      const data = await server.data<Record<string, { sku: string } | null>>(
        '{ a: garment(sku: "P-1") { sku } b: garment(sku: "none") { sku } c: garment(sku: "P-1") { sku } }',
      );
      expect(data).toEqual({ a: { sku: 'P-1' }, b: null, c: { sku: 'P-1' } });
    });
    expect(texts).toEqual([expect.stringContaining('from garments')]);
  });
});
