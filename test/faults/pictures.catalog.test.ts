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

/** 'ok', 'unchanged', or the code of the failure and its message. */
const outcome = (from: CatalogPictureFetcher, url: string, known: PictureSource | null = null): Promise<string> =>
  from.fetch(url, known).then(
    ({ bytes }) => (bytes === null ? 'unchanged' : 'ok'),
    ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
  );

const picture: PictureListener['answer'] = (_, response) =>
  response.writeHead(200, { 'content-type': 'image/png' }).end(png);

/** Answers with each of these in turn, and with the last of them for ever. */
function answerInTurn(...answers: PictureListener['answer'][]): void {
  host.answer = (request, response) => answers[Math.min(host.visits.length, answers.length) - 1]!(request, response);
}
const status =
  (code: number, headers: Record<string, string> = {}): PictureListener['answer'] =>
  (_, response) =>
    response.writeHead(code, headers).end();
const hangUp: PictureListener['answer'] = (request) => request.socket.destroy();
const silence: PictureListener['answer'] = () => undefined;

describe('a failure that may pass', () => {
  const passing: [how: string, answer: PictureListener['answer']][] = [
    ['too many requests', status(429)],
    ['a request timeout', status(408)],
    ['an error of the server', status(500)],
    ['a gateway without its server', status(502)],
    ['a server that is overloaded', status(503)],
    ['a connection that is reset', hangUp],
    ['silence', silence],
    [
      'a body that breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'image/png', 'content-length': '100000' });
        response.write(png, () => response.destroy());
      },
    ],
  ];

  it.each(passing)('is tried again: %s', async (_, answer) => {
    answerInTurn(answer, answer, picture);
    expect(await outcome(fetcher({ timeoutMs: answer === silence ? 500 : 5_000 }), host.url())).toBe('ok');
    expect(host.visits).toHaveLength(3);
  });

  it('is reported after the last try under its code, with how often it was tried', async () => {
    answerInTurn(status(503));
    expect(await outcome(fetcher(), host.url())).toBe(
      'IMAGE_URL_UNREACHABLE: The address answered with status 503. It was tried 4 times.',
    );
    expect(host.visits).toHaveLength(4);
  });

  it('is a resolver that asks to be asked again', async () => {
    let asked = 0;
    const resolve = (): Promise<ResolvedAddress[]> =>
      asked++ === 0
        ? Promise.reject(Object.assign(new Error('try again'), { code: 'EAI_AGAIN' }))
        : Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const name = `shop.example:${host.host.split(':')[1]}`;
    answerInTurn(picture);
    expect(await outcome(fetcher({ resolve, allowedHosts: [name] }), `http://${name}/a.png`)).toBe('ok');
  });

  it('is waited out with growing pauses', async () => {
    const at: number[] = [];
    host.answer = (_, response) => {
      at.push(performance.now());
      response.writeHead(503).end();
    };
    await outcome(fetcher({ pace: { firstDelayMs: 100 } }), host.url());
    const pauses = at.slice(1).map((time, i) => time - at[i]!);
    expect(pauses).toHaveLength(3);
    // jitter takes and gives, so only the sum is sure
    expect(pauses.reduce((a, b) => a + b, 0)).toBeGreaterThan(150);
  });
});

describe('a failure that stays', () => {
  it.each([
    [status(404), 'IMAGE_URL_UNREACHABLE: The address answered with status 404.'],
    [status(403), 'IMAGE_URL_UNREACHABLE: The address answered with status 403.'],
    [status(410), 'IMAGE_URL_UNREACHABLE: The address answered with status 410.'],
    [status(304), 'IMAGE_URL_UNREACHABLE: The address answered with status 304.'],
    [status(200, { 'content-type': 'image/svg+xml' }), 'IMAGE_FORMAT_UNSUPPORTED: '],
    [status(200, { 'content-type': 'text/html' }), 'IMAGE_URL_UNREACHABLE: '],
    [status(200, { 'content-type': 'image/png', 'content-length': '10000001' }), 'IMAGE_TOO_LARGE: '],
    [status(302, { location: 'http://169.254.169.254/' }), 'IMAGE_URL_REFUSED: '],
  ])('is asked for once (%#)', async (answer, failure) => {
    answerInTurn(answer);
    expect(await outcome(fetcher(), host.url())).toContain(failure);
    expect(host.visits).toHaveLength(1);
  });

  it('is a name that nobody knows', async () => {
    let asked = 0;
    const resolve = (): Promise<ResolvedAddress[]> => {
      asked += 1;
      return Promise.reject(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }));
    };
    expect(await outcome(fetcher({ resolve }), 'http://shop.example/a.png')).toContain('IMAGE_URL_UNREACHABLE');
    expect(asked).toBe(1);
  });
});

describe('a host that names a time', () => {
  it('is not asked before', async () => {
    const at: number[] = [];
    host.answer = (_, response) => {
      at.push(performance.now());
      if (at.length === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else response.writeHead(200, { 'content-type': 'image/png' }).end(png);
    };
    expect(await outcome(fetcher(), host.url())).toBe('ok');
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(990);
  });

  it('may name it as a date', async () => {
    const soon = new Date(Date.now() + 2_000).toUTCString();
    answerInTurn(status(503, { 'retry-after': soon }), picture);
    const started = performance.now();
    expect(await outcome(fetcher(), host.url())).toBe('ok');
    // a date has whole seconds
    expect(performance.now() - started).toBeGreaterThan(500);
  });

  it('is not asked again where it names a longer one than a call can wait', async () => {
    answerInTurn(status(429, { 'retry-after': '3600' }));
    expect(await outcome(fetcher(), host.url())).toBe('IMAGE_URL_UNREACHABLE: The address answered with status 429.');
    expect(host.visits).toHaveLength(1);
  });
});

describe('the time of one picture', () => {
  it('ends all tries together', async () => {
    answerInTurn(silence);
    const started = performance.now();
    const slow = fetcher({ timeoutMs: 200, pace: { limitMs: 700, retries: 100, failuresToRest: 100 } });
    expect(await outcome(slow, host.url())).toContain('did not answer with a picture within 0.7 seconds. It was tried');
    expect(performance.now() - started).toBeLessThan(2_000);
    const tried = host.visits.length;
    await pause(300);
    expect(host.visits).toHaveLength(tried);
  });

  it('does not run while it waits for its turn', async () => {
    host.answer = (request, response) => void setTimeout(() => picture(request, response), 150);
    const narrow = fetcher({ pace: { atOnce: 1, limitMs: 600 } });
    const outcomes = await Promise.all(Array.from({ length: 5 }, (_, i) => outcome(narrow, host.url(`/${i}.png`))));
    expect(outcomes).toEqual(Array(5).fill('ok'));
  });
});

describe('one host', () => {
  /** Answers after a while, and counts how many it had at once. */
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

  it('is asked for four pictures at once, whoever asks; another host beside it for four of its own', async () => {
    const other = await PictureListener.start();
    const counts = [countAtOnce(host), countAtOnce(other)];
    const both = fetcher({ allowedHosts: [host.host, other.host] });
    const calls = Array.from({ length: 3 }, (_, call) =>
      Promise.all(Array.from({ length: 10 }, (_, i) => outcome(both, (i % 2 ? host : other).url(`/${call}-${i}.png`)))),
    );
    expect((await Promise.all(calls)).flat()).toEqual(Array(30).fill('ok'));
    expect(counts.map(({ most }) => most)).toEqual([4, 4]);
    await other.stop();
  });

  it('is left alone after twelve failures in a row, and asked again later', async () => {
    answerInTurn(status(500));
    const tired = fetcher({ pace: { restMs: 300 } });
    for (let i = 0; i < 3; i++) await outcome(tired, host.url());
    expect(host.visits).toHaveLength(12);
    expect(await outcome(tired, host.url())).toBe(
      'IMAGE_URL_UNREACHABLE: The host failed 12 times in a row and is left alone for 0.3 seconds.',
    );
    expect(host.visits).toHaveLength(12);
    host.answer = picture;
    await pause(350);
    expect(await outcome(tired, host.url())).toBe('ok');
    expect(await outcome(tired, host.url())).toBe('ok');
  });

  it('does not tire of pictures that are not there', async () => {
    answerInTurn(status(404));
    const patient = fetcher();
    for (let i = 0; i < 15; i++) expect(await outcome(patient, host.url())).toContain('status 404');
    expect(host.visits).toHaveLength(15);
  });

  it('that is down holds nobody up who wants another host', async () => {
    const down = await PictureListener.start();
    down.answer = silence;
    host.answer = picture;
    const both = fetcher({ allowedHosts: [host.host, down.host], timeoutMs: 1_000 });
    const waiting = Array.from({ length: 20 }, () => outcome(both, down.url()));
    const started = performance.now();
    expect(await outcome(both, host.url())).toBe('ok');
    expect(performance.now() - started).toBeLessThan(950);
    const failures = await Promise.all(waiting);
    expect(failures.every((failure) => failure.startsWith('IMAGE_URL_UNREACHABLE'))).toBe(true);
    // three rounds of four and what was under way then, not twenty pictures of four tries
    expect(down.visits.length).toBeLessThanOrEqual(16);
    await down.stop();
  });
});

describe('a picture that is known', () => {
  const headers = { 'content-type': 'image/png', etag: '"v1"', 'last-modified': 'Mon, 02 Nov 2026 10:00:00 GMT' };
  /** Answers as a web server does that knows its pictures' validators. */
  const validating: PictureListener['answer'] = (request, response) => {
    if (request.headers['if-none-match'] === headers.etag) response.writeHead(304, headers).end();
    else response.writeHead(200, headers).end(png);
  };

  it('is not sent again by an address that knows that it is the same', async () => {
    host.answer = validating;
    const { source, bytes } = await fetcher().fetch(host.url('/a.png#front'), null);
    expect(bytes).not.toBeNull();
    expect(source).toEqual({ url: host.url('/a.png'), etag: '"v1"', lastModified: headers['last-modified'] });
    expect(await fetcher().fetch(host.url('/a.png'), source)).toEqual({ bytes: null, source });
  });

  it('is told by its date where there is no tag', async () => {
    host.answer = (request, response) => {
      const { etag: _, ...dated } = headers;
      if (request.headers['if-modified-since'] === dated['last-modified']) response.writeHead(304).end();
      else response.writeHead(200, dated).end(png);
    };
    const { source } = await fetcher().fetch(host.url(), null);
    expect(source.etag).toBeNull();
    expect(await outcome(fetcher(), host.url(), source)).toBe('unchanged');
  });

  it('is sent again where it came from another address', async () => {
    host.answer = validating;
    const { source } = await fetcher().fetch(host.url('/a.png'), null);
    expect(await outcome(fetcher(), host.url('/b.png'), source)).toBe('ok');
  });

  it('is sent again where the address redirects: the other one may have gone back to an older picture', async () => {
    host.answer = (request, response) => {
      if (request.url === '/a.png') response.writeHead(302, { location: '/b.png' }).end();
      else void validating(request, response);
    };
    const { source } = await fetcher().fetch(host.url('/a.png'), null);
    expect(source).toEqual({ url: host.url('/a.png'), etag: null, lastModified: null });
    const before = { ...source, etag: headers.etag, lastModified: headers['last-modified'] };
    expect(await outcome(fetcher(), host.url('/a.png'), before)).toBe('ok');
  });

  it('is asked for by its tag on every try', async () => {
    answerInTurn(status(503), validating);
    const known = { url: host.url(), etag: headers.etag, lastModified: null };
    expect(await outcome(fetcher(), host.url(), known)).toBe('unchanged');
    expect(host.visits).toHaveLength(2);
  });

  it('is not believed to be the same by an address that was not asked', async () => {
    answerInTurn(status(304));
    const known = { url: host.url(), etag: null, lastModified: null };
    expect(await outcome(fetcher(), host.url(), known)).toContain('status 304');
  });
});

describe('an address that leads anywhere but to a public host', () => {
  it.each(HOSTILE_HOSTS)('is refused: http://%s/', async (name) => {
    host.answer = picture;
    const from = fetcher({ allowedHosts: [] });
    expect(await outcome(from, `http://${name}/a.png`)).toContain('IMAGE_URL_REFUSED');
    expect(await outcome(from, `http://${name}:${host.host.split(':')[1]}/a.png`)).toContain('IMAGE_URL_REFUSED');
    expect(host.visits).toEqual([]);
  });

  it.each(HOSTILE_ADDRESSES)('is refused: %j', async (url) => {
    expect(await outcome(fetcher(), url)).toContain('IMAGE_URL_REFUSED');
  });

  it('is refused where a name turns to one before the second try', async () => {
    let asked = 0;
    const resolve = (): Promise<ResolvedAddress[]> =>
      asked++ === 0
        ? Promise.reject(Object.assign(new Error('try again'), { code: 'EAI_AGAIN' }))
        : Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const from = fetcher({ resolve, allowedHosts: [] });
    expect(await outcome(from, 'http://shop.example/a.png')).toContain('IMAGE_URL_REFUSED');
    expect(asked).toBe(2);
  });

  it('is refused where the second try is redirected to one', async () => {
    answerInTurn(status(503), status(302, { location: 'http://[::ffff:127.0.0.1]/' }), picture);
    expect(await outcome(fetcher(), host.url())).toContain('IMAGE_URL_REFUSED');
    expect(host.visits).toHaveLength(2);
  });
});
