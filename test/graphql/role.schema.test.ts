// The schema of each role, and the errors for fields that a role does not have.
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

/** Methods of services that were called. */
let calledMethods: string[] = [];
beforeEach(() => (calledMethods = []));
const services = new Proxy({} as Services, {
  get: (_services, service: string) =>
    new Proxy({}, { get: (_methods, method: string) => () => void calledMethods.push(`${service}.${method}`) }),
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
  if (body.kind !== 'single') throw new Error('the response has several parts');
  const errors = body.singleResult.errors ?? [];
  const codes = errors.map(({ extensions }) => String(extensions?.['code']));
  return { data: body.singleResult.data, errors, codes, status: http.status, text: JSON.stringify(body.singleResult) };
}

async function introspectedSchema(role: CallerRole) {
  const { data } = await ask(role, getIntrospectionQuery());
  return buildClientSchema(data as unknown as IntrospectionQuery);
}

const READS = ['catalogFacets', 'classifyGarment', 'garment', 'garments', 'model', 'recommendOutfit'];
const INSPECT_FIELDS = [
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

/** Root fields of each role. A new field must be added here, so that no one grants access to it by accident. */
const ROOTS: Record<CallerRole, { query: string[]; mutation: string[]; insights: string[] }> = {
  STOREFRONT: { query: READS, mutation: FEEDBACK, insights: [] },
  MERCHANT: {
    query: [...READS, ...INSPECT_FIELDS],
    mutation: [...WRITES, ...SWITCHES, ...FEEDBACK],
    insights: ['catalog', 'catalogDoubts'],
  },
  ANALYST: { query: [...READS, ...INSPECT_FIELDS], mutation: [], insights: ANALYSES },
  ADMIN: {
    query: [...READS, 'apiKeys', ...INSPECT_FIELDS],
    mutation: [...WRITES, ...SWITCHES, ...FEEDBACK, ...KEYS],
    insights: ANALYSES,
  },
  DEPLOYMENT: {
    query: [...READS, 'apiKeys', ...INSPECT_FIELDS, 'stores'],
    mutation: [...WRITES, ...SWITCHES, ...FEEDBACK, ...KEYS, 'createStore', 'deleteStore'],
    insights: ANALYSES,
  },
};

describe('permissions', () => {
  it('every field of Query, Mutation and Insights needs a permission', () => {
    const withoutPermission = ['Query', 'Mutation', 'Insights'].flatMap((name) => {
      const type = whole.getType(name) as ReturnType<typeof whole.getQueryType>;
      const fields = Object.values(type!.getFields());
      return fields
        .filter((field) => !PERMISSIONS.includes(permissionOf(field)!))
        .map((field) => `${name}.${field.name}`);
    });
    expect(withoutPermission).toEqual([]);
  });

  it('every permission is used by a field', () => {
    const types = Object.values(whole.getTypeMap()).flatMap((type) =>
      'getFields' in type && 'getInterfaces' in type ? Object.values(type.getFields()) : [],
    );
    const needed = new Set(types.map(permissionOf));
    expect(PERMISSIONS.filter((permission) => !needed.has(permission))).toEqual([]);
  });

  it('no key can manage stores, and only an administrator key can manage keys', () => {
    expect(rolesWith('stores:manage')).toEqual(['DEPLOYMENT']);
    expect(rolesWith('keys:manage')).toEqual(['ADMIN', 'DEPLOYMENT']);
  });

  it('a role without write access reaches no mutation', () => {
    const mutations = Object.values(whole.getMutationType()!.getFields());
    for (const field of mutations) expect(hasPermission('ANALYST', permissionOf(field)!)).toBe(false);
  });
});

describe('introspection', () => {
  it.each(CALLER_ROLES)('introspection shows %s exactly its own fields', async (role) => {
    const schema = await introspectedSchema(role);
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

  const names = async (role: CallerRole) => Object.keys((await introspectedSchema(role)).getTypeMap());

  it('introspection shows an analyst no mutation and no mutation types', async () => {
    expect((await introspectedSchema('ANALYST')).getMutationType()).toBeFalsy();
    const found = await names('ANALYST');
    expect(found.filter((name) => /Payload|UserError|GarmentInput|ApiKey|^Store$|Mutation/.test(name))).toEqual([]);
    expect(found).toContain('Insights');
    expect((await ask('ANALYST', '{ __type(name: "Mutation") { name } }')).data).toEqual({ __type: null });
  });

  it('introspection shows a storefront only feedback mutations, and no types of merchants, analysts or keys', async () => {
    const found = await names('STOREFRONT');
    expect(found.filter((name) => /Payload$/.test(name))).toEqual(['RecordFeedbackPayload', 'ForgetShopperPayload']);
    expect(found.filter((name) => /GarmentInput|ApiKey|^Store$|Insights|RecommendationLog/.test(name))).toEqual([]);
  });

  it('introspection shows the rules behind a score only to roles that may read rules', async () => {
    const detail = /type ScoreContribution [^}]*detail: String/;
    expect(printSchema(await introspectedSchema('MERCHANT'))).toMatch(detail);
    expect(printSchema(await introspectedSchema('STOREFRONT'))).not.toMatch(detail);
  });

  it('introspection shows no keys and stores to a merchant', async () => {
    expect(printSchema(await introspectedSchema('MERCHANT'))).not.toMatch(
      /api ?key|createStore|type Store\b|ModelReport/i,
    );
  });

  it('introspection shows the whole schema to the deployment key', () => {
    expect(schemaText(schemaOf('DEPLOYMENT', whole))).toBe(schemaText(whole));
  });
});

/** Queries with a field that a storefront key does not have. */
const FORMS: Record<string, string> = {
  plain: 'mutation { deleteGarments(skus: ["a"]) { deletedSkus } }',
  'with an alias': 'mutation { model: deleteGarments(skus: ["a"]) { deletedSkus } }',
  'in a fragment': 'mutation { ...F } fragment F on Mutation { deleteGarments(skus: ["a"]) { deletedSkus } }',
  'in an inline fragment': 'mutation { ... on Mutation { ... { deleteGarments(skus: ["a"]) { deletedSkus } } } }',
  'in an unused fragment': '{ model { id } } fragment F on Mutation { deleteGarments(skus: []) { deletedSkus } }',
  'next to allowed fields': 'query { model { id } insights { catalog { garments } } }',
  'with a directive': '{ model { id } insights @include(if: false) { catalog { garments } } }',
  'with wrong arguments': 'mutation { deleteGarments(nonsense: 1) { nothing } }',
  'in a query': '{ apiKeys { id } }',
  'as a type condition': '{ model { ... on ApiKey { id } } }',
  'as the type of a fragment': '{ model { ...F } } fragment F on ApiKey { id }',
  'as an input type': 'query ($x: ExperimentInput) { model { id } }',
  'as an enum': 'query ($x: ApiKeyRole) { model { id } }',
  'on a type that the role has':
    '{ recommendOutfit(input: { text: "x" }) { garments { edges { explanation { contributions { detail } } } } } }',
};

/** Returns the same text with names that no role has. */
const invented = (text: string): string =>
  text.replaceAll(/\b(deleteGarments|insights|apiKeys|ApiKey|ApiKeyRole|ExperimentInput|detail)\b/g, 'z$1');

describe('a field outside the role', () => {
  it.each(Object.entries(FORMS))(
    'the field gets the same error as an unknown name and nothing runs: %s',
    async (_form, query) => {
      const hidden = await ask('STOREFRONT', query);
      const unknown = await ask('STOREFRONT', invented(query));
      expect(new Set(hidden.codes)).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
      expect(hidden.status).toBe(400);
      const withoutPlaces = (text: string) => text.replaceAll(/"column":\d+/g, '');
      expect(withoutPlaces(invented(hidden.text))).toBe(withoutPlaces(unknown.text));
      expect(unknown.status).toBe(400);
      expect(hidden.text).not.toMatch(/upsert|createApiKey|stores|FORBIDDEN/);
      expect(calledMethods).toEqual([]);
    },
  );

  it('a type outside the role is not found by its name', async () => {
    const { data } = await ask('STOREFRONT', '{ __type(name: "ApiKey") { name } }');
    expect(data).toEqual({ __type: null });
  });

  it('a document is refused if another of its operations is outside the role', async () => {
    const query = 'query Open { model { id } } query Closed { stores { id } }';
    expect((await ask('ADMIN', query, 'Open')).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('a text is refused every time for a role without the field, and runs for a role with it', async () => {
    const query = 'mutation { deleteGarments(skus: ["twice"]) { deletedSkus } }';
    expect((await ask('MERCHANT', query)).codes).not.toContain('GRAPHQL_VALIDATION_FAILED');
    for (let i = 0; i < 2; i++) expect((await ask('STOREFRONT', query)).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(calledMethods).toEqual(['catalog.delete']);
  });

  it('an operation that is only partly allowed does nothing', async () => {
    const query =
      'mutation { deleteGarments(skus: ["a"]) { deletedSkus } createApiKey(role: ADMIN, name: "x") { key } }';
    const { codes } = await ask('MERCHANT', query);
    expect(new Set(codes)).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    expect(calledMethods).toEqual([]);
  });

  it.each([
    ['an unknown field', '{ modle { id } }', /Cannot query field "modle".*"model"/],
    [
      'a field with a name close to a hidden one',
      '{ apiKey { id } }',
      /^Cannot query field "apiKey" on type "Query"\.$/,
    ],
    [
      'an unknown mutation',
      'mutation { upsertGarment { created } }',
      /^Cannot query field "upsertGarment" on type "Mutation"\.$/,
    ],
    [
      'the input type of a mutation',
      'query ($x: GarmentInput) { model { id } }',
      /Unknown type "GarmentInput"\.?( Did you mean "Garment|$)/,
    ],
    ['a subscription', 'subscription { garments }', /^This schema has no subscription fields/],
  ])('the error for %s does not reveal hidden names', async (_what, query, message) => {
    const { codes, errors, text } = await ask('STOREFRONT', query);
    expect(new Set(codes)).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    expect(errors[0]!.message).toMatch(message);
    expect(text).not.toMatch(/upsertGarments|apiKeys|insights|MerchantGarment/);
  });

  it.each(API_KEY_ROLES)('the field itself checks the permission of %s if a schema lets it through', async (role) => {
    const forbidden: Record<ApiKeyRole, string[]> = {
      STOREFRONT: ['mutation { deleteGarments(skus: ["a"]) { deletedSkus } }', '{ insights { catalog { garments } } }'],
      MERCHANT: ['mutation { revokeApiKey(id: "a") { revoked } }', '{ insights { modelReport { model } } }'],
      ANALYST: ['mutation { upsertGarments(garments: []) { created } }', '{ apiKeys { id } }'],
      ADMIN: ['mutation { createStore(id: "a", name: "a") { store { id } } }', '{ stores { id } }'],
    };
    for (const source of forbidden[role]) {
      const { errors } = await graphql({ schema: whole, source, contextValue: contextOf(role) });
      expect(errors?.map(({ originalError }) => originalError)).toEqual([
        expect.objectContaining({ code: 'FORBIDDEN' }),
      ]);
    }
    expect(calledMethods).toEqual([]);
  });
});
