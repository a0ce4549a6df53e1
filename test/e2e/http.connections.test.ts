// Connections that send too much, read too little or speak no HTTP, over real sockets against the HTTP server alone.
import { connect, type Socket } from 'node:net';
import { withStubServer } from '../support/stub.server.js';
import { Connections } from '../../src/http/connections.js';

const server = withStubServer();
const GRAPHIQL = '/playground/graphiql/graphiql.min.js';

const get = (path: string, headers = ''): string => `GET ${path} HTTP/1.1\r\nhost: x\r\n${headers}\r\n`;

function open(): Socket {
  return connect(server.port, '127.0.0.1').on('error', () => undefined);
}

/** Sends a text and reads until the server ends the connection. */
function ask(text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = open()
      .on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
      .on('close', () => resolve(answer));
    socket.setTimeout(5_000, () => socket.destroy(new Error('the server left the connection open')));
    socket.write(text);
  });
}

const until = async (condition: () => boolean): Promise<void> => {
  for (let i = 0; i < 500 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('pipelined requests', () => {
  it('are answered in order', async () => {
    const answers = await ask(get('/health/live') + get('/nothing') + get('/health/live', 'connection: close\r\n'));
    expect([...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '404', '200']);
  });

  it('of a client that does not read cost no memory', async () => {
    const before = process.memoryUsage().rss;
    const sockets = Array.from({ length: 5 }, () => open().pause());
    // 90 answers of 1.3 MB each wait on each connection
    for (const socket of sockets) socket.write(get(GRAPHIQL).repeat(90));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    for (const socket of sockets) socket.destroy();
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  });

  it('end the connection if more than 100 wait', async () => {
    const others = server.open();
    const socket = open().pause();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await until(() => server.open() > others);
    socket.write(get(GRAPHIQL).repeat(2_000));
    await until(() => server.open() <= others);
    expect(server.open()).toBeLessThanOrEqual(others);
    socket.resume();
    await closed;
  });

  it('are all answered if 100 wait for a client that reads', async () => {
    const answers = await ask(get('/health/live').repeat(100) + get('/health/live', 'connection: close\r\n'));
    expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(101);
  });
});

describe('a connection', () => {
  /** What a socket shows of itself, in place of one whose peer does not read for half a minute. */
  const stub = (writableLength: number): Socket => {
    const socket = { writableLength, destroyed: false, once: () => socket, on: () => socket };
    return Object.assign(socket, { destroy: () => (socket.destroyed = true) }) as unknown as Socket;
  };
  const response = { once: () => undefined } as never;

  it('that stalls is ended, unless its answer is still being made', () => {
    const connections = new Connections();
    const [idle, unread, working] = [stub(0), stub(5), stub(0)];
    for (const socket of [idle, unread, working]) connections.add(socket);
    for (const socket of [unread, working]) connections.enter(socket, response, () => undefined);
    for (const socket of [idle, unread, working]) connections.endStalled(socket);
    expect([idle.destroyed, unread.destroyed, working.destroyed]).toEqual([true, true, false]);
  });

  it('that leaves most unread is ended first if all together leave too much', () => {
    const connections = new Connections();
    const sockets = [10, 50, 0, 30].map(stub);
    for (const socket of sockets) connections.add(socket);
    connections.endLargest(90);
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false, false, false, false]);
    connections.endLargest(40);
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false, true, false, false]);
  });
});

describe('a request that is no HTTP', () => {
  const long = 'x'.repeat(20_000);
  const post = (headers: string, body = ''): string => `POST /graphql HTTP/1.1\r\nhost: x\r\n${headers}\r\n${body}`;

  it.each<[string, string, number, string]>([
    ['garbage', 'hello world\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['a TLS handshake', '\x16\x03\x01\x02\x00\x01', 400, 'REQUEST_INVALID'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['an unknown method', 'FOO / HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['a malformed address', get('/%zz', 'connection: close\r\n'), 400, 'REQUEST_INVALID'],
    ['an address that is no UTF-8', get('/images/default/%ff.jpg', 'connection: close\r\n'), 400, 'REQUEST_INVALID'],
    ['an address without a slash', get('health', 'connection: close\r\n'), 400, 'REQUEST_INVALID'],
    ['a long address', get(`/${long}`), 431, 'HEADERS_TOO_LARGE'],
    ['a long file name', get(`/images/default/${'x'.repeat(3_000)}`, 'connection: close\r\n'), 404, 'NOT_FOUND'],
    ['large headers', get('/', `x: ${long}\r\n`), 431, 'HEADERS_TOO_LARGE'],
    ['a header with a NUL', get('/', 'a: b\0c\r\n'), 400, 'REQUEST_INVALID'],
    ['no host', 'GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['a length that is no number', post('content-length: abc\r\n'), 400, 'REQUEST_INVALID'],
    ['two lengths', post('content-length: 1\r\ncontent-length: 2\r\n', 'xx'), 400, 'REQUEST_INVALID'],
    [
      'a length and chunks',
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
  ])('is answered in the form of all errors: %s', async (_name, text, status, code) => {
    const answer = await ask(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/content-type: application\/json/);
    const { errors } = JSON.parse(/\{"errors".*\}/.exec(answer)![0]) as { errors: { extensions: object }[] };
    const requestId = /x-request-id: (\S+)/.exec(answer)?.[1];
    expect(errors).toEqual([{ message: expect.any(String), extensions: { code, requestId } }]);
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('does not take the place of the answer before it', async () => {
    const answer = await ask(`${get('/health/live')}GARBAGE\r\n\r\n`);
    expect([...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '400']);
  });
});

describe('files of the pages', () => {
  it('are packed for browsers that can unpack them, and not sent again to those that have them', async () => {
    const page = await fetch(`${server.url}/insights`, { headers: { 'accept-encoding': 'gzip' } });
    const asset = /\/pages\/assets\/[\w.-]+\.js/.exec(await page.text())![0];
    for (const path of ['/insights', asset]) {
      const packed = await fetch(server.url + path, { headers: { 'accept-encoding': 'gzip' } });
      const plain = await fetch(server.url + path, { headers: { 'accept-encoding': 'identity' } });
      expect(packed.headers.get('content-encoding')).toBe('gzip');
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(await packed.text()).toBe(await plain.text());
      for (const { headers } of [packed, plain]) {
        expect(headers.get('vary')).toMatch(/accept-encoding/i);
        expect(headers.get('content-type')).toBe(
          path === asset ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8',
        );
        expect(headers.get('cache-control')).toBe(path === asset ? 'public, max-age=31536000, immutable' : 'no-cache');
      }
      const tag = plain.headers.get('etag')!;
      const again = await ask(get(path, `if-none-match: ${tag}\r\nconnection: close\r\n`));
      expect(again).toMatch(/^HTTP\/1\.1 304 /);
    }
  });

  it.each([
    '/pages/assets/',
    '/pages/assets/../insights/index.html',
    '/pages/assets/..%2finsights%2findex.html',
    '/insights/index.html',
  ])('are at no other address: %s', async (path) => {
    const [head] = (await ask(get(path, 'connection: close\r\n'))).split('\r\n');
    expect(head).toBe('HTTP/1.1 404 Not Found');
  });
});
