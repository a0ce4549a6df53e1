// Merchants' pictures by address against the whole server: what is fetched, embedded and remembered.
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { withApp } from '../support/app.js';
import { drawnPng, sampleWhere } from '../support/drawn.garments.js';
import { PictureListener } from '../support/picture.listener.js';

const allowedHosts: string[] = [];
const server = withApp({ sample: false, fetchOptions: { allowedHosts, pace: { firstDelayMs: 5 } } });

let host: PictureListener;
/** What the host has now: a web server that knows its pictures' tags. */
let shown: { png: Buffer; etag: string };
beforeAll(async () => {
  host = await PictureListener.start();
  allowedHosts.push(host.host);
  host.answer = (request, response) => {
    const { png, etag } = shown;
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { 'content-type': 'image/png', etag }).end(png);
  };
});
afterAll(() => host.stop());
beforeEach(async () => {
  host.visits.length = 0;
  shown = { png: await drawnPng(redDress), etag: '"dress"' };
});

const redDress = sampleWhere(({ garmentType, color }) => garmentType === 'DRESS' && color === 'Red');
const blackShoes = sampleWhere(({ garmentType, color }) => garmentType === 'SHOES' && color === 'Black');

interface Upserted {
  garments: { garmentType: string | null; imageUrl: string }[];
  userErrors: { field: string[]; code: string; message: string }[];
  warnings: { code: string }[];
}

async function upsert(sku: string, image: object, more: object = {}): Promise<Upserted> {
  const { upsertGarments } = await server.data<{ upsertGarments: Upserted }>(
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

async function remembered(sku: string): Promise<object | undefined> {
  const [row] = await server.app.database.within({ storeId: DEFAULT_STORE_ID }).query<object>(
    `select i.source_url as url, i.source_etag as etag, i.xmin::text as version
     from garment_images i join garments g on g.store_id = i.store_id and g.id = i.garment_id where g.sku = $1`,
    [sku],
  );
  return row;
}

it('a picture that the address calls unchanged is neither sent, embedded nor stored again', async () => {
  const first = await upsert('A-1', { url: host.url('/a.png') });
  expect(first.userErrors).toEqual([]);
  const [encoded, row] = [await picturesEncoded(), await remembered('A-1')];
  expect(row).toMatchObject({ url: host.url('/a.png'), etag: '"dress"' });
  const answered: number[] = [];
  const { answer } = host;
  host.answer = (request, response) => {
    response.on('finish', () => answered.push(response.statusCode));
    answer(request, response);
  };
  const second = await upsert('A-1', { url: host.url('/a.png') }, { inStock: false });
  host.answer = answer;
  expect(answered).toEqual([304]);
  expect(second.garments[0]).toEqual(first.garments[0]);
  expect(await picturesEncoded()).toBe(encoded);
  expect(await remembered('A-1')).toEqual(row);
});

it('a picture that has changed behind its address is embedded and remembered anew', async () => {
  const first = await upsert('A-2', { url: host.url('/a.png') });
  shown = { png: await drawnPng(blackShoes), etag: '"shoes"' };
  const second = await upsert('A-2', { url: host.url('/a.png') });
  expect([first, second].map(({ garments }) => garments[0]!.garmentType)).toEqual(['DRESS', 'SHOES']);
  expect(await remembered('A-2')).toMatchObject({ etag: '"shoes"' });
});

it('the same bytes from another address embed nothing, and the new address is remembered', async () => {
  await upsert('A-3', { url: host.url('/a.png') });
  const encoded = await picturesEncoded();
  await upsert('A-3', { url: host.url('/b.png') });
  expect(await picturesEncoded()).toBe(encoded);
  expect(await remembered('A-3')).toMatchObject({ url: host.url('/b.png'), etag: '"dress"' });
});

it('a picture that is sent with the call forgets its address, also where it is the same', async () => {
  const base64 = (png: Buffer): object => ({ base64: png.toString('base64') });
  await upsert('A-4', { url: host.url('/a.png') });
  await upsert('A-4', base64(shown.png));
  expect(await remembered('A-4')).toMatchObject({ url: null, etag: null });
  await upsert('A-4', { url: host.url('/a.png') });
  expect(await remembered('A-4')).toMatchObject({ url: host.url('/a.png') });
  await upsert('A-4', base64(await drawnPng(blackShoes)));
  expect(await remembered('A-4')).toMatchObject({ url: null, etag: null });
});

it('an update that says nothing of the picture keeps what is remembered of it', async () => {
  await upsert('A-5', { url: host.url('/a.png') });
  const row = await remembered('A-5');
  await server.data('mutation { upsertGarments(garments: [{ sku: "A-5", title: "Still here" }]) { updated } }');
  expect(await remembered('A-5')).toEqual(row);
});

it('a picture that is unchanged still contradicts words that are new', async () => {
  await upsert('A-6', { url: host.url('/a.png') });
  const { warnings } = await upsert(
    'A-6',
    { url: host.url('/a.png') },
    { title: 'Black leather shoes', category: 'Formal Shoes' },
  );
  expect(warnings).toContainEqual({ code: 'PICTURE_CONTRADICTS_WORDS' });
});

it('a host that recovers is no error, and one that does not is reported with its field and tries', async () => {
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
      message: 'The address answered with status 503. It was tried 4 times.',
    },
  ]);
});

it('a shopper waits for one try only', async () => {
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
