// Unexpected failures while a request is handled.
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

describe('a handler', () => {
  it.each<[string, unknown]>([
    ['an error', new Error('secret')],
    ['null', null],
    ['undefined', undefined],
    ['a string', 'secret'],
    ['a cyclic object', cyclic],
    ['an error with an invalid status', Object.assign(new Error('secret'), { statusCode: 'secret' })],
    ['an error with a status out of range', Object.assign(new Error('secret'), { statusCode: 99_999 })],
    ['an error with status 200', Object.assign(new Error('secret'), { statusCode: 200 })],
    ['a system error', Object.assign(new Error('secret'), { code: 'EMFILE', syscall: 'open' })],
  ])('that throws %s causes an INTERNAL_SERVER_ERROR response', async (_name, thrown) => {
    failure = thrown;
    const body = '{"query":"{ __typename }"}';
    const graphqlResponse = fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    for (const response of [await graphqlResponse, await fetch(`${server.url}/images/default/1-000000000000.jpg`)]) {
      const text = await response.text();
      expect([response.status, text]).toEqual([500, expect.stringContaining('"INTERNAL_SERVER_ERROR"')]);
      expect(text).toContain(response.headers.get('x-request-id')!);
      expect(text).not.toContain('secret');
    }
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  });
});
