// Limits of an operation, with selections in every form that could evade them. No operation reaches a service.
import { pino } from 'pino';
import { createApollos } from '../../src/graphql/server/apollo.js';
import type { GraphQLContext } from '../../src/graphql/server/context.js';
import type { Services } from '../../src/services/services.js';
import { createLoaders } from '../../src/graphql/server/loaders.js';
import { DEPLOYMENT } from '../support/callers.js';
import { MAX_COST } from '../../src/graphql/cost.js';
import { MAX_DOCUMENT_LENGTH, MAX_TOKENS, SIZE_LIMITS } from '../../src/graphql/server/operation.size.js';

const logger = pino({ level: 'silent' });
const apollo = createApollos({ logger, observe: () => undefined }).DEPLOYMENT;
afterAll(() => apollo.stop());

/** Returns the code with which the schema refuses a query, or null if it would reach a service. */
async function refusalOf(
  query: string,
  variables: Record<string, unknown> = {},
  operationName?: string,
): Promise<string | null> {
  const services = {} as Services;
  const contextValue: GraphQLContext = {
    services,
    caller: DEPLOYMENT,
    store: { storeId: 'default' },
    loaders: createLoaders({ storeId: 'default' }, services),
    origin: 'http://shop.test',
    requestId: 'request-1',
    log: logger,
    trace: { name: null, type: null, errors: [] },
  };
  const { body } = await apollo.executeOperation({ query, variables, operationName }, { contextValue });
  const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
  const codes = errors.map(({ extensions }) => String(extensions?.['code']));
  return codes.find((code) => code !== 'INTERNAL_SERVER_ERROR') ?? null;
}

const times = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

/** Forms of a selection that could evade a limit. */
const FORMS: Record<string, (selection: string) => string> = {
  plain: (selection) => `{ ${selection} }`,
  'in a named fragment': (selection) => `{ ...F } fragment F on Query { ${selection} }`,
  'in an inline fragment': (selection) => `{ ... on Query { ${selection} } }`,
  'in nested fragments': (selection) =>
    `{ ...F } fragment F on Query { ... on Query { ...G } } fragment G on Query { ... { ${selection} } }`,
};

/** For each limit, a root selection of exactly a given size. `similar` can be nested to any depth. */
const SIZES: Record<string, { limit: number; selection: (size: number) => string }> = {
  depth: {
    limit: SIZE_LIMITS.depth,
    selection: (depth) =>
      `garment(sku: "a") { ${'similar(first: 1) { '.repeat(depth - 2)} id ${'}'.repeat(depth - 2)} }`,
  },
  aliases: { limit: SIZE_LIMITS.aliases, selection: (count) => `model { ${times(count, (i) => `a${i}: id`)} }` },
  'aliases of __typename': {
    limit: SIZE_LIMITS.aliases,
    selection: (count) => `model { ${times(count, (i) => `a${i}: __typename`)} }`,
  },
  directives: {
    limit: SIZE_LIMITS.directives,
    selection: (count) => `model { ${times(count, () => 'id @include(if: true)')} }`,
  },
  'directives of __typename': {
    limit: SIZE_LIMITS.directives,
    selection: (count) => `model { ${times(count, () => '__typename @skip(if: false)')} }`,
  },
  'root fields': {
    limit: SIZE_LIMITS.rootFields,
    selection: (count) => times(count, (i) => `r${i}: __typename`),
  },
  // without the 4 selections of the fragments around it
  selections: { limit: SIZE_LIMITS.selections - 4, selection: (count) => manySelections(count) },
};

/** Returns selections of different fields. GraphQL itself limits the merging of one repeated field. */
function manySelections(count: number): string {
  const scalars =
    'id sku title description brand category color material gender usage tags sizes inStock productUrl'.split(' ');
  const perLevel = scalars.length + 1;
  const levels = (left: number, depth: number): string => {
    if (left <= scalars.length || depth === 0) return scalars.slice(0, left).join(' ');
    return `${scalars.join(' ')} similar(first: 1) { ${levels(left - perLevel, depth - 1)} }`;
  };
  const perRoot = 13 * perLevel;
  return times(Math.ceil(count / perRoot), (i) => {
    const left = Math.min(perRoot, count - i * perRoot);
    return `r${i}: garment(sku: "a") { ${levels(left - 1, 14)} }`;
  });
}

describe.each(Object.entries(SIZES))('the limit of %s', (_name, { limit, selection }) => {
  it.each(Object.entries(FORMS))('a selection at the limit is accepted, %s', async (_form, wrap) => {
    expect(await refusalOf(wrap(selection(limit)))).toBeNull();
  });

  it.each(Object.entries(FORMS))('a selection above the limit is refused, %s', async (_form, wrap) => {
    expect(await refusalOf(wrap(selection(limit + 1 + (limit > 900 ? 4 : 0))))).toBe('QUERY_TOO_COMPLEX');
  });
});

describe('the limit of tokens', () => {
  it('a text with more tokens is refused', async () => {
    expect(await refusalOf(`{ ${'__typename '.repeat(MAX_TOKENS)} }`)).toBe('QUERY_TOO_COMPLEX');
  });

  it('a long string counts as one token', async () => {
    expect(await refusalOf(`{ garment(sku: "${'x'.repeat(90_000)}") { id } }`)).toBeNull();
  });
});

describe('the limit of characters', () => {
  const padded: Record<string, (text: string) => string> = {
    'a comment': (text) => `#${text}\n{ __typename }`,
    'a literal': (text) => `{ garment(sku: "${text}") { id } }`,
    'a block string': (text) => `{ garment(sku: """${text}""") { id } }`,
    'a name': (text) => `query ${text} { __typename }`,
  };

  it.each(Object.entries(padded))('the limit applies to %s', async (_form, wrap) => {
    const room = MAX_DOCUMENT_LENGTH - wrap('').length;
    expect(await refusalOf(wrap('x'.repeat(room)))).toBeNull();
    expect(await refusalOf(wrap('x'.repeat(room + 1)))).toBe('QUERY_TOO_COMPLEX');
  });
});

describe('the cost of an operation', () => {
  const page = (first: string): string =>
    `recommendOutfit(input: { text: "x" }) { garments(first: ${first}) { nodes { similar(first: 100) { id } } } }`;
  const upsert = 'mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { created } }';
  const garment = { sku: 'a', title: 'b', image: { sku: 'c' } };

  it.each(Object.entries(FORMS))('the cost is limited, %s', async (_form, wrap) => {
    expect(await refusalOf(wrap(page('20')))).toBeNull();
    expect(await refusalOf(wrap(page('100')))).toBe('QUERY_TOO_COMPLEX');
  });

  it('pages count with a size from a variable or a default', async () => {
    expect(await refusalOf(`query ($n: Int) { ${page('$n')} }`, { n: 100 })).toBe('QUERY_TOO_COMPLEX');
    expect(await refusalOf(`query ($n: Int = 100) { ${page('$n')} }`)).toBe('QUERY_TOO_COMPLEX');
  });

  it('only the named operation counts', async () => {
    const both = `query Small { ${page('5')} } query Large { ${page('100')} }`;
    expect(await refusalOf(both, {}, 'Small')).toBeNull();
    expect(await refusalOf(both, {}, 'Large')).toBe('QUERY_TOO_COMPLEX');
  });

  it('an upsert of 100 garments with pictures is accepted', async () => {
    expect(await refusalOf(upsert, { garments: Array.from({ length: 100 }, () => garment) })).toBeNull();
  });

  it('an upsert with more pictures than the limit is refused', async () => {
    const garments = Array.from({ length: Math.ceil(MAX_COST / 60) + 1 }, () => garment);
    expect(await refusalOf(upsert, { garments })).toBe('QUERY_TOO_COMPLEX');
  });

  it('an invalid argument cannot disable the cost count', async () => {
    const query = `query ($sku: String! = "a") { garment(sku: $sku) { id } ${page('100')} }`;
    expect(await refusalOf(query, { sku: null })).toBe('BAD_USER_INPUT');
  });
});

describe('a short text that expands to a large one', () => {
  const bomb = (levels: number): string =>
    `{ garment(sku: "a") { ...F0 } } ${times(levels, (i) => `fragment F${i} on Garment { ...F${i + 1} ...F${i + 1} }`)} fragment F${levels} on Garment { id }`;

  it('a text with nested fragments is refused within 100 ms', async () => {
    const query = bomb(24);
    expect(query.length).toBeLessThan(1200);
    const started = performance.now();
    expect(await refusalOf(query)).toBe('QUERY_TOO_COMPLEX');
    expect(performance.now() - started).toBeLessThan(100);
  });

  it('a text with nested fragments that nothing spreads is refused', async () => {
    expect(await refusalOf(bomb(24).replace('...F0', 'id'))).toBe('QUERY_TOO_COMPLEX');
  });

  it('a recursive fragment is refused as invalid', async () => {
    expect(await refusalOf('{ garment(sku: "a") { ...F } } fragment F on Garment { similar { ...F } }')).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
  });

  it('a text with one field a thousand times takes less than 100 ms', async () => {
    // the best of three runs, because other tests run at the same time
    const taken: number[] = [];
    for (let i = 0; i < 3; i++) {
      const started = performance.now();
      await refusalOf(`{ model { ${'id '.repeat(SIZE_LIMITS.selections - 2)} } }`);
      taken.push(performance.now() - started);
    }
    expect(Math.min(...taken)).toBeLessThan(100);
  });
});

describe('introspection', () => {
  it('introspection by the playground stays within every limit', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    expect(await refusalOf(getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true }))).toBeNull();
  });
});
