// Hostile variables for every argument of the schema, and many values of the wrong form.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { buildSchema, getNamedType, getNullableType, isInputObjectType, isListType } from 'graphql';
import { PROJECT_ROOT } from '../../../src/config.js';
import { hostileVariables, operationsOf, type FieldCase, type Operation } from '../schema.fuzz.js';
import { requireResponse } from './answers.js';
import { fuzzKind, sizeUpTo, type FuzzCaller, type FuzzKind } from './fuzz.case.js';
import { PIXEL } from './operations.js';
import { sendRequest } from './raw.http.js';

const SKU = 'FR-DR-001';
const schema = buildSchema(readFileSync(join(PROJECT_ROOT, 'schema', 'schema.graphql'), 'utf8'));
const cases = operationsOf(schema, {
  'Query.garment.sku': SKU,
  'Query.classifyGarment.text': 'red dress',
  'FeedbackInput.sku': SKU,
  'FeedbackInput.kind': 'CLICK',
  'GoldenQueryInput.expectedSkus': [SKU],
  'GoldenQueryInput.text': 'red dress',
  'MerchandisingRuleInput.skus': [SKU],
  'ImageInput.sku': SKU,
  'GarmentInput.sku': 'fuzz',
  'GarmentInput.title': 'blue hat',
  'GarmentInput.image': { base64: PIXEL },
  'ExperimentInput.variants': [{ name: 'a' }, { name: 'b', settings: { diversity: 0.5 } }],
  'Mutation.createStore.id': 'fuzz',
});

/** Values of the wrong form with `size` parts. */
const FORMS = {
  'unknown keys': (size) => Object.fromEntries(parts(size, (i) => [`key${i}`, i])),
  'wrong elements': (size) => parts(size, (i) => ({ wrong: i })),
  'wrong texts': (size) => parts(size, (i) => `wrong ${i}`),
  'wrong numbers': (size) => parts(size, (i) => i + 0.5),
  nulls: (size) => parts(size, () => null),
  'nested lists': (size) => nested(size, (inner) => [inner]),
  'nested objects': (size) => nested(size, (inner) => ({ a: inner })),
  'a long text': (size) => 'x'.repeat(size),
  'a long number': (size) => '9'.repeat(size),
  hyphens: (size) => '-'.repeat(size),
  'lone surrogates': (size) => '\ud800'.repeat(size),
  words: (size) => parts(size, (i) => `w${i}`).join(' '),
} satisfies Record<string, (size: number) => unknown>;

const parts = <T>(size: number, item: (i: number) => T): T[] => Array.from({ length: size }, (_, i) => item(i));

/** Deepest nesting. Deeper bodies are tested in bodies.ts, because JSON.stringify is recursive. */
const DEEPEST = 2_000;

function nested(size: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let i = 0; i < Math.min(size, DEEPEST); i++) value = wrap(value);
  return value;
}

interface Variables {
  caller: FuzzCaller;
  name: string;
  operation: Operation;
  size: number;
}

const caller = fc.constantFrom<FuzzCaller>('STOREFRONT', 'DEPLOYMENT', 'DEPLOYMENT');

const arbitraries = new Map<FieldCase, fc.Arbitrary<Operation>>();

/**
 * Returns hostile operations for a position. Building the generator takes 20 ms, and each position is chosen hundreds
 * of times.
 */
function hostileAt(fieldCase: FieldCase): fc.Arbitrary<Operation> {
  const arbitrary = arbitraries.get(fieldCase) ?? hostileVariables(fieldCase);
  arbitraries.set(fieldCase, arbitrary);
  return arbitrary;
}

const hostile = fc
  .record({ caller, at: fc.constantFrom(...cases) })
  .chain(({ at, ...rest }) =>
    hostileAt(at).map((operation): Variables => ({ ...rest, name: at.name, operation, size: 1 })),
  );

const sized = fc
  .record({
    caller,
    at: fc.constantFrom(...cases),
    form: fc.constantFrom(...(Object.keys(FORMS) as (keyof typeof FORMS)[])),
    size: sizeUpTo(300_000),
  })
  .map(({ at, form, ...rest }): Variables => ({
    ...rest,
    name: `${at.name}: ${form}`,
    operation: { query: at.query, variables: placed(at, FORMS[form](rest.size)) },
  }));

function placed({ variables, place }: FieldCase, value: unknown): Record<string, unknown> {
  const copy = structuredClone(variables) as Record<string, unknown>;
  let at = copy as Record<string | number, unknown>;
  place.slice(0, -1).forEach((key, i) => {
    if (typeof at[key] !== 'object' || at[key] === null) at[key] = typeof place[i + 1] === 'number' ? [] : {};
    at = at[key] as Record<string | number, unknown>;
  });
  at[place.at(-1)!] = value;
  return copy;
}

/** Returns a case with a value of a form at the first position whose type matches. */
function known(form: keyof typeof FORMS, size: number, matches: (at: FieldCase) => boolean): Variables {
  const at = cases.find((candidate) => matches(candidate))!;
  const operation = { query: at.query, variables: placed(at, FORMS[form](size)) };
  return { caller: 'DEPLOYMENT', name: `${at.name}: ${form}`, operation, size };
}

function caseAt(name: string, value: unknown): Variables {
  const fieldCase = cases.find((candidate) => candidate.name === name);
  if (!fieldCase) throw new Error(`the schema has no ${name}`);
  const operation = { query: fieldCase.query, variables: placed(fieldCase, value) };
  return { caller: 'DEPLOYMENT', name, operation, size: 1 };
}

const isObject = ({ type }: FieldCase): boolean => isInputObjectType(getNullableType(type));
const isListOfObjects = ({ type }: FieldCase): boolean =>
  isListType(getNullableType(type)) && isInputObjectType(getNamedType(type));
const isListOf =
  (name: string) =>
  ({ type }: FieldCase): boolean =>
    isListType(getNullableType(type)) && getNamedType(type).name === name;

export const variables: FuzzKind = fuzzKind({
  name: 'variables',
  share: 23,
  arbitrary: fc.oneof({ weight: 3, arbitrary: hostile }, { weight: 1, arbitrary: sized }),
  known: {
    '10,000 unknown keys': known('unknown keys', 10_000, isObject),
    '30,000 unknown keys': known('unknown keys', 30_000, isObject),
    '100,000 wrong elements in place of texts': known('wrong elements', 100_000, isListOf('String')),
    '100,000 wrong elements in place of enums': known('wrong texts', 100_000, isListOf('GarmentType')),
    '100,000 wrong elements in place of objects': known('wrong elements', 100_000, isListOfObjects),
    'a search of 100 hyphens': caseAt('Query.garments(search)', '-'.repeat(100)),
    'a currency in lower case': caseAt('Query.garments(filter.currency)', 'eur'),
    'a price in a currency in lower case': caseAt('Mutation.upsertGarments(garments[].price.currency)', 'eur'),
    'a SKU with a lone surrogate': caseAt('Mutation.upsertGarments(garments[].sku)', 'SKU-\ud800'),
    'a text with a lone surrogate': caseAt('Query.recommendOutfit(input.text)', 'red \ud800 dress'),
    'a SKU with NUL': caseAt('Query.garment(sku)', 'a\0b'),
  },
  isLarge: ({ size }) => size > 2_000,
  async run({ caller, operation }, { port, headersOf }) {
    const headers = { 'content-type': 'application/json', ...headersOf(caller) };
    requireResponse(await sendRequest(port, { headers, body: JSON.stringify(operation) }));
  },
});
