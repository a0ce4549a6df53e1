// JSON bodies: damaged, deep, long, with wrong types, and with wrong headers.
import fc from 'fast-check';
import { requireResponse, requireValid } from './answers.js';
import { fuzzKind, sizeUpTo, someCaller, type FuzzCaller, type FuzzKind } from './fuzz.case.js';
import { mutated, someMutations, type Mutation } from './mutations.js';
import { VALID_OPERATIONS } from './operations.js';
import { sendRequest } from './raw.http.js';

const FORMS = [
  'valid',
  'wrong type',
  'nested lists',
  'nested objects',
  'keys',
  'long text',
  'array',
  'numbers',
] as const;

interface Body {
  caller: FuzzCaller;
  form: (typeof FORMS)[number];
  /** Index of the valid operation or the wrong value. */
  pick: number;
  size: number;
  place: 'query' | 'variables' | 'extensions' | 'operationName' | 'more';
  changes: readonly Mutation[];
  headers: Record<string, string>;
  isChunked: boolean;
}

const WRONG_VALUES: readonly unknown[] = [
  ...[0, -1, 1e308, true, '', 'x', null, [], [[]], {}, [null], { a: { b: [] } }, '\0', '\ud800', ['{ __typename }']],
  ...[
    { persistedQuery: null },
    { persistedQuery: { version: 1, sha256Hash: 'x' } },
    { persistedQuery: { version: '1' } },
  ],
  ...[{ persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } }, { __proto__: null, constructor: 1 }],
];

const HEADERS: readonly Record<string, string>[] = [
  { 'content-type': 'application/json' },
  { 'content-type': 'application/json' },
  { 'content-type': 'application/json' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'application/json; charset=x' },
  { 'content-type': 'application/graphql-response+json' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': '\u00ff' },
  { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  { 'content-type': 'application/json', accept: 'multipart/mixed' },
  { 'content-type': 'application/json', accept: 'text/event-stream' },
  {},
];

/** Largest body in bytes. The limit of the server is 16 MB, so some bodies exceed it. */
const LARGEST = 17_000_000;

const body: fc.Arbitrary<Body> = fc.record({
  caller: someCaller,
  form: fc.constantFrom(...FORMS),
  pick: fc.nat(100),
  size: sizeUpTo(LARGEST),
  place: fc.constantFrom('query', 'variables', 'extensions', 'operationName', 'more'),
  changes: someMutations,
  headers: fc.constantFrom(...HEADERS),
  isChunked: fc.boolean(),
});

function textOf({ form, pick, size, place }: Body): string {
  const operation = VALID_OPERATIONS[pick % VALID_OPERATIONS.length]!;
  const withValue = (value: string): string => {
    const otherEntries = Object.entries(operation).filter(([key]) => key !== place);
    return `${JSON.stringify(Object.fromEntries(otherEntries)).slice(0, -1)},"${place}":${value}}`;
  };
  switch (form) {
    case 'valid':
      return JSON.stringify(operation);
    case 'wrong type':
      return withValue(JSON.stringify(WRONG_VALUES[pick % WRONG_VALUES.length]));
    case 'nested lists':
      return withValue('['.repeat(size / 2) + ']'.repeat(size / 2));
    case 'nested objects':
      return withValue('{"a":'.repeat(size / 6) + '1' + '}'.repeat(size / 6));
    case 'keys':
      return withValue(`{${Array.from({ length: size / 14 }, (_, i) => `"key${i}":1`).join()}}`);
    case 'long text':
      return withValue(`"${(pick % 2 ? 'x' : '\\ud83d').repeat(size / (pick % 2 ? 1 : 6))}"`);
    case 'array':
      return `[${Array.from({ length: Math.max(1, Math.min(1_000, size / 300)) }, () => JSON.stringify(operation)).join()}]`;
    case 'numbers':
      return withValue(`[${'1e999,'.repeat(size / 6)}0]`);
  }
}

const plain = { changes: [], headers: { 'content-type': 'application/json' }, isChunked: false, pick: 0 };

export const bodies: FuzzKind = fuzzKind({
  name: 'bodies',
  share: 20,
  arbitrary: body,
  known: {
    'lists nested 7,000,000 deep': {
      ...plain,
      caller: 'STOREFRONT',
      form: 'nested lists',
      size: 14_000_000,
      place: 'variables',
    },
    'objects nested 2,000,000 deep': {
      ...plain,
      caller: 'STOREFRONT',
      form: 'nested objects',
      size: 12_000_000,
      place: 'variables',
    },
    '1,000,000 keys beside the query': {
      ...plain,
      caller: 'STOREFRONT',
      form: 'keys',
      size: 14_000_000,
      place: 'more',
    },
  },
  isLarge: ({ form, size }) => size > 500_000 && form !== 'valid' && form !== 'wrong type',
  async run(input, { port, headersOf }) {
    const { caller, headers, isChunked, changes } = input;
    const bytes = mutated(Buffer.from(textOf(input)), changes);
    const response = await sendRequest(port, { headers: { ...headers, ...headersOf(caller) }, body: bytes, isChunked });
    // If a large body is refused before it is read to its end, the response may be lost with the connection.
    const isRead = bytes.length <= 15_000_000 && /^application\/json/.test(headers['content-type'] ?? '');
    if (isRead || bytes.length < 64_000) requireResponse(response);
    else requireValid(response);
  },
});
