// Multipart requests against a whole server, well-formed and hostile.
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { withApp } from '../support/app.js';
import { encodeScene, paintScene } from '../support/picture.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE } });
const CLASSIFY =
  'query ($image: ImageInput!) { classifyGarment(image: $image) { garmentTypes { garmentType probability } } }';
const UPSERT = `mutation ($garments: [GarmentInput!]!) {
  upsertGarments(garments: $garments) { garments { sku imageUrl } userErrors { field code } }
}`;

let photo: Buffer;
beforeAll(async () => {
  photo = await encodeScene(paintScene(), 'jpeg');
});

interface Part {
  name: string;
  value: string | Buffer;
}

/** Returns a multipart body of the parts in the given order. */
function bodyOf(parts: Part[], boundary = 'fitroom-boundary'): Buffer {
  const chunks = parts.flatMap(({ name, value }) => [
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${typeof value === 'string' ? '' : '; filename="photo.jpg"'}\r\n`,
    `${typeof value === 'string' ? '' : 'content-type: image/jpeg\r\n'}\r\n`,
    value,
    '\r\n',
  ]);
  return Buffer.concat([...chunks, `--${boundary}--\r\n`].map((chunk) => Buffer.from(chunk)));
}

async function send(body: Buffer, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.app.url}/graphql`, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: {
      'content-type': 'multipart/form-data; boundary=fitroom-boundary',
      'apollo-require-preflight': '1',
      ...headers,
    },
  });
  return { status: response.status, body: (await response.json()) as GraphqlBody };
}

interface GraphqlBody {
  data?: {
    classifyGarment?: unknown;
    upsertGarments?: { garments: { sku: string; imageUrl: string }[]; userErrors: { field: string[]; code: string }[] };
  };
  errors?: { extensions: { code: string; field?: string[] } }[];
}

const operations = (query: string, variables: unknown): Part => ({
  name: 'operations',
  value: JSON.stringify({ query, variables }),
});
const map = (entries: Record<string, string[]>): Part => ({ name: 'map', value: JSON.stringify(entries) });
const file = (name: string, bytes: Buffer): Part => ({ name, value: bytes });
const classify = (bytes: Buffer): Buffer =>
  bodyOf([operations(CLASSIFY, { image: { upload: null } }), map({ 0: ['variables.image.upload'] }), file('0', bytes)]);

describe('an uploaded picture', () => {
  it('gives the same result as the picture in base64', async () => {
    const uploaded = await send(classify(photo));
    expect(uploaded.body.errors).toBeUndefined();
    const base64 = photo.toString('base64');
    expect(uploaded.body.data).toEqual((await server.ask(CLASSIFY, { image: { base64 } })).data);
    const dataUrl = `data:image/jpeg;base64,${base64}`;
    expect(uploaded.body.data).toEqual((await server.ask(CLASSIFY, { image: { base64: dataUrl } })).data);
  });

  it.each([
    ['not a picture', Buffer.from('hello'), 'IMAGE_FORMAT_UNSUPPORTED'],
    ['empty', Buffer.alloc(0), 'IMAGE_EMPTY'],
    ['beyond 10 MB', Buffer.alloc(10_000_001, 1), 'IMAGE_TOO_LARGE'],
  ])('that is %s is refused, and the error names its path', async (_name, bytes, code) => {
    const { body } = await send(classify(bytes));
    expect(body.errors?.[0]?.extensions).toMatchObject({ code, field: ['image', 'upload'] });
  });

  it('that is missing from the request is refused, and the error names its path', async () => {
    const { body } = await send(
      bodyOf([operations(CLASSIFY, { image: { upload: null } }), map({ 0: ['variables.image.upload'] })]),
    );
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'IMAGE_UNREADABLE', field: ['image', 'upload'] });
  });
});

describe('several uploads in one request', () => {
  const garments = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ sku: `U-${i}`, title: `Upload ${i}`, image: { upload: null } }));

  it('can arrive in another order than their garments', async () => {
    const entries = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [String(i), [`variables.garments.${i}.image.upload`]]),
    );
    const files = Array.from({ length: 20 }, (_, i) => file(String(19 - i), photo));
    const { body } = await send(bodyOf([operations(UPSERT, { garments: garments(20) }), map(entries), ...files]));
    expect(body.data?.upsertGarments?.userErrors).toEqual([]);
    expect(body.data?.upsertGarments?.garments.length).toBe(20);
  });

  it('can be one file for two garments', async () => {
    const places = ['variables.garments.0.image.upload', 'variables.garments.1.image.upload'];
    const { body } = await send(
      bodyOf([operations(UPSERT, { garments: garments(2) }), map({ 0: places }), file('0', photo)]),
    );
    const [first, second] = body.data!.upsertGarments!.garments;
    expect(first!.imageUrl.split('-').at(-1)).toBe(second!.imageUrl.split('-').at(-1));
  });

  it('are refused one by one: an invalid file does not affect the others', async () => {
    const entries = { 0: ['variables.garments.0.image.upload'], 1: ['variables.garments.1.image.upload'] };
    const { body } = await send(
      bodyOf([
        operations(UPSERT, { garments: garments(2) }),
        map(entries),
        file('0', Buffer.from('no picture')),
        file('1', photo),
      ]),
    );
    expect(body.data?.upsertGarments?.garments.map(({ sku }) => sku)).toEqual(['U-1']);
    expect(body.data?.upsertGarments?.userErrors).toEqual([
      { field: ['garments', '0', 'image', 'upload'], code: 'IMAGE_FORMAT_UNSUPPORTED' },
    ]);
  });
});

describe('an invalid multipart request', () => {
  const many = (count: number): Record<string, string[]> =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [String(i), ['variables.image.upload']]));

  it.each([
    ['without the CSRF header', classify(Buffer.from('x')), { 'apollo-require-preflight': '' }, 400, 'BAD_REQUEST'],
    [
      'with a file before its operations',
      bodyOf([file('0', Buffer.from('x')), operations(CLASSIFY, {})]),
      {},
      400,
      'BODY_INVALID',
    ],
    ['with a map before its operations', bodyOf([map({}), operations(CLASSIFY, {})]), {}, 400, 'BODY_INVALID'],
    ['with broken operations', bodyOf([{ name: 'operations', value: '{' }]), {}, 400, 'BODY_INVALID'],
    [
      'with a map into the prototype',
      bodyOf([operations(CLASSIFY, {}), map({ 0: ['__proto__.x'] })]),
      {},
      400,
      'BODY_INVALID',
    ],
    [
      'with a file path far beyond the end of a list',
      bodyOf([operations(UPSERT, { garments: [] }), map({ 0: ['variables.garments.4294967294'] })]),
      {},
      400,
      'BODY_INVALID',
    ],
    ['with 102 files', bodyOf([operations(CLASSIFY, { image: {} }), map(many(102))]), {}, 413, 'BODY_TOO_LARGE'],
    [
      'with operations of over 4 MB',
      bodyOf([operations(CLASSIFY, { x: 'x'.repeat(4_000_001) })]),
      {},
      413,
      'BODY_TOO_LARGE',
    ],
    ['with no parts', bodyOf([]), {}, 400, 'BODY_INVALID'],
    ['without a boundary', Buffer.from('x'), { 'content-type': 'multipart/form-data' }, 400, 'BODY_INVALID'],
  ])('%s is refused', async (_name, body, headers, status, code) => {
    const started = performance.now();
    const response = await send(body, headers);
    expect(response.body.errors?.[0]?.extensions.code).toBe(code);
    expect(response.status).toBe(status);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('with a declared length over 64 MB is refused before its file is sent, and over the largest limit at once', async () => {
    const begin = classify(Buffer.alloc(0)).subarray(0, -60);
    const response = await hangingRequest({ 'content-length': '64000001' }, begin);
    expect(response.statusCode).toBe(413);
    expect(await text(response)).toContain('BODY_TOO_LARGE');
    const beyond = await hangingRequest({ 'content-length': '2000000000' });
    expect(beyond.statusCode).toBe(413);
    expect(await text(beyond)).toContain('BODY_TOO_LARGE');
  });

  it('is cut off when its undeclared pictures grow beyond 64 MB', async () => {
    const count = 8;
    const entries = Object.fromEntries(
      Array.from({ length: count }, (_, i) => [String(i), [`variables.garments.${i}.image.upload`]]),
    );
    const many = Array.from({ length: count }, (_, i) => ({ sku: `L-${i}`, title: 'Large', image: { upload: null } }));
    const files = Array.from({ length: count }, (_, i) => file(String(i), Buffer.alloc(9_000_000, 1)));
    const body = bodyOf([operations(UPSERT, { garments: many }), map(entries), ...files]);
    // A streamed body has no content-length.
    const response = await fetch(`${server.app.url}/graphql`, {
      method: 'POST',
      body: new Blob([body]).stream(),
      duplex: 'half',
      headers: headersOf({}),
    }).then(
      (result) => result.text(),
      // The server may finish before the client does.
      () => '',
    );
    expect(response).not.toContain('"sku":"L-7"');
    expect((await send(classify(photo))).body.errors).toBeUndefined();
  });
});

describe('the server', () => {
  it('keeps answering after clients hang up in the middle of an upload', async () => {
    const body = classify(Buffer.alloc(5_000_000, 1)).subarray(0, 2_000_000);
    for (let i = 0; i < 5; i++) await hangUpAfter(body);
    expect((await send(classify(photo))).body.errors).toBeUndefined();
  });
});

const headersOf = (more: Record<string, string>): Record<string, string> => ({
  'content-type': 'multipart/form-data; boundary=fitroom-boundary',
  'apollo-require-preflight': '1',
  ...more,
});

/** Sends the headers and only the beginning of a body, and waits for the response. */
function hangingRequest(headers: Record<string, string>, begin: Buffer = Buffer.alloc(0)): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.app.url}/graphql`, { method: 'POST', headers: headersOf(headers) }, (response) => {
      resolve(response);
      response.once('end', () => sent.destroy());
    });
    sent.once('error', reject).flushHeaders();
    if (begin.length > 0) sent.write(begin);
  });
}

function hangUpAfter(bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const sent = request(`${server.app.url}/graphql`, {
      method: 'POST',
      headers: headersOf({ 'content-length': '9000000' }),
    });
    sent.once('error', () => undefined).once('close', resolve);
    sent.write(bytes, () => sent.destroy());
  });
}
