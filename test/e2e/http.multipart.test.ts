// Malformed multipart requests, over real sockets against the HTTP server alone.
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import { stubParts, withStubServer } from '../support/stub.server.js';
import { pino } from 'pino';

const opened: (() => Readable)[] = [];
const services = {
  imports: { begin: (_ctx: unknown, source: { upload: () => Readable }) => opened.push(source.upload) && neverEnds() },
};
const server = withStubServer({
  ...stubParts(pino({ level: 'silent' })),
  serve: (_store, work) => work(services as never),
});

const CLASSIFY = 'query ($image: ImageInput!) { classifyGarment(image: $image) { garmentTypes { garmentType } } }';
const IMPORT = 'mutation ($input: CatalogImportInput!) { importCatalog(input: $input) { userErrors { code } } }';
const BOUNDARY = 'b';
const neverEnds = (): Promise<never> => new Promise(() => {});

const part = (disposition: string, value: string): string =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`;
const field = (name: string, value: unknown): string => part(`name="${name}"`, JSON.stringify(value));
const file = (name: string, value: string): string => part(`name="${name}"; filename="a.jpg"`, value);
const end = `--${BOUNDARY}--\r\n`;
const classify = (map: unknown, files: string, image: unknown = { upload: null }): string =>
  field('operations', { query: CLASSIFY, variables: { image, unused: null, list: [null] } }) +
  field('map', map) +
  files +
  end;

/** Sends a request and returns the response. @param length value of the content-length header */
function send(
  body: string,
  headers = 'apollo-require-preflight: 1\r\n',
  length = Buffer.byteLength(body),
): Promise<string> {
  return new Promise((resolve) => {
    let response = '';
    const socket = connect(server.port, '127.0.0.1').on('error', () => undefined);
    const done = (): void => resolve(response);
    socket.on('close', done).on('data', (chunk: Buffer) => {
      response += chunk.toString();
      if (/\r\n\r\n[^]*\}\s*$/.test(response)) socket.destroy();
    });
    socket.setTimeout(5_000, () => socket.destroy());
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${headers}content-length: ${length}\r\n` +
        `content-type: multipart/form-data; boundary=${BOUNDARY}\r\n\r\n${body}`,
    );
  });
}

const statusOf = (response: string): string => /^HTTP\/1\.1 (\d+)/.exec(response)?.[1] ?? 'none';
const codeOf = (response: string): string => /"code":"(\w+)"/.exec(response)?.[1] ?? 'none';

describe('a malformed multipart body', () => {
  it.each([
    ['has a part with a malformed header', `--${BOUNDARY}\r\nx\r\n\r\n\r\n--${BOUNDARY}--`],
    ['has a header without a colon', classify({}, `--${BOUNDARY}\r\ngarbage\r\n\r\nx\r\n`).slice(0, 60)],
    ['has a part with 3,000 headers', `--${BOUNDARY}\r\n${'a: b\r\n'.repeat(3_000)}\r\nx\r\n${end}`],
    ['has a header of 100 kB', `--${BOUNDARY}\r\na: ${'b'.repeat(100_000)}\r\n\r\nx\r\n${end}`],
    ['ends in a header', `--${BOUNDARY}\r\ncontent-dispo`],
    ['ends before its last boundary', field('operations', { query: '{ __typename }' })],
    ['has operations with a lone surrogate', part('name="operations"', '"\ud800')],
    ['has a part without a name', part('x="operations"', '{}') + end],
    ['has operations twice', field('operations', {}) + field('operations', {}) + field('map', {}) + end],
    ['has operations that are null', field('operations', null) + field('map', {}) + end],
    ['has a map that is a list', field('operations', {}) + field('map', []) + end],
    ['has a map whose paths are not lists', field('operations', {}) + field('map', { 0: 'variables.image' }) + end],
  ])('is refused if it %s', async (_, body) => {
    const response = await send(body);
    expect([statusOf(response), codeOf(response)]).toEqual(['400', 'BODY_INVALID']);
  });

  it.each([
    'query',
    'variables',
    'variables.image.upload.x',
    'variables.__proto__.x',
    'variables.image.__proto__',
    'variables.image.constructor',
    'variables.constructor.prototype.x',
    'variables.list.length',
    'variables.list.1',
    'variables.list.-1',
    'variables.list.00',
    'variables.nowhere.x',
    `variables${'.x'.repeat(1_000)}`,
    '',
  ])('is refused if its map has the path %j', async (path) => {
    const response = await send(classify({ 0: [path] }, file('0', 'x')));
    expect([statusOf(response), codeOf(response)]).toEqual(['400', 'BODY_INVALID']);
  });

  it('is refused if its map assigns one file to more than 8 paths', async () => {
    const paths = (count: number): string[] => Array.from({ length: count }, (_, i) => `variables.image.x${i}`);
    expect(codeOf(await send(classify({ 0: paths(9) }, file('0', 'x'))))).toBe('BODY_INVALID');
    expect(codeOf(await send(classify({ 0: paths(8) }, file('0', 'x'))))).toBe('BAD_USER_INPUT');
  });

  it('is refused before it is parsed if the CSRF header is missing', async () => {
    const response = await send('no multipart body at all', '');
    expect([statusOf(response), codeOf(response)]).toEqual(['400', 'BAD_REQUEST']);
    const named = await send('no multipart body at all', 'x-apollo-operation-name: a\r\n');
    expect(codeOf(named)).toBe('BODY_INVALID');
  });
});

describe('a file that no resolver reads', () => {
  it('does not block the files after it', async () => {
    const map = { 0: ['variables.unused'], 1: ['variables.image.upload'] };
    const files = file('0', 'x'.repeat(200_000)) + file('1', '');
    // The stub server has no classifier. Its failure shows that the server no longer waits for the second file.
    expect(codeOf(await send(classify(map, files)))).toBe('INTERNAL_SERVER_ERROR');
  });
});

describe('the larger size limit of imports', () => {
  const unfinishedBody = (operations: object): string => {
    const body = field('operations', { ...operations, variables: { input: { upload: null } } });
    return body + field('map', { 0: ['variables.input.upload'] }) + file('0', 'sku,title\n').slice(0, -2);
  };
  const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(IMPORT).digest('hex') };
  const startImport = async (body: string): Promise<string> => {
    opened.length = 0;
    const response = send(body, undefined, 80_000_000);
    const started = new Promise<string>((resolve) => {
      const timer = setInterval(() => opened.length > 0 && resolve('began'), 10);
      setTimeout(() => clearInterval(timer), 5_000).unref();
    });
    return Promise.race([started, response.then(codeOf)]);
  };

  it('applies to a mutation that imports, sent as text or as a hash', async () => {
    expect(await startImport(unfinishedBody({ query: IMPORT }))).toBe('began');
    await send(unfinishedBody({ query: IMPORT, extensions: { persistedQuery } }), undefined, 80_000_000);
    expect(await startImport(unfinishedBody({ extensions: { persistedQuery } }))).toBe('began');
  });

  it('does not apply to a mutation that only mentions the import', async () => {
    expect(await startImport(unfinishedBody({ query: `${CLASSIFY} # importCatalog(input: $input)` }))).toBe(
      'BODY_TOO_LARGE',
    );
    const other = createHash('sha256').update('other').digest('hex');
    expect(
      await startImport(unfinishedBody({ extensions: { persistedQuery: { version: 1, sha256Hash: other } } })),
    ).toBe('BODY_TOO_LARGE');
  });
});
