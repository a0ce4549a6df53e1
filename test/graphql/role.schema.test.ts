// What each role sees of the schema, and what it is told when it asks for more.
import { buildClientSchema, getIntrospectionQuery, graphql, printSchema, type IntrospectionQuery } from 'graphql';
import { pino } from 'pino';
import { API_KEY_ROLES, CALLER_ROLES, type ApiKeyRole, type CallerRole } from '../../src/domain/access/caller.js';
import { hasPermission, PERMISSIONS, rolesWith } from '../../src/domain/access/permissions.js';
import { createApollos } from '../../src/graphql/server/apollo.js';
import type { GraphQLContext } from '../../src/graphql/server/context.js';
import type { Services } from '../../src/services/services.js';
import { createLoaders } from '../../src/graphql/server/loaders.js';
import { permissionOf, schemaOf } from '../../src/graphql/server/permissions.js';
import { buildFitroomSchema, schemaText } from '../../src/graphql/server/schema.js';
import { callerWith, DEPLOYMENT } from '../support/callers.js';

const logger = pino({ level: 'silent' });
const whole = buildFitroomSchema();
const apollos = createApollos({ logger, observe: () => undefined });
afterAll(() => Promise.all(Object.values(apollos).map((apollo) => apollo.stop())));

/** Services that note that they were called. */
let called: string[] = [];
beforeEach(() => (called = []));
const services = new Proxy({} as Services, {
  get: (_services, service: string) =>
    new Proxy({}, { get: (_methods, method: string) => () => void called.push(`${service}.${method}`) }),
});

function contextOf(role: CallerRole): GraphQLContext {
  const caller = role === 'DEPLOYMENT' ? DEPLOYMENT : callerWith(role);
  const { store } = caller;
  const trace = { name: null, type: null, errors: [] };
  const loaders = createLoaders(store, services);
  return { services, caller, store, loaders, origin: 'http://shop.test', requestId: 'request-1', log: logger, trace };
}

async function ask(role: CallerRole, query: string, operationName?: string) {
  const contextValue = contextOf(role);
  const { body, http } = await apollos[role].executeOperation({ query, operationName }, { contextValue });
  if (body.kind !== 'single') throw new Error('the answer came in parts');
  const errors = body.singleResult.errors ?? [];
  const codes = errors.map(({ extensions }) => String(extensions?.['code']));
  return { data: body.singleResult.data, errors, codes, status: http.status, text: JSON.stringify(body.singleResult) };
}

async function introspected(role: CallerRole) {
  const { data } = await ask(role, getIntrospectionQuery());
  return buildClientSchema(data as unknown as IntrospectionQuery);
}

const READS = ['catalogFacets', 'classifyGarment', 'garment', 'garments', 'model', 'recommendOutfit'];
const INSPECTS = [
  'catalogImport',
  'experiments',
  'goldenQueries',
  'insights',
  'learnedRankings',
  'merchandisingRules',
  'reembedding',
];
const WRITES = [
  'cancelCatalogImport',
  'deleteGarments',
  'deleteMerchandisingRule',
  'endExperiment',
  'importCatalog',
  'learnLookWeights',
  'learnRanking',
  'pinGoldenQuery',
  'resetLookWeights',
  'saveExperiment',
  'saveMerchandisingRule',
  'unpinGoldenQuery',
  'upsertGarments',
  'useLearnedRanking',
];
const SWITCHES = ['endReembedding', 'finishReembedding', 'rollbackReembedding', 'startReembedding'];
const FEEDBACK = ['forgetShopper', 'recordFeedback'];
const ANALYSES = [
  'catalog',
  'catalogDoubts',
  'coverage',
  'drift',
  'embeddingMap',
  'engagement',
  'engagementByGarmentType',
  'engagementByRank',
  'goldenRuns',
  'modelHistory',
  'modelReport',
  'recommendation',
  'recommendations',
  'searchGaps',
];
const KEYS = ['createApiKey', 'revokeApiKey'];

/** All that a role hasPermission ask for at the root. What is new gets its line here, so that nobody opens it unawares. */
const ROOTS: Record<CallerRole, { query: string[]; mutation: string[]; insights: string[] }> = {
  STOREFRONT: { query: READS, mutation: FEEDBACK, insights: [] },
  MERCHANT: {
    query: [...READS, ...INSPECTS],
    mutation: [...WRITES, ...SWITCHES, ...FEEDBACK],
    insights: ['catalog', 'catalogDoubts'],
  },
  ANALYST: { query: [...READS, ...INSPECTS], mutation: [], insights: ANALYSES },
  ADMIN: {
    query: [...READS, 'apiKeys', ...INSPECTS],
    mutation: [...WRITES, ...SWITCHES, ...FEEDBACK, ...KEYS],
    insights: ANALYSES,
  },
  DEPLOYMENT: {
    query: [...READS, 'apiKeys', ...INSPECTS, 'stores'],
    mutation: [...WRITES, ...SWITCHES, ...FEEDBACK, ...KEYS, 'createStore', 'deleteStore'],
    insights: ANALYSES,
  },
};

describe('the permissions', () => {
  it('are needed by every field of Query, Mutation and Insights: nothing is open by omission', () => {
    const open = ['Query', 'Mutation', 'Insights'].flatMap((name) => {
      const type = whole.getType(name) as ReturnType<typeof whole.getQueryType>;
      const fields = Object.values(type!.getFields());
      return fields
        .filter((field) => !PERMISSIONS.includes(permissionOf(field)!))
        .map((field) => `${name}.${field.name}`);
    });
    expect(open).toEqual([]);
  });

  it('are each of use somewhere', () => {
    const types = Object.values(whole.getTypeMap()).flatMap((type) =>
      'getFields' in type && 'getInterfaces' in type ? Object.values(type.getFields()) : [],
    );
    const needed = new Set(types.map(permissionOf));
    expect(PERMISSIONS.filter((permission) => !needed.has(permission))).toEqual([]);
  });

  it('let no key manage stores, and none but an administrator’s make keys', () => {
    expect(rolesWith('stores:manage')).toEqual(['DEPLOYMENT']);
    expect(rolesWith('keys:manage')).toEqual(['ADMIN', 'DEPLOYMENT']);
  });

  it('let no role that changes nothing reach a mutation', () => {
    const mutations = Object.values(whole.getMutationType()!.getFields());
    for (const field of mutations) expect(hasPermission('ANALYST', permissionOf(field)!)).toBe(false);
  });
});

describe('introspection', () => {
  it.each(CALLER_ROLES)('shows %s exactly what it hasPermission ask for', async (role) => {
    const schema = await introspected(role);
    const fieldsOf = (name: string): string[] => {
      const type = schema.getType(name);
      return type && 'getFields' in type ? Object.keys(type.getFields()).sort() : [];
    };
    expect({ query: fieldsOf('Query'), mutation: fieldsOf('Mutation'), insights: fieldsOf('Insights') }).toEqual({
      query: [...ROOTS[role].query].sort(),
      mutation: [...ROOTS[role].mutation].sort(),
      insights: ROOTS[role].insights,
    });
  });

  const names = async (role: CallerRole) => Object.keys((await introspected(role)).getTypeMap());

  it('shows an analyst no mutation and none of its types', async () => {
    expect((await introspected('ANALYST')).getMutationType()).toBeFalsy();
    const found = await names('ANALYST');
    expect(found.filter((name) => /Payload|UserError|GarmentInput|ApiKey|^Store$|Mutation/.test(name))).toEqual([]);
    expect(found).toContain('Insights');
    expect((await ask('ANALYST', '{ __type(name: "Mutation") { name } }')).data).toEqual({ __type: null });
  });

  it('shows a storefront the mutations of its shoppers, and no type of merchants, analysts or keys', async () => {
    const found = await names('STOREFRONT');
    expect(found.filter((name) => /Payload$/.test(name))).toEqual(['RecordFeedbackPayload', 'ForgetShopperPayload']);
    expect(found.filter((name) => /GarmentInput|ApiKey|^Store$|Insights|RecommendationLog/.test(name))).toEqual([]);
  });

  it('names the rules behind a score to those who hasPermission see rules, and to no shopper', async () => {
    const detail = /type ScoreContribution [^}]*detail: String/;
    expect(printSchema(await introspected('MERCHANT'))).toMatch(detail);
    expect(printSchema(await introspected('STOREFRONT'))).not.toMatch(detail);
  });

  it('shows a merchant nothing of keys and stores', async () => {
    expect(printSchema(await introspected('MERCHANT'))).not.toMatch(/api ?key|createStore|type Store\b|ModelReport/i);
  });

  it('shows the deployment the whole schema', () => {
    expect(schemaText(schemaOf('DEPLOYMENT', whole))).toBe(schemaText(whole));
  });
});

/** Each with a field that a storefront's key hasPermission not ask for. */
const FORMS: Record<string, string> = {
  plain: 'mutation { deleteGarments(skus: ["a"]) { deletedSkus } }',
  'under an alias': 'mutation { model: deleteGarments(skus: ["a"]) { deletedSkus } }',
  'in a fragment': 'mutation { ...F } fragment F on Mutation { deleteGarments(skus: ["a"]) { deletedSkus } }',
  'in an inline fragment': 'mutation { ... on Mutation { ... { deleteGarments(skus: ["a"]) { deletedSkus } } } }',
  'in a fragment that nothing spreads':
    '{ model { id } } fragment F on Mutation { deleteGarments(skus: []) { deletedSkus } }',
  'beside what is open': 'query { model { id } insights { catalog { garments } } }',
  'behind a directive': '{ model { id } insights @include(if: false) { catalog { garments } } }',
  'with arguments that are wrong': 'mutation { deleteGarments(nonsense: 1) { nothing } }',
  'of a query': '{ apiKeys { id } }',
  'as a type condition': '{ model { ... on ApiKey { id } } }',
  'as the type of a fragment': '{ model { ...F } } fragment F on ApiKey { id }',
  'as an input type': 'query ($x: ExperimentInput) { model { id } }',
  'as an enum': 'query ($x: ApiKeyRole) { model { id } }',
  'of a type that the role sees':
    '{ recommendOutfit(input: { text: "x" }) { garments { edges { explanation { contributions { detail } } } } } }',
};

/** The same text with names that exist for nobody. */
const invented = (text: string): string =>
  text.replaceAll(/\b(deleteGarments|insights|apiKeys|ApiKey|ApiKeyRole|ExperimentInput|detail)\b/g, 'z$1');

describe('a role that asks for more', () => {
  it.each(Object.entries(FORMS))('gets the answer to an unknown name, with nothing done: %s', async (_form, query) => {
    const hidden = await ask('STOREFRONT', query);
    const unknown = await ask('STOREFRONT', invented(query));
    expect(new Set(hidden.codes)).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    expect(hidden.status).toBe(400);
    const withoutPlaces = (text: string) => text.replaceAll(/"column":\d+/g, '');
    expect(withoutPlaces(invented(hidden.text))).toBe(withoutPlaces(unknown.text));
    expect(unknown.status).toBe(400);
    expect(hidden.text).not.toMatch(/upsert|createApiKey|stores|FORBIDDEN/);
    expect(called).toEqual([]);
  });

  it('finds no hidden type by its name', async () => {
    const { data } = await ask('STOREFRONT', '{ __type(name: "ApiKey") { name } }');
    expect(data).toEqual({ __type: null });
  });

  it('is refused for a document whose other operation is not for it', async () => {
    const query = 'query Open { model { id } } query Closed { stores { id } }';
    expect((await ask('ADMIN', query, 'Open')).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('is refused again when the same text comes again, and others are not', async () => {
    const query = 'mutation { deleteGarments(skus: ["twice"]) { deletedSkus } }';
    expect((await ask('MERCHANT', query)).codes).not.toContain('GRAPHQL_VALIDATION_FAILED');
    for (let i = 0; i < 2; i++) expect((await ask('STOREFRONT', query)).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(called).toEqual(['catalog.delete']);
  });

  it('does nothing of an operation that is open in part', async () => {
    const query =
      'mutation { deleteGarments(skus: ["a"]) { deletedSkus } createApiKey(role: ADMIN, name: "x") { key } }';
    const { codes } = await ask('MERCHANT', query);
    expect(new Set(codes)).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    expect(called).toEqual([]);
  });

  it.each([
    ['a field that is none', '{ modle { id } }', /Cannot query field "modle".*"model"/],
    ['a field that is almost one of others', '{ apiKey { id } }', /^Cannot query field "apiKey" on type "Query"\.$/],
    [
      'a mutation that is none',
      'mutation { upsertGarment { created } }',
      /^Cannot query field "upsertGarment" on type "Mutation"\.$/,
    ],
    [
      'the type of a mutation',
      'query ($x: GarmentInput) { model { id } }',
      /Unknown type "GarmentInput"\.?( Did you mean "Garment|$)/,
    ],
    ['a subscription', 'subscription { garments }', /^There is no subscription/],
  ])('is told of %s that it is unknown', async (_what, query, message) => {
    const { codes, errors, text } = await ask('STOREFRONT', query);
    expect(new Set(codes)).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    expect(errors[0]!.message).toMatch(message);
    expect(text).not.toMatch(/upsertGarments|apiKeys|insights|MerchantGarment/);
  });

  it.each(API_KEY_ROLES)('of %s is stopped at the field itself where a schema let it through', async (role) => {
    const asked: Record<ApiKeyRole, string[]> = {
      STOREFRONT: ['mutation { deleteGarments(skus: ["a"]) { deletedSkus } }', '{ insights { catalog { garments } } }'],
      MERCHANT: ['mutation { revokeApiKey(id: "a") { revoked } }', '{ insights { modelReport { model } } }'],
      ANALYST: ['mutation { upsertGarments(garments: []) { created } }', '{ apiKeys { id } }'],
      ADMIN: ['mutation { createStore(id: "a", name: "a") { store { id } } }', '{ stores { id } }'],
    };
    for (const source of asked[role]) {
      const { errors } = await graphql({ schema: whole, source, contextValue: contextOf(role) });
      expect(errors?.map(({ originalError }) => originalError)).toEqual([
        expect.objectContaining({ code: 'FORBIDDEN' }),
      ]);
    }
    expect(called).toEqual([]);
  });
});
