// Merchants' pictures by URL against the whole server, and their stored URL and ETag.
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { withApp } from '../support/app.js';
import { drawnPng, sampleWhere } from '../support/drawn.garments.js';
import { PictureListener } from '../support/picture.listener.js';

const allowedHosts: string[] = [];
const server = withApp({ sample: false, fetchOptions: { allowedHosts, pace: { firstDelayMs: 5 } } });

let host: PictureListener;
/** Picture and ETag that the host serves now. */
let served: { png: Buffer; etag: string };
beforeAll(async () => {
  host = await PictureListener.start();
  allowedHosts.push(host.host);
  host.answer = (request, response) => {
    const { png, etag } = served;
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { 'content-type': 'image/png', etag }).end(png);
  };
});
afterAll(() => host.stop());
beforeEach(async () => {
  host.visits.length = 0;
  served = { png: await drawnPng(redDress), etag: '"dress"' };
});

const redDress = sampleWhere(({ garmentType, color }) => garmentType === 'DRESS' && color === 'Red');
const blackShoes = sampleWhere(({ garmentType, color }) => garmentType === 'SHOES' && color === 'Black');

interface UpsertPayload {
  garments: { garmentType: string | null; imageUrl: string }[];
  userErrors: { field: string[]; code: string; message: string }[];
  warnings: { code: string }[];
}

async function upsert(sku: string, image: object, more: object = {}): Promise<UpsertPayload> {
  const { upsertGarments } = await server.data<{ upsertGarments: UpsertPayload }>(
    `mutation ($garments: [GarmentInput!]!) {
      upsertGarments(garments: $garments) {
        garments { garmentType imageUrl } userErrors { field code message } warnings { code }
      }
    }`,
    { garments: [{ sku, title: 'New in', image, ...more }] },
  );
  return upsertGarments;
}

const metrics = async (): Promise<string> => (await fetch(`${server.app.url}/metrics`)).text();
const picturesEncoded = async (): Promise<number> =>
  Number(/fitroom_inference_batch_size_sum\{modality="pictures"\} (\d+)/.exec(await metrics())?.[1] ?? 0);

async function storedSource(sku: string): Promise<object | undefined> {
  const [row] = await server.app.database.within({ storeId: DEFAULT_STORE_ID }).query<object>(
    `select i.source_url as url, i.source_etag as etag, i.xmin::text as version
     from garment_images i join garments g on g.store_id = i.store_id and g.id = i.garment_id where g.sku = $1`,
    [sku],
  );
  return row;
}

it('a picture that its host reports as unchanged is neither sent, embedded nor stored again', async () => {
  const first = await upsert('A-1', { url: host.url('/a.png') });
  expect(first.userErrors).toEqual([]);
  const [encoded, row] = [await picturesEncoded(), await storedSource('A-1')];
  expect(row).toMatchObject({ url: host.url('/a.png'), etag: '"dress"' });
  const statuses: number[] = [];
  const { answer } = host;
  host.answer = (request, response) => {
    response.on('finish', () => statuses.push(response.statusCode));
    answer(request, response);
  };
  const second = await upsert('A-1', { url: host.url('/a.png') }, { inStock: false });
  host.answer = answer;
  expect(statuses).toEqual([304]);
  expect(second.garments[0]).toEqual(first.garments[0]);
  expect(await picturesEncoded()).toBe(encoded);
  expect(await storedSource('A-1')).toEqual(row);
});

it('a picture that has changed at its URL is embedded again and its new ETag is stored', async () => {
  const first = await upsert('A-2', { url: host.url('/a.png') });
  served = { png: await drawnPng(blackShoes), etag: '"shoes"' };
  const second = await upsert('A-2', { url: host.url('/a.png') });
  expect([first, second].map(({ garments }) => garments[0]!.garmentType)).toEqual(['DRESS', 'SHOES']);
  expect(await storedSource('A-2')).toMatchObject({ etag: '"shoes"' });
});

it('the same bytes from another URL are not embedded again, and the new URL is stored', async () => {
  await upsert('A-3', { url: host.url('/a.png') });
  const encoded = await picturesEncoded();
  await upsert('A-3', { url: host.url('/b.png') });
  expect(await picturesEncoded()).toBe(encoded);
  expect(await storedSource('A-3')).toMatchObject({ url: host.url('/b.png'), etag: '"dress"' });
});

it('a picture that is sent with the call clears the stored URL, even if the bytes are the same', async () => {
  const base64 = (png: Buffer): object => ({ base64: png.toString('base64') });
  await upsert('A-4', { url: host.url('/a.png') });
  await upsert('A-4', base64(served.png));
  expect(await storedSource('A-4')).toMatchObject({ url: null, etag: null });
  await upsert('A-4', { url: host.url('/a.png') });
  expect(await storedSource('A-4')).toMatchObject({ url: host.url('/a.png') });
  await upsert('A-4', base64(await drawnPng(blackShoes)));
  expect(await storedSource('A-4')).toMatchObject({ url: null, etag: null });
});

it('an update without a picture keeps the stored URL and ETag', async () => {
  await upsert('A-5', { url: host.url('/a.png') });
  const row = await storedSource('A-5');
  await server.data('mutation { upsertGarments(garments: [{ sku: "A-5", title: "Still here" }]) { updated } }');
  expect(await storedSource('A-5')).toEqual(row);
});

it('an unchanged picture still causes a warning if it contradicts a new title', async () => {
  await upsert('A-6', { url: host.url('/a.png') });
  const { warnings } = await upsert(
    'A-6',
    { url: host.url('/a.png') },
    { title: 'Black leather shoes', category: 'Formal Shoes' },
  );
  expect(warnings).toContainEqual({ code: 'PICTURE_CONTRADICTS_WORDS' });
});

it('a host that recovers causes no error, and one that does not is reported with its field and number of attempts', async () => {
  const { answer } = host;
  host.answer = (request, response) => {
    if (host.visits.length < 3) response.writeHead(503).end();
    else answer(request, response);
  };
  expect((await upsert('A-7', { url: host.url('/a.png') })).userErrors).toEqual([]);
  host.answer = (_, response) => response.writeHead(503).end();
  const { userErrors } = await upsert('A-8', { url: host.url('/a.png') });
  host.answer = answer;
  expect(userErrors).toEqual([
    {
      field: ['garments', '0', 'image', 'url'],
      code: 'IMAGE_URL_UNREACHABLE',
      message: 'The URL responded with status 503. It was tried 4 times.',
    },
  ]);
});

it("a picture in a shopper's request is fetched only once", async () => {
  const { answer } = host;
  host.answer = (_, response) => response.writeHead(503).end();
  const { errors } = await server.ask(
    'query ($image: ImageInput) { classifyGarment(image: $image) { colors { label } } }',
    {
      image: { url: host.url('/a.png') },
    },
  );
  host.answer = answer;
  expect(errors![0]!.extensions.code).toBe('IMAGE_URL_UNREACHABLE');
  expect(host.visits).toHaveLength(1);
});
