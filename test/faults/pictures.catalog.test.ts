// Merchants' pictures from hosts that are busy, broken, slow or hostile.
import { setTimeout as pause } from 'node:timers/promises';
import type { PictureSource } from '../../src/domain/catalog/garment.js';
import { CatalogPictureFetcher, type CatalogFetchOptions } from '../../src/pictures/fetch/catalog.picture.fetcher.js';
import type { ResolvedAddress } from '../../src/pictures/fetch/public.address.js';
import { HOSTILE_ADDRESSES, HOSTILE_HOSTS } from '../support/hostile.addresses.js';
import { encodeScene, paintScene } from '../support/picture.js';
import { PictureListener } from '../support/picture.listener.js';

let host: PictureListener;
let png: Buffer;
beforeAll(async () => {
  png = await encodeScene(paintScene(), 'png');
});
beforeEach(async () => {
  host = await PictureListener.start();
});
afterEach(() => host.stop());

const fetcher = ({ pace, ...options }: CatalogFetchOptions = {}): CatalogPictureFetcher =>
  new CatalogPictureFetcher({ allowedHosts: [host.host], ...options, pace: { firstDelayMs: 5, ...pace } });

/** Returns 'ok', 'unchanged', or the code of the failure with its message. */
const outcome = (
  pictureFetcher: CatalogPictureFetcher,
  url: string,
  knownSource: PictureSource | null = null,
): Promise<string> =>
  pictureFetcher.fetch(url, knownSource).then(
    ({ bytes }) => (bytes === null ? 'unchanged' : 'ok'),
    ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
  );

const picture: PictureListener['answer'] = (_, response) =>
  response.writeHead(200, { 'content-type': 'image/png' }).end(png);

/** Responds with each of the handlers in turn, and with the last one from then on. */
function respondInTurn(...handlers: PictureListener['answer'][]): void {
  host.answer = (request, response) => handlers[Math.min(host.visits.length, handlers.length) - 1]!(request, response);
}
const status =
  (code: number, headers: Record<string, string> = {}): PictureListener['answer'] =>
  (_, response) =>
    response.writeHead(code, headers).end();
const hangUp: PictureListener['answer'] = (request) => request.socket.destroy();
const noResponse: PictureListener['answer'] = () => undefined;

describe('a temporary failure', () => {
  const temporaryFailures: [how: string, answer: PictureListener['answer']][] = [
    ['too many requests', status(429)],
    ['a request timeout', status(408)],
    ['a server error', status(500)],
    ['a bad gateway', status(502)],
    ['an overloaded server', status(503)],
    ['a reset connection', hangUp],
    ['no response', noResponse],
    [
      'a body that breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'image/png', 'content-length': '100000' });
        response.write(png, () => response.destroy());
      },
    ],
  ];

  it.each(temporaryFailures)('is retried: %s', async (_, handler) => {
    respondInTurn(handler, handler, picture);
    expect(await outcome(fetcher({ timeoutMs: handler === noResponse ? 500 : 5_000 }), host.url())).toBe('ok');
    expect(host.visits).toHaveLength(3);
  });

  it('is reported after the last attempt with its code and the number of attempts', async () => {
    respondInTurn(status(503));
    expect(await outcome(fetcher(), host.url())).toBe(
      'IMAGE_URL_UNREACHABLE: The URL responded with status 503. It was tried 4 times.',
    );
    expect(host.visits).toHaveLength(4);
  });

  it("includes a resolver's temporary error", async () => {
    let lookups = 0;
    const resolve = (): Promise<ResolvedAddress[]> =>
      lookups++ === 0
        ? Promise.reject(Object.assign(new Error('try again'), { code: 'EAI_AGAIN' }))
        : Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const name = `shop.example:${host.host.split(':')[1]}`;
    respondInTurn(picture);
    expect(await outcome(fetcher({ resolve, allowedHosts: [name] }), `http://${name}/a.png`)).toBe('ok');
  });

  it('is retried with growing pauses', async () => {
    const requestTimes: number[] = [];
    host.answer = (_, response) => {
      requestTimes.push(performance.now());
      response.writeHead(503).end();
    };
    await outcome(fetcher({ pace: { firstDelayMs: 100 } }), host.url());
    const pauses = requestTimes.slice(1).map((time, i) => time - requestTimes[i]!);
    expect(pauses).toHaveLength(3);
    // Jitter shortens and lengthens pauses, so only the sum is certain.
    expect(pauses.reduce((a, b) => a + b, 0)).toBeGreaterThan(150);
  });
});

describe('a permanent failure', () => {
  it.each([
    [status(404), 'IMAGE_URL_UNREACHABLE: The URL responded with status 404.'],
    [status(403), 'IMAGE_URL_UNREACHABLE: The URL responded with status 403.'],
    [status(410), 'IMAGE_URL_UNREACHABLE: The URL responded with status 410.'],
    [status(304), 'IMAGE_URL_UNREACHABLE: The URL responded with status 304.'],
    [status(200, { 'content-type': 'image/svg+xml' }), 'IMAGE_FORMAT_UNSUPPORTED: '],
    [status(200, { 'content-type': 'text/html' }), 'IMAGE_URL_UNREACHABLE: '],
    [status(200, { 'content-type': 'image/png', 'content-length': '10000001' }), 'IMAGE_TOO_LARGE: '],
    [status(302, { location: 'http://169.254.169.254/' }), 'IMAGE_URL_REFUSED: '],
  ])('is requested only once (%#)', async (handler, failure) => {
    respondInTurn(handler);
    expect(await outcome(fetcher(), host.url())).toContain(failure);
    expect(host.visits).toHaveLength(1);
  });

  it('includes an unknown host name', async () => {
    let lookups = 0;
    const resolve = (): Promise<ResolvedAddress[]> => {
      lookups += 1;
      return Promise.reject(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }));
    };
    expect(await outcome(fetcher({ resolve }), 'http://shop.example/a.png')).toContain('IMAGE_URL_UNREACHABLE');
    expect(lookups).toBe(1);
  });
});

describe('a host with a Retry-After header', () => {
  it('is not requested earlier', async () => {
    const requestTimes: number[] = [];
    host.answer = (_, response) => {
      requestTimes.push(performance.now());
      if (requestTimes.length === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else response.writeHead(200, { 'content-type': 'image/png' }).end(png);
    };
    expect(await outcome(fetcher(), host.url())).toBe('ok');
    expect(requestTimes[1]! - requestTimes[0]!).toBeGreaterThanOrEqual(990);
  });

  it('may send a date', async () => {
    const soon = new Date(Date.now() + 2_000).toUTCString();
    respondInTurn(status(503, { 'retry-after': soon }), picture);
    const started = performance.now();
    expect(await outcome(fetcher(), host.url())).toBe('ok');
    // A date has whole seconds.
    expect(performance.now() - started).toBeGreaterThan(500);
  });

  it('is not requested again if the time is longer than a call can wait', async () => {
    respondInTurn(status(429, { 'retry-after': '3600' }));
    expect(await outcome(fetcher(), host.url())).toBe('IMAGE_URL_UNREACHABLE: The URL responded with status 429.');
    expect(host.visits).toHaveLength(1);
  });
});

describe('the time limit of one picture', () => {
  it('covers all attempts together', async () => {
    respondInTurn(noResponse);
    const started = performance.now();
    const slow = fetcher({ timeoutMs: 200, pace: { limitMs: 700, retries: 100, failuresToRest: 100 } });
    expect(await outcome(slow, host.url())).toContain('did not return a picture within 0.7 seconds. It was tried');
    expect(performance.now() - started).toBeLessThan(2_000);
    const requestCount = host.visits.length;
    await pause(300);
    expect(host.visits).toHaveLength(requestCount);
  });

  it('does not run while the picture waits for its turn', async () => {
    host.answer = (request, response) => void setTimeout(() => picture(request, response), 150);
    const oneAtATime = fetcher({ pace: { atOnce: 1, limitMs: 600 } });
    const outcomes = await Promise.all(Array.from({ length: 5 }, (_, i) => outcome(oneAtATime, host.url(`/${i}.png`))));
    expect(outcomes).toEqual(Array(5).fill('ok'));
  });
});

describe('one host', () => {
  /** Responds after 30 ms and counts the simultaneous requests. `most` is the maximum. */
  function countAtOnce(listener: PictureListener): { most: number } {
    const count = { now: 0, most: 0 };
    listener.answer = (request, response) => {
      count.most = Math.max(count.most, ++count.now);
      setTimeout(() => {
        count.now -= 1;
        void picture(request, response);
      }, 30);
    };
    return count;
  }

  it('gets at most four requests at once over all calls, and another host gets four of its own', async () => {
    const other = await PictureListener.start();
    const counts = [countAtOnce(host), countAtOnce(other)];
    const sharedFetcher = fetcher({ allowedHosts: [host.host, other.host] });
    const calls = Array.from({ length: 3 }, (_, call) =>
      Promise.all(
        Array.from({ length: 10 }, (_, i) => outcome(sharedFetcher, (i % 2 ? host : other).url(`/${call}-${i}.png`))),
      ),
    );
    expect((await Promise.all(calls)).flat()).toEqual(Array(30).fill('ok'));
    expect(counts.map(({ most }) => most)).toEqual([4, 4]);
    await other.stop();
  });

  it('is paused after twelve failures in a row, and requested again later', async () => {
    respondInTurn(status(500));
    const pausingFetcher = fetcher({ pace: { restMs: 300 } });
    for (let i = 0; i < 3; i++) await outcome(pausingFetcher, host.url());
    expect(host.visits).toHaveLength(12);
    expect(await outcome(pausingFetcher, host.url())).toBe(
      'IMAGE_URL_UNREACHABLE: The host failed 12 times in a row and is not contacted for 0.3 seconds.',
    );
    expect(host.visits).toHaveLength(12);
    host.answer = picture;
    await pause(350);
    expect(await outcome(pausingFetcher, host.url())).toBe('ok');
    expect(await outcome(pausingFetcher, host.url())).toBe('ok');
  });

  it('is not paused because of missing pictures', async () => {
    respondInTurn(status(404));
    const pictureFetcher = fetcher();
    for (let i = 0; i < 15; i++) expect(await outcome(pictureFetcher, host.url())).toContain('status 404');
    expect(host.visits).toHaveLength(15);
  });

  it('that is down does not delay requests to another host', async () => {
    const down = await PictureListener.start();
    down.answer = noResponse;
    host.answer = picture;
    const sharedFetcher = fetcher({ allowedHosts: [host.host, down.host], timeoutMs: 1_000 });
    const waiting = Array.from({ length: 20 }, () => outcome(sharedFetcher, down.url()));
    const started = performance.now();
    expect(await outcome(sharedFetcher, host.url())).toBe('ok');
    expect(performance.now() - started).toBeLessThan(950);
    const failures = await Promise.all(waiting);
    expect(failures.every((failure) => failure.startsWith('IMAGE_URL_UNREACHABLE'))).toBe(true);
    // Three rounds of four, and the requests in progress then. Without the pause it would be twenty pictures with four
    // attempts each.
    expect(down.visits.length).toBeLessThanOrEqual(16);
    await down.stop();
  });
});

describe('a known picture', () => {
  const headers = { 'content-type': 'image/png', etag: '"v1"', 'last-modified': 'Mon, 02 Nov 2026 10:00:00 GMT' };
  /** Responds like a web server that supports ETags. */
  const validating: PictureListener['answer'] = (request, response) => {
    if (request.headers['if-none-match'] === headers.etag) response.writeHead(304, headers).end();
    else response.writeHead(200, headers).end(png);
  };

  it('is not sent again by a host that reports it unchanged', async () => {
    host.answer = validating;
    const { source, bytes } = await fetcher().fetch(host.url('/a.png#front'), null);
    expect(bytes).not.toBeNull();
    expect(source).toEqual({ url: host.url('/a.png'), etag: '"v1"', lastModified: headers['last-modified'] });
    expect(await fetcher().fetch(host.url('/a.png'), source)).toEqual({ bytes: null, source });
  });

  it('is validated by its date if it has no ETag', async () => {
    host.answer = (request, response) => {
      const { etag: _, ...dated } = headers;
      if (request.headers['if-modified-since'] === dated['last-modified']) response.writeHead(304).end();
      else response.writeHead(200, dated).end(png);
    };
    const { source } = await fetcher().fetch(host.url(), null);
    expect(source.etag).toBeNull();
    expect(await outcome(fetcher(), host.url(), source)).toBe('unchanged');
  });

  it('is sent again if it came from another URL', async () => {
    host.answer = validating;
    const { source } = await fetcher().fetch(host.url('/a.png'), null);
    expect(await outcome(fetcher(), host.url('/b.png'), source)).toBe('ok');
  });

  it('is sent again after a redirect, because the target may have returned to an older picture', async () => {
    host.answer = (request, response) => {
      if (request.url === '/a.png') response.writeHead(302, { location: '/b.png' }).end();
      else void validating(request, response);
    };
    const { source } = await fetcher().fetch(host.url('/a.png'), null);
    expect(source).toEqual({ url: host.url('/a.png'), etag: null, lastModified: null });
    const before = { ...source, etag: headers.etag, lastModified: headers['last-modified'] };
    expect(await outcome(fetcher(), host.url('/a.png'), before)).toBe('ok');
  });

  it('is requested with its ETag on every attempt', async () => {
    respondInTurn(status(503), validating);
    const known = { url: host.url(), etag: headers.etag, lastModified: null };
    expect(await outcome(fetcher(), host.url(), known)).toBe('unchanged');
    expect(host.visits).toHaveLength(2);
  });

  it('is not accepted as unchanged from a host that was not asked to validate it', async () => {
    respondInTurn(status(304));
    const known = { url: host.url(), etag: null, lastModified: null };
    expect(await outcome(fetcher(), host.url(), known)).toContain('status 304');
  });
});

describe('a non-public address', () => {
  it.each(HOSTILE_HOSTS)('is refused: http://%s/', async (name) => {
    host.answer = picture;
    const strictFetcher = fetcher({ allowedHosts: [] });
    expect(await outcome(strictFetcher, `http://${name}/a.png`)).toContain('IMAGE_URL_REFUSED');
    expect(await outcome(strictFetcher, `http://${name}:${host.host.split(':')[1]}/a.png`)).toContain(
      'IMAGE_URL_REFUSED',
    );
    expect(host.visits).toEqual([]);
  });

  it.each(HOSTILE_ADDRESSES)('is refused: %j', async (url) => {
    expect(await outcome(fetcher(), url)).toContain('IMAGE_URL_REFUSED');
  });

  it('is refused if the name resolves to one at the second attempt', async () => {
    let lookups = 0;
    const resolve = (): Promise<ResolvedAddress[]> =>
      lookups++ === 0
        ? Promise.reject(Object.assign(new Error('try again'), { code: 'EAI_AGAIN' }))
        : Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const strictFetcher = fetcher({ resolve, allowedHosts: [] });
    expect(await outcome(strictFetcher, 'http://shop.example/a.png')).toContain('IMAGE_URL_REFUSED');
    expect(lookups).toBe(2);
  });

  it('is refused if the second attempt is redirected to one', async () => {
    respondInTurn(status(503), status(302, { location: 'http://[::ffff:127.0.0.1]/' }), picture);
    expect(await outcome(fetcher(), host.url())).toContain('IMAGE_URL_REFUSED');
    expect(host.visits).toHaveLength(2);
  });
});
