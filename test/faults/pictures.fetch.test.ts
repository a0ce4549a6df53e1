// Fetching a picture from hostile, public, broken and endless URLs.
import { gzipSync } from 'node:zlib';
import { type FetchPictureOptions, fetchPicture } from '../../src/pictures/fetch/picture.exchange.js';
import type { ResolvedAddress } from '../../src/pictures/fetch/public.address.js';
import { HOSTILE_ADDRESSES, HOSTILE_HOSTS } from '../support/hostile.addresses.js';
import { encodeScene, paintScene } from '../support/picture.js';
import { PictureListener } from '../support/picture.listener.js';

let canary: PictureListener;
let png: Buffer;
beforeAll(async () => {
  canary = await PictureListener.start();
  png = await encodeScene(paintScene(), 'png');
});
afterAll(() => canary.stop());
beforeEach(() => {
  canary.visits.length = 0;
});

const allowed = (options: FetchPictureOptions = {}): FetchPictureOptions => ({
  allowedHosts: [canary.host],
  ...options,
});
const address = (text: string): ResolvedAddress => ({ address: text, family: text.includes(':') ? 6 : 4 });
/** Returns 'ok' or the code of the failure. */
const outcome = (url: string, options?: FetchPictureOptions): Promise<string> =>
  fetchPicture(url, options).then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );

/** Responds to every request with this body, headers and status. */
function respondWith(
  body: Buffer,
  headers: Record<string, string> = { 'content-type': 'image/png' },
  status = 200,
): void {
  canary.answer = (_, response) => response.writeHead(status, headers).end(body);
}

/** Responds to every request with this redirect. */
function redirectTo(location: string, status = 302): void {
  canary.answer = (_, response) => response.writeHead(status, { location }).end();
}

describe('a non-public address', () => {
  it.each(HOSTILE_HOSTS)('is refused: http://%s/', async (host) => {
    respondWith(png);
    expect(await outcome(`http://${host}/a.png`)).toBe('IMAGE_URL_REFUSED');
    expect(await outcome(`https://${host}/a.png`)).toBe('IMAGE_URL_REFUSED');
    expect(await outcome(`http://${host}:${canary.host.split(':')[1]}/a.png`)).toBe('IMAGE_URL_REFUSED');
    expect(canary.visits).toEqual([]);
  });

  it.each(HOSTILE_ADDRESSES)('is refused: %j', async (url) => {
    expect(await outcome(url)).toBe('IMAGE_URL_REFUSED');
  });

  it('is refused if a name resolves to a private address, alone or among public ones', async () => {
    for (const addresses of [
      ['127.0.0.1'],
      ['8.8.8.8', '10.0.0.1'],
      ['::ffff:127.0.0.1'],
      ['2606:4700::1', 'fd00::1'],
      [],
    ]) {
      const resolve = () => Promise.resolve(addresses.map(address));
      expect(await outcome('http://shop.example/a.png', { resolve })).toBe('IMAGE_URL_REFUSED');
    }
  });

  it('is resolved once, so that the name cannot resolve to something else when connecting', async () => {
    const addresses = ['198.51.100.1', '127.0.0.1'];
    let lookups = 0;
    const resolve = () => Promise.resolve([address(addresses[Math.min(lookups++, 1)]!)]);
    // Only this test allows the first address by name, to see where the connection goes.
    const name = `rebinding.example:${canary.host.split(':')[1]}`;
    expect(await outcome(`http://${name}/a.png`, { resolve, allowedHosts: [name], timeoutMs: 400 })).toBe(
      'IMAGE_URL_UNREACHABLE',
    );
    expect(lookups).toBe(1);
    expect(canary.visits).toEqual([]);
  });

  it('is refused after a redirect too, at every hop', async () => {
    for (const hops of [0, 1, 2]) {
      canary.visits.length = 0;
      canary.answer = (request, response) => {
        const hop = Number(request.url!.slice(1));
        response
          .writeHead(302, { location: hop < hops ? `/${hop + 1}` : 'http://169.254.169.254/latest/meta-data' })
          .end();
      };
      expect(await outcome(canary.url('/0'), allowed())).toBe('IMAGE_URL_REFUSED');
      expect(canary.visits).toHaveLength(hops + 1);
    }
  });

  it.each([
    'file:///etc/passwd',
    'http://127.0.0.1:1/',
    '//127.0.0.2/a.png',
    'https://user:secret@example.org/',
    'gopher://x/',
  ])('is refused as the target of a redirect: %s', async (location) => {
    redirectTo(location);
    expect(await outcome(canary.url(), allowed())).toBe('IMAGE_URL_REFUSED');
    expect(canary.visits).toHaveLength(1);
  });
});

describe('a public address', () => {
  it('returns the bytes of the picture', async () => {
    respondWith(png);
    expect(Buffer.compare(Buffer.from(await fetchPicture(canary.url(), allowed())), png)).toBe(0);
  });

  it.each(['image/webp', 'IMAGE/JPEG; charset=binary', 'application/octet-stream', 'binary/octet-stream'])(
    'may send the content type %s',
    async (type) => {
      respondWith(png, { 'content-type': type });
      expect(await outcome(canary.url(), allowed())).toBe('ok');
    },
  );

  it.each([301, 302, 303, 307, 308])('may redirect with status %i', async (status) => {
    canary.answer = (request, response) => {
      if (request.url === '/old') response.writeHead(status, { location: 'new' }).end();
      else response.writeHead(200, { 'content-type': 'image/png' }).end(png);
    };
    expect(await outcome(canary.url('/old'), allowed())).toBe('ok');
    expect(canary.visits).toEqual(['/old', '/new']);
  });

  it('may redirect three times but not four times', async () => {
    canary.answer = (request, response) => {
      const redirectsLeft = Number(request.url!.slice(1));
      if (redirectsLeft > 0) response.writeHead(302, { location: `/${redirectsLeft - 1}` }).end();
      else response.writeHead(200, { 'content-type': 'image/png' }).end(png);
    };
    expect(await outcome(canary.url('/3'), allowed())).toBe('ok');
    expect(await outcome(canary.url('/4'), allowed())).toBe('IMAGE_URL_UNREACHABLE');
  });
});

describe('a response that is not a picture', () => {
  it.each(['text/html', 'application/json', ''])('with the content type %j is not read', async (type) => {
    respondWith(png, type ? { 'content-type': type } : {});
    expect(await outcome(canary.url(), allowed())).toBe('IMAGE_URL_UNREACHABLE');
  });

  it('but an SVG is reported as an unsupported format', async () => {
    respondWith(Buffer.from('<svg/>'), { 'content-type': 'image/svg+xml' });
    expect(await outcome(canary.url(), allowed())).toBe('IMAGE_FORMAT_UNSUPPORTED');
  });

  it.each([204, 206, 304, 400, 404, 500, 503])('with the status %i is unreachable', async (status) => {
    respondWith(Buffer.alloc(0), { 'content-type': 'image/png' }, status);
    expect(await outcome(canary.url(), allowed())).toBe('IMAGE_URL_UNREACHABLE');
  });

  it('with gzip encoding is not unpacked', async () => {
    respondWith(gzipSync(Buffer.alloc(50_000_000)), { 'content-type': 'image/png', 'content-encoding': 'gzip' });
    expect(await outcome(canary.url(), allowed())).toBe('IMAGE_URL_UNREACHABLE');
  });

  it('that breaks off before its stated length is unreachable', async () => {
    canary.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': '100000' });
      response.write(png);
      setTimeout(() => response.destroy(), 20);
    };
    expect(await outcome(canary.url(), allowed())).toBe('IMAGE_URL_UNREACHABLE');
  });

  it('is not read beyond its stated length', async () => {
    canary.answer = (_, response) => {
      response.socket!.end(
        `HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 10\r\n\r\n${'x'.repeat(1_000)}`,
      );
    };
    expect(await fetchPicture(canary.url(), allowed())).toHaveLength(10);
  });

  it('from a server that is not running is unreachable', async () => {
    const gone = await PictureListener.start();
    const url = gone.url();
    const { host } = gone;
    await gone.stop();
    expect(await outcome(url, { allowedHosts: [host] })).toBe('IMAGE_URL_UNREACHABLE');
  });
});

describe('an endless response', () => {
  it('is refused by its stated length before a byte is read', async () => {
    canary.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': '10000001' });
      response.flushHeaders();
    };
    expect(await outcome(canary.url(), allowed())).toBe('IMAGE_TOO_LARGE');
  });

  it('is cut at 10 MB if it states no length', async () => {
    let sent = 0;
    let closed = Promise.resolve();
    canary.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      closed = new Promise((resolve) => response.once('close', resolve));
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64_000))) sent += 64_000;
        response.once('drain', more);
      };
      more();
    };
    expect(await outcome(canary.url(), allowed())).toBe('IMAGE_TOO_LARGE');
    await closed;
    // The bytes above the limit are in the buffers of the sockets.
    expect(sent).toBeLessThan(20_000_000);
  });

  const slowResponses: [how: string, answer: PictureListener['answer']][] = [
    [
      'byte by byte',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'image/png' });
        const timer = setInterval(() => response.write('x'), 50);
        response.once('close', () => clearInterval(timer));
      },
    ],
    ['without headers', () => undefined],
    [
      'through slow redirects',
      (_, response) => void setTimeout(() => response.writeHead(302, { location: '/' }).end(), 150),
    ],
  ];

  it.each(slowResponses)('is aborted when the time is up: %s', async (_, handler) => {
    canary.answer = handler;
    const started = performance.now();
    expect(await outcome(canary.url(), allowed({ timeoutMs: 400 }))).toBe('IMAGE_URL_UNREACHABLE');
    expect(performance.now() - started).toBeGreaterThan(350);
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it('with one byte a second is aborted after five seconds and uses no growing memory', async () => {
    canary.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      const timer = setInterval(() => response.write('x'), 1_000);
      response.once('close', () => clearInterval(timer));
    };
    const [started, heapUsed] = [performance.now(), process.memoryUsage().heapUsed];
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcome(canary.url(), allowed())));
    expect(outcomes).toEqual(Array(10).fill('IMAGE_URL_UNREACHABLE'));
    expect(performance.now() - started).toBeGreaterThan(4_900);
    expect(performance.now() - started).toBeLessThan(7_000);
    expect(process.memoryUsage().heapUsed - heapUsed).toBeLessThan(15_000_000);
  }, 10_000);

  it('is aborted if name resolution never ends', async () => {
    const resolve = () => new Promise<ResolvedAddress[]>(() => undefined);
    expect(await outcome('http://shop.example/', { resolve, timeoutMs: 200 })).toBe('IMAGE_URL_UNREACHABLE');
  });
});
