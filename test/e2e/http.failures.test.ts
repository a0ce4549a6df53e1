// Unexpected failures inside the handling of one request: it is answered, and the others are left alone.
import { pino } from 'pino';
import { stubParts, withStubServer } from '../support/stub.server.js';

let failure: unknown;
const server = withStubServer({
  ...stubParts(pino({ level: 'silent' })),
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- libraries throw anything
  serve: () => Promise.reject(failure),
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- libraries throw anything
  catalog: { picture: () => Promise.reject(failure) },
});

const cyclic: { code: string; self?: unknown } = { code: 'E' };
cyclic.self = cyclic;

describe('a handler that throws', () => {
  it.each<[string, unknown]>([
    ['an error', new Error('secret')],
    ['null', null],
    ['undefined', undefined],
    ['a text', 'secret'],
    ['an object that holds itself', cyclic],
    ['an error of a status that is none', Object.assign(new Error('secret'), { statusCode: 'secret' })],
    ['an error of a status out of bounds', Object.assign(new Error('secret'), { statusCode: 99_999 })],
    ['an error that says it went well', Object.assign(new Error('secret'), { statusCode: 200 })],
    ['a system error', Object.assign(new Error('secret'), { code: 'EMFILE', syscall: 'open' })],
  ])('%s is answered as INTERNAL_SERVER_ERROR', async (_name, thrown) => {
    failure = thrown;
    const body = '{"query":"{ __typename }"}';
    const asked = fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    for (const response of [await asked, await fetch(`${server.url}/images/default/1-000000000000.jpg`)]) {
      const text = await response.text();
      expect([response.status, text]).toEqual([500, expect.stringContaining('"INTERNAL_SERVER_ERROR"')]);
      expect(text).toContain(response.headers.get('x-request-id')!);
      expect(text).not.toContain('secret');
    }
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  });
});
