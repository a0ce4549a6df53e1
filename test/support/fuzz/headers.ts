// Request lines and headers: malformed, too long, too many, repeated, and with unexpected values.
import fc from 'fast-check';
import { requireValid } from './answers.js';
import { Fault, fuzzKind, sizeUpTo, someCaller, type FuzzCaller, type FuzzKind } from './fuzz.case.js';
import { mutated, someMutations, type Mutation } from './mutations.js';
import { exchange } from './raw.http.js';

const METHODS = [
  'GET',
  'GET',
  'GET',
  'HEAD',
  'POST',
  'OPTIONS',
  'PUT',
  'DELETE',
  'PATCH',
  'TRACE',
  'PROPFIND',
  'NONE',
  'get',
  '',
] as const;
const PATHS = [
  ...[
    '/',
    '/graphql',
    '/graphql?query={__typename}',
    '/health/live',
    '/health/ready',
    '/metrics',
    '/playground',
    '/insights',
  ],
  ...[
    '/images/default/1-000000000000.jpg',
    '/images/default/1-000000000000.jpg?width=-1',
    '/images/%00/x',
    '/images/../../etc/passwd',
  ],
  ...[
    '/looks/default/1',
    '/looks/%ff',
    '/%',
    '/%ff%fe',
    '/%E0%A4%A',
    '//',
    '/../..',
    '/graphql/%2e%2e',
    '*',
    'http://[::1',
    'x',
    '',
  ],
  ...[
    '/graphql?query=%',
    '/graphql?query=%ff&variables={',
    '/graphql?query={__typename}&variables=[[',
    '/graphql?__proto__=1',
    '/?a[b]=c',
  ],
  ...[
    '/images/default/99999999999999999999-000000000000.jpg',
    '/pages/assets/none.js',
    '/graphql?extensions={"persistedQuery":1}',
  ],
] as const;
const NAMES = [
  ...[
    'host',
    'authorization',
    'x-fitroom-store',
    'x-request-id',
    'content-type',
    'content-length',
    'transfer-encoding',
    'expect',
  ],
  ...[
    'connection',
    'upgrade',
    'if-none-match',
    'traceparent',
    'tracestate',
    'accept',
    'accept-encoding',
    'origin',
    'cookie',
    'range',
  ],
  ...[
    'x-forwarded-for',
    'x-forwarded-host',
    'access-control-request-method',
    'apollo-require-preflight',
    'idempotency-key',
    'te',
    '',
  ],
] as const;
const VALUES = [
  ...[
    '',
    ' ',
    'x',
    '0',
    '-1',
    '1e9',
    '99999999999999999999',
    'chunked',
    'chunked, chunked',
    'gzip',
    '*',
    '"',
    '"a", W/"b"',
    'null',
  ],
  ...[
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Basic eDp5',
    'default',
    'nobody',
    '../default',
    'https://a.example',
    'a:b:c',
    '[',
    'a b',
    '%',
  ],
  ...[
    '\u00ff\u00fe',
    '\0',
    '\u0001',
    '\t',
    'websocket',
    'h2c',
    '100-continue',
    '200-maybe',
    'application/json;q=',
    'bytes=0-1',
  ],
  ...[
    '00-00000000000000000000000000000000-0000000000000000-00',
    '00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-01',
  ],
] as const;

/** Time that a case waits while the server waits for more data. */
const WAITS_MS = 1_000;

interface Head {
  caller: FuzzCaller;
  method: string;
  path: string;
  pathLength: number;
  headers: [name: string, value: string][];
  /** Number of further headers, and length of one long header. */
  count: number;
  length: number;
  body: string;
  changes: readonly Mutation[];
}

const head: fc.Arbitrary<Head> = fc.record({
  caller: someCaller,
  method: fc.constantFrom(...METHODS),
  path: fc.constantFrom(...PATHS),
  pathLength: fc.oneof(fc.constant(0), sizeUpTo(100_000)),
  headers: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES)), { maxLength: 4 }),
  count: fc.oneof(fc.constant(0), sizeUpTo(5_000)),
  length: fc.oneof(fc.constant(0), sizeUpTo(1_000_000)),
  body: fc.constantFrom('', '', '{', '{"query":"{__typename}"}', '0\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n'),
  changes: someMutations,
});

function bytesOf(requestHead: Head, ofCaller: Record<string, string>): Buffer {
  const { method, path, pathLength, headers, count, length, body, changes } = requestHead;
  const lines = [
    `${method} ${path}${'a'.repeat(pathLength)} HTTP/1.1`,
    ...(headers.some(([name]) => name === 'host') ? [] : ['host: fuzz.example']),
    'connection: close',
    ...Object.entries(ofCaller).map(([name, value]) => `${name}: ${value}`),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body && !headers.some(([name]) => name === 'content-length') ? [`content-length: ${body.length}`] : []),
    ...Array.from({ length: count }, (_, i) => `x-${i}: 1`),
    ...(length > 0 ? [`x-long: ${'x'.repeat(length)}`] : []),
  ];
  return mutated(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1'), changes);
}

const plain: Head = {
  caller: 'NOBODY',
  method: 'GET',
  path: '/health/live',
  pathLength: 0,
  headers: [],
  count: 0,
  length: 0,
  body: '',
  changes: [],
};

export const headers: FuzzKind = fuzzKind<Head>({
  name: 'headers',
  share: 13,
  arbitrary: head,
  known: {
    'a malformed path': { ...plain, path: '/%' },
    'a malformed path of a picture': { ...plain, path: '/images/../../etc/passwd' },
    'a header of 100,000 characters': { ...plain, length: 100_000 },
    'a path of 100,000 characters': { ...plain, pathLength: 100_000 },
    '5,000 headers': { ...plain, count: 5_000 },
    'two different lengths': {
      ...plain,
      method: 'POST',
      headers: [
        ['content-length', '0'],
        ['content-length', '99999999999999999999'],
      ],
    },
  },
  isLarge: () => false,
  async run(requestHead, { port, headersOf }) {
    const noBody = requestHead.method === 'HEAD';
    const response = await exchange(port, bytesOf(requestHead, headersOf(requestHead.caller)), {
      noBody,
      withinMs: WAITS_MS,
    });
    // A damaged head may announce a body that is never sent.
    if (response === 'silent') return;
    if (!noBody || response === null) requireValid(response);
    else if (response.status === 500) throw new Fault('The response to HEAD has the status 500.');
  },
});
