// The multipart reader, tested with malformed bodies.
import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { seededRandom } from '../../../src/domain/shared/random.js';
import { MultipartBody, type PartReader } from '../../../src/http/multipart.body.js';

const BOUNDARY = 'fitroom';
const WHOLE = Buffer.from(
  [
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{ __typename }"}\r\n`,
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="map"\r\n\r\n{"0":["variables.image"]}\r\n`,
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="0"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`,
    `${'x'.repeat(300)}\r\n--${BOUNDARY}--\r\n`,
  ].join(''),
);
/** Strings that a multipart parser reacts to. */
const TOKENS = [
  '\r\n',
  '\r\n\r\n',
  `--${BOUNDARY}`,
  `\r\n--${BOUNDARY}\r\n`,
  `\r\n--${BOUNDARY}--`,
  '\n',
  '\r',
  ':',
  ';',
  '\0',
  '"',
  'content-disposition: form-data; name="1"; filename="b"\r\n\r\n',
  'content-type: text/plain; charset=utf-16\r\n',
  'content-type: ;;;=\r\n',
  'content-transfer-encoding: base64\r\n',
  "name*=utf-8''x",
  'filename="',
  'x: y\r\n'.repeat(3_000),
];

const random = seededRandom(15);
const below = (n: number): number => Math.floor(random.next() * n);

function mutated(): Buffer {
  let body = WHOLE;
  for (let times = 1 + below(4); times > 0; times--) {
    const at = below(body.length);
    const [before, after] = [body.subarray(0, at), body.subarray(at)];
    const change = below(5);
    if (change === 0) body = Buffer.concat([before, after.subarray(1 + below(30))]);
    else if (change === 1) body = Buffer.concat([before, Buffer.from([below(256)]), after.subarray(1)]);
    else if (change === 2) body = before;
    else if (change === 3) body = Buffer.concat([before, body.subarray(below(at + 1))]);
    else body = Buffer.concat([before, Buffer.from(random.pick(TOKENS)), after]);
  }
  return body;
}

/** Sends a body in chunks. Returns one 'end' or 'fail' per final call of the reader. */
async function read(chunks: Buffer[], more: Partial<PartReader> = {}): Promise<string[]> {
  const raw = Object.assign(new PassThrough(), {
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  });
  const ends: string[] = [];
  await new Promise<void>((resolve) => {
    const limits = { maxBytes: 1_000_000, maxFieldBytes: 1_000, maxFileBytes: 100_000, maxParts: 10 };
    const body = new MultipartBody(raw as unknown as IncomingMessage, limits, {
      field: () => undefined,
      file: (_name: string, content: Readable) => content.resume(),
      end: () => resolve(void ends.push('end')),
      fail: () => resolve(void ends.push('fail')),
      ...more,
    });
    body.read();
    for (const chunk of chunks) raw.write(chunk);
    raw.end();
  });
  // waits for events that the parser still emits
  await new Promise(setImmediate);
  return ends;
}

describe('a multipart body', () => {
  it('ends exactly once or fails exactly once in each of 10,000 mutated forms', async () => {
    const counts: Record<string, number> = {};
    for (let i = 0; i < 10_000; i++) {
      const body = mutated();
      const cut = below(body.length + 1);
      const ends = await read([body.subarray(0, cut), body.subarray(cut)]);
      counts[ends.join()] = (counts[ends.join()] ?? 0) + 1;
    }
    expect(Object.keys(counts).sort()).toEqual(['end', 'fail']);
    expect(counts['fail']).toBeGreaterThan(1_000);
    expect(counts['end']).toBeGreaterThan(1_000);
  }, 60_000);

  it('yields the same parts for every split into chunks', async () => {
    const body = Buffer.from(WHOLE.toString().replace('a.jpg', '照片; x.jpg').replace('xxx', '\r\n--fitroo\r\n--\r'));
    const parts = async (chunks: Buffer[]): Promise<string[]> => {
      const seen: string[] = [];
      await read(chunks, {
        field: (name, value) => seen.push(`${name}=${value}`),
        file: (name, content) =>
          content.on('data', (chunk: Buffer) => (seen[2] = (seen[2] ?? `${name}:`) + chunk.toString('latin1'))),
      });
      return seen;
    };
    const whole = await parts([body]);
    expect(whole).toEqual([
      'operations={"query":"{ __typename }"}',
      'map={"0":["variables.image"]}',
      expect.any(String),
    ]);
    expect(whole[2]).toBe(`0:\r\n--fitroo\r\n--\r${'x'.repeat(297)}`);
    for (let cut = 1; cut < body.length; cut++) {
      const first = Math.max(1, cut - 3);
      const chunks = [body.subarray(0, first), body.subarray(first, cut), body.subarray(cut)];
      expect(await parts(chunks)).toEqual(whole);
    }
  });

  it('still ends when the reader destroys a file or a file is too large', async () => {
    const large = Buffer.from(WHOLE.toString().replace('xxx', 'x'.repeat(90_000)));
    expect(await read([large], { file: (_name, content) => content.destroy() })).toEqual(['end']);
    const tooLarge = Buffer.from(WHOLE.toString().replace('xxx', 'x'.repeat(110_000)));
    const failures: unknown[] = [];
    const file = (_name: string, content: Readable): void =>
      void content.on('error', ({ code }: { code?: string }) => failures.push(code)).resume();
    expect(await read([tooLarge], { file })).toEqual(['end']);
    expect(failures).toEqual(['IMAGE_TOO_LARGE']);
  });

  it('fails when the part reader throws', async () => {
    const refuse = (): never => {
      throw new Error('refused');
    };
    expect(await read([WHOLE], { field: refuse })).toEqual(['fail']);
    expect(await read([WHOLE], { file: refuse })).toEqual(['fail']);
  });
});
