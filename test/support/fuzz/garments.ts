// Upserts of good and hostile garments.
// A bad garment must not affect others, and a dry run must report the same errors as storing.
import fc from 'fast-check';
import { HOSTILE_VALUES } from '../hostile.values.js';
import { requireResponse } from './answers.js';
import { Fault, fuzzKind, type FuzzKind } from './fuzz.case.js';
import { PIXEL, UPSERT } from './operations.js';
import { sendRequest } from './raw.http.js';
import type { WatchedServer } from './watched.server.js';

const FIELDS = [
  'sku',
  'title',
  'brand',
  'category',
  'color',
  'description',
  'material',
  'usage',
  'productUrl',
] as const;
const LISTS = ['sizes', 'tags'] as const;
const HOSTILE_TEXTS = (HOSTILE_VALUES['String'] as unknown[]).filter(
  (value): value is string => typeof value === 'string' && value.length < 20_000,
);

type Garment = Record<string, unknown>;

const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  fc.string({ unit: 'binary' }),
);

const hostileGarment: fc.Arbitrary<Garment> = fc.oneof(
  fc.tuple(fc.constantFrom(...FIELDS), hostileText).map(([field, value]) => ({ [field]: value })),
  fc
    .tuple(fc.constantFrom(...LISTS), fc.array(hostileText, { maxLength: 30 }))
    .map(([field, value]) => ({ [field]: value })),
  hostileText.map((currency) => ({ price: { amount: '1.00', currency } })),
  fc
    .constantFrom(
      '0',
      '-1',
      '1e3',
      '0.001',
      '99999999999999999999',
      '9'.repeat(400),
      '1e400',
      '0.'.padEnd(200, '0') + '1',
    )
    .map((amount) => ({ price: { amount, currency: 'EUR' } })),
  hostileText.map((base64) => ({ image: { base64 } })),
  hostileText.map((sku) => ({ image: { sku } })),
);

interface Call {
  hostile: Garment[];
  good: number;
}

interface Outcome {
  created: number;
  updated: number;
  userErrors: { field: string[]; code: string }[];
}

let calls = 0;

/** Codes of legitimate refusals: a variable does not fit the schema, or the server is overloaded. */
const REFUSALS = ['BAD_USER_INPUT', 'SERVICE_UNAVAILABLE'];

/** Sends an upsert. Null if the whole call was refused for a legitimate reason. */
async function upsert(garments: Garment[], dryRun: boolean, server: WatchedServer): Promise<Outcome | null> {
  const headers = { 'content-type': 'application/json', ...server.headersOf('DEPLOYMENT') };
  const body = JSON.stringify({ query: UPSERT, variables: { garments, dryRun } });
  const response = requireResponse(await sendRequest(server.port, { headers, body }));
  if (response.codes.some((code) => REFUSALS.includes(code))) return null;
  const outcome = response.data?.['upsertGarments'] as Outcome | undefined;
  if (!outcome)
    throw new Fault(`One bad garment fails the whole call: ${response.codes.join()} ${response.messages.join()}`);
  return outcome;
}

const loneSurrogateSku = 'SKU-\ud800';

export const garments: FuzzKind = fuzzKind<Call>({
  name: 'garments',
  share: 4,
  arbitrary: fc.record({
    hostile: fc.array(hostileGarment, { minLength: 1, maxLength: 4 }),
    good: fc.integer({ min: 1, max: 3 }),
  }),
  known: {
    'a SKU with a lone surrogate': { hostile: [{ sku: loneSurrogateSku }], good: 2 },
    'a title with a lone surrogate': { hostile: [{ title: loneSurrogateSku }], good: 2 },
    'a tag with NUL': { hostile: [{ tags: ['a\0b'] }], good: 2 },
    'a currency in lower case': { hostile: [{ price: { amount: '1.00', currency: 'eur' } }], good: 2 },
  },
  isLarge: () => false,
  async run({ hostile, good }, server) {
    const call = ++calls;
    const goodGarment = (i: number): Garment => ({
      sku: `fuzz-${call}-${i}`,
      title: 'A shirt',
      image: { base64: PIXEL },
    });
    const inputs = [...hostile, ...Array.from({ length: good }, () => ({}))].map((fields, i) => ({
      ...goodGarment(i),
      ...fields,
    }));
    const preview = await upsert(inputs, true, server);
    const stored = await upsert(inputs, false, server);
    if (preview === null || stored === null) return;
    const goodGarmentError = stored.userErrors.find(({ field }) => Number(field[1]) >= hostile.length);
    if (goodGarmentError)
      throw new Fault(`A good garment is refused beside a bad one: ${JSON.stringify(goodGarmentError)}`);
    if (stored.created + stored.updated < good) throw new Fault('Good garments beside a bad one are not stored.');
    const reported = [preview, stored].map(({ userErrors }) =>
      JSON.stringify(userErrors.map(({ field, code }) => [...field, code])),
    );
    if (reported[0] !== reported[1])
      throw new Fault(`The dry run reports ${reported[0]}, storing reports ${reported[1]}.`);
  },
});
