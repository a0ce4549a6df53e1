// Connections that send too much, read too little or do not speak HTTP.
// The tests use real sockets against the HTTP server alone.
import { connect, type Socket } from 'node:net';
import { withStubServer } from '../support/stub.server.js';
import { Connections } from '../../src/http/connections.js';

const server = withStubServer();
const GRAPHIQL = '/playground/graphiql/graphiql.min.js';

const get = (path: string, headers = ''): string => `GET ${path} HTTP/1.1\r\nhost: x\r\n${headers}\r\n`;

function open(): Socket {
  return connect(server.port, '127.0.0.1').on('error', () => undefined);
}

/** Sends a text and reads the response until the server ends the connection. */
function send(text: string): Promise<string> {
  return new Promise((resolve) => {
    let response = '';
    const socket = open()
      .on('data', (chunk: Buffer) => (response += chunk.toString('latin1')))
      .on('close', () => resolve(response));
    socket.setTimeout(5_000, () => socket.destroy(new Error('the server left the connection open')));
    socket.write(text);
  });
}

const until = async (condition: () => boolean): Promise<void> => {
  for (let i = 0; i < 500 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('the server', () => {
  it('answers pipelined requests in order', async () => {
    const responses = await send(get('/health/live') + get('/nothing') + get('/health/live', 'connection: close\r\n'));
    expect([...responses.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '404', '200']);
  });

  it('does not buffer the responses for a client that does not read', async () => {
    const before = process.memoryUsage().rss;
    const sockets = Array.from({ length: 5 }, () => open().pause());
    // On each connection, 90 responses of 1.3 MB wait to be sent.
    for (const socket of sockets) socket.write(get(GRAPHIQL).repeat(90));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    for (const socket of sockets) socket.destroy();
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  });

  it('ends a connection with more than 100 waiting requests', async () => {
    const otherConnections = server.open();
    const socket = open().pause();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await until(() => server.open() > otherConnections);
    socket.write(get(GRAPHIQL).repeat(2_000));
    await until(() => server.open() <= otherConnections);
    expect(server.open()).toBeLessThanOrEqual(otherConnections);
    socket.resume();
    await closed;
  });

  it('answers 100 waiting requests of a client that reads', async () => {
    const responses = await send(get('/health/live').repeat(100) + get('/health/live', 'connection: close\r\n'));
    expect(responses.match(/HTTP\/1\.1 200/g)).toHaveLength(101);
  });
});

describe('a connection', () => {
  /** A stand-in for a socket whose peer has not read for half a minute. */
  const stub = (writableLength: number): Socket => {
    const socket = { writableLength, destroyed: false, once: () => socket, on: () => socket };
    return Object.assign(socket, { destroy: () => (socket.destroyed = true) }) as unknown as Socket;
  };
  const response = { once: () => undefined } as never;

  it('is ended when it stalls, unless its response is still being prepared', () => {
    const connections = new Connections();
    const [idle, unread, working] = [stub(0), stub(5), stub(0)];
    for (const socket of [idle, unread, working]) connections.add(socket);
    for (const socket of [unread, working]) connections.enter(socket, response, () => undefined);
    for (const socket of [idle, unread, working]) connections.endStalled(socket);
    expect([idle.destroyed, unread.destroyed, working.destroyed]).toEqual([true, true, false]);
  });

  it('is ended first if it has the most unread bytes when the total is too large', () => {
    const connections = new Connections();
    const sockets = [10, 50, 0, 30].map(stub);
    for (const socket of sockets) connections.add(socket);
    connections.endLargest(90);
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false, false, false, false]);
    connections.endLargest(40);
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false, true, false, false]);
  });
});

describe('an invalid HTTP request', () => {
  const long = 'x'.repeat(20_000);
  const post = (headers: string, body = ''): string => `POST /graphql HTTP/1.1\r\nhost: x\r\n${headers}\r\n${body}`;

  it.each<[string, string, number, string]>([
    ['garbage', 'hello world\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['a TLS handshake', '\x16\x03\x01\x02\x00\x01', 400, 'REQUEST_INVALID'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['an unknown method', 'FOO / HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['a malformed address', get('/%zz', 'connection: close\r\n'), 400, 'REQUEST_INVALID'],
    ['an address that is not UTF-8', get('/images/default/%ff.jpg', 'connection: close\r\n'), 400, 'REQUEST_INVALID'],
    ['an address without a slash', get('health', 'connection: close\r\n'), 400, 'REQUEST_INVALID'],
    ['a long address', get(`/${long}`), 431, 'HEADERS_TOO_LARGE'],
    ['a long file name', get(`/images/default/${'x'.repeat(3_000)}`, 'connection: close\r\n'), 404, 'NOT_FOUND'],
    ['large headers', get('/', `x: ${long}\r\n`), 431, 'HEADERS_TOO_LARGE'],
    ['a header with a NUL', get('/', 'a: b\0c\r\n'), 400, 'REQUEST_INVALID'],
    ['no host', 'GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['a length that is not a number', post('content-length: abc\r\n'), 400, 'REQUEST_INVALID'],
    ['two different lengths', post('content-length: 1\r\ncontent-length: 2\r\n', 'xx'), 400, 'REQUEST_INVALID'],
    [
      'both a length and chunks',
      post('content-length: 1\r\ntransfer-encoding: chunked\r\n', '0\r\n\r\n'),
      400,
      'REQUEST_INVALID',
    ],
    [
      'a malformed chunk',
      post('content-type: application/json\r\ntransfer-encoding: chunked\r\n', 'zz\r\n'),
      400,
      'REQUEST_INVALID',
    ],
    ['an unknown expectation', post('expect: foo\r\ncontent-length: 2\r\n', '{}'), 417, 'REQUEST_INVALID'],
    ['a tunnel', 'CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n', 405, 'METHOD_NOT_ALLOWED'],
    ['another method', 'PROPFIND / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 405, 'METHOD_NOT_ALLOWED'],
    ['a condition that does not hold', get('/', 'if-match: "x"\r\nconnection: close\r\n'), 412, 'REQUEST_INVALID'],
  ])('gets an error response of the usual form: %s', async (_name, text, status, code) => {
    const response = await send(text);
    expect(response).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(response).toMatch(/content-type: application\/json/);
    const { errors } = JSON.parse(/\{"errors".*\}/.exec(response)![0]) as { errors: { extensions: object }[] };
    const requestId = /x-request-id: (\S+)/.exec(response)?.[1];
    expect(errors).toEqual([{ message: expect.any(String), extensions: { code, requestId } }]);
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('does not replace the response to the previous request', async () => {
    const response = await send(`${get('/health/live')}GARBAGE\r\n\r\n`);
    expect([...response.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '400']);
  });
});

describe('a file of the pages', () => {
  it('is compressed for browsers that accept it, and returned as 304 to clients that have it', async () => {
    const page = await fetch(`${server.url}/insights`, { headers: { 'accept-encoding': 'gzip' } });
    const asset = /\/pages\/assets\/[\w.-]+\.js/.exec(await page.text())![0];
    for (const path of ['/insights', asset]) {
      const compressed = await fetch(server.url + path, { headers: { 'accept-encoding': 'gzip' } });
      const plain = await fetch(server.url + path, { headers: { 'accept-encoding': 'identity' } });
      expect(compressed.headers.get('content-encoding')).toBe('gzip');
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(await compressed.text()).toBe(await plain.text());
      for (const { headers } of [compressed, plain]) {
        expect(headers.get('vary')).toMatch(/accept-encoding/i);
        expect(headers.get('content-type')).toBe(
          path === asset ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8',
        );
        expect(headers.get('cache-control')).toBe(path === asset ? 'public, max-age=31536000, immutable' : 'no-cache');
      }
      const tag = plain.headers.get('etag')!;
      const again = await send(get(path, `if-none-match: ${tag}\r\nconnection: close\r\n`));
      expect(again).toMatch(/^HTTP\/1\.1 304 /);
    }
  });

  it.each([
    '/pages/assets/',
    '/pages/assets/../insights/index.html',
    '/pages/assets/..%2finsights%2findex.html',
    '/insights/index.html',
  ])('is not served at any other URL: %s', async (path) => {
    const [head] = (await send(get(path, 'connection: close\r\n'))).split('\r\n');
    expect(head).toBe('HTTP/1.1 404 Not Found');
  });
});
