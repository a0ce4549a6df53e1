// Multipart bodies: damaged parts, too many headers, fields, files and paths, in any order, with any end.
import fc from 'fast-check';
import { requireSound } from './answers.js';
import { Fault, fuzzKind, sizeUpTo, someCaller, type FuzzCaller, type FuzzKind } from './fuzz.case.js';
import { mutated, someMutations, type Mutation } from './mutations.js';
import { CLASSIFY } from './operations.js';
import { ask } from './raw.http.js';

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
  /** Whether operations, map and file stand at the beginning. */
  isWhole: boolean;
  /** Paths of the map to the one upload. */
  paths: number;
  /** Parts beside these, with whatever headers. */
  parts: { headers: string[]; body: string }[];
  /** Headers of one more part. */
  headers: number;
  /** Fields and files beside these. */
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

function bytesOf(given: Multipart): Buffer {
  const { boundary, isWhole, paths, fileBytes, isFileFirst } = given;
  const more = Array.from({ length: paths - 1 }, () => null);
  const operations = { query: CLASSIFY, variables: { image: { upload: null }, more } };
  const map = { 0: ['variables.image.upload', ...more.map((_, i) => `variables.more.${i}`)] };
  const file = part(['Content-Disposition: form-data; name="0"; filename="a.png"'], 'x'.repeat(fileBytes));
  const told = [field('operations', JSON.stringify(operations)), field('map', JSON.stringify(map))];
  const whole = isFileFirst ? [file, ...told] : [...told, file];
  const parts = [
    ...(isWhole ? whole : []),
    ...given.parts.map(({ headers, body }) => part(headers, body)),
    ...(given.headers > 0
      ? [
          part(
            Array.from({ length: given.headers }, (_, i) => `X-${i}: 1`),
            '',
          ),
        ]
      : []),
    ...Array.from({ length: given.fields }, (_, i) => field(`field-${i}`, '1')),
    ...Array.from({ length: given.files }, (_, i) =>
      part([`Content-Disposition: form-data; name="f${i}"; filename="b"`], 'y'),
    ),
  ];
  const text =
    parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('') + (given.isEnded ? `--${boundary}--\r\n` : '');
  return mutated(Buffer.from(text), given.changes);
}

const part = (headers: readonly string[], body: string): string => `${headers.join('\r\n')}\r\n\r\n${body}`;
const field = (name: string, body: string): string => part([`Content-Disposition: form-data; name="${name}"`], body);

const nothing: Multipart = {
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

/** A picture may stand in several places of an operation, but hardly in more. */
const MOST_PATHS = 8;

export const multipart: FuzzKind = fuzzKind({
  name: 'multipart',
  share: 18,
  arbitrary: multipartBody,
  known: {
    'a malformed part header': { ...nothing, parts: [{ headers: ['malformed'], body: '' }] },
    'a malformed part header behind a file': {
      ...nothing,
      isWhole: true,
      parts: [{ headers: ['malformed'], body: '' }],
    },
    '3,000 headers in a part': { ...nothing, headers: 3_000 },
    '3,000 headers in a part behind a file': { ...nothing, isWhole: true, headers: 3_000 },
    '1,000 paths to one upload': { ...nothing, isWhole: true, paths: 1_000 },
    'no end': { ...nothing, isWhole: true, isEnded: false },
  },
  isLarge: ({ fileBytes, isWhole }) => isWhole && fileBytes > 2_000_000,
  async run(given, { port, headersOf }) {
    const headers = {
      'content-type': `multipart/form-data; boundary="${given.boundary}"`,
      'apollo-require-preflight': 'true',
      ...headersOf(given.caller),
    };
    const answer = requireSound(await ask(port, { headers, body: bytesOf(given) }));
    if (given.isWhole && given.paths > MOST_PATHS && answer !== null && answer.status < 400)
      throw new Fault('A map with more than 8 paths to one upload is accepted.');
  },
});
