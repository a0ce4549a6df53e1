// Every limit in every form that could hide a selection from it. No operation gets as far as a service.
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

/** What the schema says to a query: the code that it refuses it with, or null where it goes on to the (absent) services. */
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

/** The forms in which a selection can be hidden from a limit. */
const FORMS: Record<string, (selection: string) => string> = {
  plain: (selection) => `{ ${selection} }`,
  'in a named fragment': (selection) => `{ ...F } fragment F on Query { ${selection} }`,
  'in an inline fragment': (selection) => `{ ... on Query { ${selection} } }`,
  'in fragments in fragments': (selection) =>
    `{ ...F } fragment F on Query { ... on Query { ...G } } fragment G on Query { ... { ${selection} } }`,
};

/** For each limit a selection at the root of just that size. Garments are similar to garments, as deep as one likes. */
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
  'fields at the root': {
    limit: SIZE_LIMITS.rootFields,
    selection: (count) => times(count, (i) => `r${i}: __typename`),
  },
  // less 4 for the fragments around it
  selections: { limit: SIZE_LIMITS.selections - 4, selection: (count) => manySelections(count) },
};

/** Selections of which no two are of one field: merging the same field over and over has a limit of GraphQL's own. */
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
  it.each(Object.entries(FORMS))('lets through what just keeps it, %s', async (_form, wrap) => {
    expect(await refusalOf(wrap(selection(limit)))).toBeNull();
  });

  it.each(Object.entries(FORMS))('refuses what goes beyond it, %s', async (_form, wrap) => {
    expect(await refusalOf(wrap(selection(limit + 1 + (limit > 900 ? 4 : 0))))).toBe('QUERY_TOO_COMPLEX');
  });
});

describe('the limit of tokens', () => {
  it('refuses a text with more of them', async () => {
    expect(await refusalOf(`{ ${'__typename '.repeat(MAX_TOKENS)} }`)).toBe('QUERY_TOO_COMPLEX');
  });

  it('counts a long string as one', async () => {
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

  it.each(Object.entries(padded))('holds for %s', async (_form, wrap) => {
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

  it.each(Object.entries(FORMS))('is bounded, %s', async (_form, wrap) => {
    expect(await refusalOf(wrap(page('20')))).toBeNull();
    expect(await refusalOf(wrap(page('100')))).toBe('QUERY_TOO_COMPLEX');
  });

  it('counts pages whose size is a variable or a default', async () => {
    expect(await refusalOf(`query ($n: Int) { ${page('$n')} }`, { n: 100 })).toBe('QUERY_TOO_COMPLEX');
    expect(await refusalOf(`query ($n: Int = 100) { ${page('$n')} }`)).toBe('QUERY_TOO_COMPLEX');
  });

  it('counts only the operation that is asked for', async () => {
    const both = `query Small { ${page('5')} } query Large { ${page('100')} }`;
    expect(await refusalOf(both, {}, 'Small')).toBeNull();
    expect(await refusalOf(both, {}, 'Large')).toBe('QUERY_TOO_COMPLEX');
  });

  it('lets through 100 garments with pictures in one upsert', async () => {
    expect(await refusalOf(upsert, { garments: Array.from({ length: 100 }, () => garment) })).toBeNull();
  });

  it('refuses more pictures than one call stores', async () => {
    const garments = Array.from({ length: Math.ceil(MAX_COST / 60) + 1 }, () => garment);
    expect(await refusalOf(upsert, { garments })).toBe('QUERY_TOO_COMPLEX');
  });

  it('cannot be dodged by an argument that breaks the counting', async () => {
    const query = `query ($sku: String! = "a") { garment(sku: $sku) { id } ${page('100')} }`;
    expect(await refusalOf(query, { sku: null })).toBe('BAD_USER_INPUT');
  });
});

describe('a small text that unfolds to a large one', () => {
  const bomb = (levels: number): string =>
    `{ garment(sku: "a") { ...F0 } } ${times(levels, (i) => `fragment F${i} on Garment { ...F${i + 1} ...F${i + 1} }`)} fragment F${levels} on Garment { id }`;

  it('is refused within 100 ms', async () => {
    const query = bomb(24);
    expect(query.length).toBeLessThan(1200);
    const started = performance.now();
    expect(await refusalOf(query)).toBe('QUERY_TOO_COMPLEX');
    expect(performance.now() - started).toBeLessThan(100);
  });

  it('is refused where nothing spreads it', async () => {
    expect(await refusalOf(bomb(24).replace('...F0', 'id'))).toBe('QUERY_TOO_COMPLEX');
  });

  it('that spreads itself is refused as invalid', async () => {
    expect(await refusalOf('{ garment(sku: "a") { ...F } } fragment F on Garment { similar { ...F } }')).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
  });

  it('of one field a thousand times over is refused or answered within 100 ms', async () => {
    // the best of three, since other tests run beside
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
  it('as the playground asks for it keeps every limit', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    expect(await refusalOf(getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true }))).toBeNull();
  });
});
