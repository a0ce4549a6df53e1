// Multipart bodies with damaged parts and with too many headers, fields, files or paths.
import fc from 'fast-check';
import { requireValid } from './answers.js';
import { Fault, fuzzKind, sizeUpTo, someCaller, type FuzzCaller, type FuzzKind } from './fuzz.case.js';
import { mutated, someMutations, type Mutation } from './mutations.js';
import { CLASSIFY } from './operations.js';
import { sendRequest } from './raw.http.js';

const HEADER_LINES = [
  'malformed',
  ': no name',
  'Content-Disposition',
  'Content-Disposition: form-data',
  'Content-Disposition: form-data; name=',
  'Content-Disposition: form-data; name="operations',
  'Content-Disposition: form-data; name="0"; filename="a.png"',
  'Content-Disposition: form-data; name="0"; filename*=utf-8\'\'%ff%',
  "Content-Disposition: form-data; name*=x''operations",
  'Content-Disposition: attachment; name="map"',
  'Content-Type: image/png; charset="',
  'Content-Transfer-Encoding: base64',
  'X: \0',
  ' folded: 1',
  '',
] as const;

interface Multipart {
  caller: FuzzCaller;
  boundary: string;
  /** True: operations, map and file are at the beginning. */
  isWhole: boolean;
  /** Number of paths in the map to the only upload. */
  paths: number;
  /** Further parts, with any headers. */
  parts: { headers: string[]; body: string }[];
  /** Number of headers of one further part. */
  headers: number;
  /** Number of further fields and files. */
  fields: number;
  files: number;
  fileBytes: number;
  isFileFirst: boolean;
  isEnded: boolean;
  changes: readonly Mutation[];
}

const multipartBody: fc.Arbitrary<Multipart> = fc.record({
  caller: someCaller,
  boundary: fc.constantFrom('x', 'boundary', '-'.repeat(60), "'()+_,-./:=?"),
  isWhole: fc.boolean(),
  paths: fc.oneof(fc.constant(1), sizeUpTo(20_000)),
  parts: fc.array(
    fc.record({ headers: fc.array(fc.constantFrom(...HEADER_LINES), { maxLength: 3 }), body: fc.string() }),
    {
      maxLength: 3,
    },
  ),
  headers: fc.oneof(fc.constant(0), sizeUpTo(20_000)),
  fields: fc.oneof(fc.constant(0), sizeUpTo(20_000)),
  files: fc.oneof(fc.constant(0), sizeUpTo(1_000)),
  fileBytes: sizeUpTo(12_000_000),
  isFileFirst: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  isEnded: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
  changes: someMutations,
});

function bytesOf(multipartCase: Multipart): Buffer {
  const { boundary, isWhole, paths, fileBytes, isFileFirst } = multipartCase;
  const unusedVariables = Array.from({ length: paths - 1 }, () => null);
  const operations = { query: CLASSIFY, variables: { image: { upload: null }, more: unusedVariables } };
  const map = { 0: ['variables.image.upload', ...unusedVariables.map((_, i) => `variables.more.${i}`)] };
  const file = part(['Content-Disposition: form-data; name="0"; filename="a.png"'], 'x'.repeat(fileBytes));
  const fields = [field('operations', JSON.stringify(operations)), field('map', JSON.stringify(map))];
  const leading = isFileFirst ? [file, ...fields] : [...fields, file];
  const parts = [
    ...(isWhole ? leading : []),
    ...multipartCase.parts.map(({ headers, body }) => part(headers, body)),
    ...(multipartCase.headers > 0
      ? [
          part(
            Array.from({ length: multipartCase.headers }, (_, i) => `X-${i}: 1`),
            '',
          ),
        ]
      : []),
    ...Array.from({ length: multipartCase.fields }, (_, i) => field(`field-${i}`, '1')),
    ...Array.from({ length: multipartCase.files }, (_, i) =>
      part([`Content-Disposition: form-data; name="f${i}"; filename="b"`], 'y'),
    ),
  ];
  const text =
    parts.map((partText) => `--${boundary}\r\n${partText}\r\n`).join('') +
    (multipartCase.isEnded ? `--${boundary}--\r\n` : '');
  return mutated(Buffer.from(text), multipartCase.changes);
}

const part = (headers: readonly string[], body: string): string => `${headers.join('\r\n')}\r\n\r\n${body}`;
const field = (name: string, body: string): string => part([`Content-Disposition: form-data; name="${name}"`], body);

const plain: Multipart = {
  caller: 'STOREFRONT',
  boundary: 'x',
  isWhole: false,
  paths: 1,
  parts: [],
  headers: 0,
  fields: 0,
  files: 0,
  fileBytes: 10,
  isFileFirst: false,
  isEnded: true,
  changes: [],
};

/**
 * Maximum number of paths to one upload that the server accepts. A picture may be used several times in an operation.
 */
const MAX_PATHS = 8;

export const multipart: FuzzKind = fuzzKind({
  name: 'multipart',
  share: 18,
  arbitrary: multipartBody,
  known: {
    'a malformed part header': { ...plain, parts: [{ headers: ['malformed'], body: '' }] },
    'a malformed part header after a file': {
      ...plain,
      isWhole: true,
      parts: [{ headers: ['malformed'], body: '' }],
    },
    '3,000 headers in a part': { ...plain, headers: 3_000 },
    '3,000 headers in a part after a file': { ...plain, isWhole: true, headers: 3_000 },
    '1,000 paths to one upload': { ...plain, isWhole: true, paths: 1_000 },
    'no final boundary': { ...plain, isWhole: true, isEnded: false },
  },
  isLarge: ({ fileBytes, isWhole }) => isWhole && fileBytes > 2_000_000,
  async run(input, { port, headersOf }) {
    const headers = {
      'content-type': `multipart/form-data; boundary="${input.boundary}"`,
      'apollo-require-preflight': 'true',
      ...headersOf(input.caller),
    };
    const response = requireValid(await sendRequest(port, { headers, body: bytesOf(input) }));
    if (input.isWhole && input.paths > MAX_PATHS && response !== null && response.status < 400)
      throw new Fault('A map with more than 8 paths to one upload is accepted.');
  },
});
