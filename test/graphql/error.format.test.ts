// Errors as the client receives them: failing services and invalid variables.
import { randomBytes } from 'node:crypto';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { FitroomError } from '../../src/errors.js';
import { createApollos } from '../../src/graphql/server/apollo.js';
import type { GraphQLContext } from '../../src/graphql/server/context.js';
import type { Services } from '../../src/services/services.js';
import { createLoaders } from '../../src/graphql/server/loaders.js';
import { DEPLOYMENT } from '../support/callers.js';

const SECRET = 'postgres://fitroom:hunter2@10.0.0.7/shop';
const RECOMMEND = 'query Red($input: RecommendOutfitInput!) { recommendOutfit(input: $input) { id } }';

/** Runs a query on a schema whose services all fail with `failure`. */
async function askFailing(failure: unknown, query: string, variables: Record<string, unknown> = {}) {
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const fail = async (): Promise<never> => {
    throw failure;
  };
  const failing = { recommend: fail, page: fail, garmentsBySkus: fail, browse: fail, facets: fail, delete: fail };
  const services = { recommend: failing, catalog: failing, classify: failing, upserts: failing } as unknown as Services;
  const store = { storeId: 'default' };
  const contextValue: GraphQLContext = {
    services,
    caller: DEPLOYMENT,
    store,
    loaders: createLoaders(store, services),
    origin: 'http://shop.test',
    requestId: 'request-1',
    log: logger,
    trace: { name: null, type: null, errors: [] },
  };
  const apollo = createApollos({ logger, observe: () => undefined }).DEPLOYMENT;
  const { body, http } = await apollo.executeOperation({ query, variables }, { contextValue });
  await apollo.stop();
  if (body.kind !== 'single') throw new Error('the response has several parts');
  const errors: readonly GraphQLFormattedError[] = body.singleResult.errors ?? [];
  const retryAfter = http.headers.get('retry-after');
  return { error: errors[0]!, errors, retryAfter, text: JSON.stringify(body.singleResult), log: lines.join('') };
}

describe('an error in a response', () => {
  it.each([
    ['a database error', Object.assign(new Error(`syntax error at "select secret" in ${SECRET}`), { code: '42601' })],
    [
      'a file error',
      Object.assign(new Error("ENOENT: no such file, open '/srv/fitroom/model.onnx'"), { code: 'ENOENT' }),
    ],
    [
      'a library error with the code of a user error',
      new GraphQLError(SECRET, { extensions: { code: 'BAD_USER_INPUT', SECRET } }),
    ],
    ['a thrown string', SECRET],
    ['undefined', undefined],
  ])('the error for %s has only a code and a request ID', async (_name, failure) => {
    const { error, text } = await askFailing(failure, RECOMMEND, { input: { text: 'red dress' } });
    expect(error.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: 'request-1' });
    expect(error.message).toBe('The server failed. Its log has the reason under the request ID.');
    expect(text).not.toMatch(/select|hunter2|\/srv|stack|at .*\.ts/);
    expect(Buffer.byteLength(text)).toBeLessThan(2000);
  });

  it('the log has the reason with its stack, without the data of the client', async () => {
    const { log } = await askFailing(new Error(`broken: ${SECRET}`), RECOMMEND, {
      input: { text: 'my very private words' },
    });
    expect(log).toContain('broken: ');
    expect(log).toContain('error.format.test');
    expect(log).toContain('"operation":"Red"');
    expect(log).not.toContain('private words');
  });

  it('the error has code, message and argument of a failure that the client can fix', async () => {
    const failure = new FitroomError('IMAGE_URL_REFUSED', undefined, ['image', 'url']);
    const { error, log } = await askFailing(failure, RECOMMEND, { input: { text: 'x' } });
    expect(error.extensions).toEqual({
      code: 'IMAGE_URL_REFUSED',
      field: ['input', 'image', 'url'],
      requestId: 'request-1',
    });
    expect(error.path).toEqual(['recommendOutfit']);
    expect(log).toBe('');
  });

  it('the error names the argument that a validator refuses, without its value', async () => {
    const colors = Array.from({ length: 101 }, () => 'secret colour');
    const { error, text } = await askFailing(null, RECOMMEND, { input: { text: 'x', filter: { colors } } });
    expect(error.extensions).toMatchObject({ code: 'ARGUMENT_INVALID', field: ['input', 'filter', 'colors'] });
    expect(text).not.toContain('secret colour');
  });

  it.each(['catalogFacets(filter: $filter) { field }', 'garments(filter: $filter) { totalCount }'])(
    'the error names an argument outside an input object in %s',
    async (field) => {
      const filter = { brands: ['x'.repeat(201)] };
      const { error } = await askFailing(null, `query ($filter: GarmentFilter) { ${field} }`, { filter });
      expect(error.extensions).toMatchObject({ code: 'ARGUMENT_INVALID', field: ['filter', 'brands'] });
    },
  );

  it.each([
    [
      'a photo in place of a number',
      { text: 'x', diversity: randomBytes(300_000).toString('base64') },
      'input.diversity',
    ],
    [
      'an unknown enum value',
      { text: 'x', filter: { garmentTypes: ['SECRET'.repeat(1000)] } },
      'input.filter.garmentTypes[0]',
    ],
    ['a number that JSON reads as infinite', { text: 'x', diversity: JSON.parse('1e400') }, 'input.diversity'],
    ['a price with an exponent', { text: 'x', filter: { maxPrice: '1e400' } }, 'input.filter.maxPrice'],
    [
      'a price of 1,000,000 digits',
      { text: 'x', filter: { maxPrice: '9'.repeat(1_000_000) } },
      'input.filter.maxPrice',
    ],
    ['a list in a list', { text: 'x', filter: { colors: [['red']] } }, 'input.filter.colors[0]'],
    ['a key of 1,000,000 characters', { text: 'x', ['k'.repeat(1_000_000)]: 1 }, 'input'],
    ['a price as a number', { text: 'x', filter: { minPrice: 19.99 } }, 'input.filter.minPrice'],
    ['an upload without a file', { image: { upload: 'secret' } }, 'input.image.upload'],
    ['a string in place of an object', 'secret; at "input.text"; ', 'input'],
  ])('the error names the path of %s in the variables, without its value', async (_name, input, place) => {
    const { error, text } = await askFailing(null, RECOMMEND, { input });
    expect(error.extensions?.['code']).toBe('BAD_USER_INPUT');
    expect(error.message).toContain(`"${place}"`);
    expect(error.extensions?.['field']).toEqual(place.replace(/\[(\d+)\]/g, '.$1').split('.'));
    expect(Buffer.byteLength(text)).toBeLessThan(2000);
    expect(text).not.toContain('secret;');
  });

  it('an error of the query text has a position in the text, an error of a field only its path', async () => {
    const unknown = await askFailing(null, '{\n  nothing\n}');
    expect(unknown.error.locations).toEqual([{ line: 2, column: 3 }]);
    const failed = await askFailing(new Error('broken'), RECOMMEND, { input: { text: 'x' } });
    expect(failed.error).toMatchObject({ path: ['recommendOutfit'] });
    expect(failed.error.locations).toBeUndefined();
  });

  it('the error names the first of several invalid values, and suggests a name for a short one only', async () => {
    const filter = { garmentTypes: ['DRESS', 'DRES', 'SHIR'] };
    const { errors } = await askFailing(null, RECOMMEND, { input: { text: 'x', filter, colour: 1 } });
    expect(errors.map(({ message }) => message)).toEqual([
      'The variable is invalid at "input.filter.garmentTypes[1]": The value does not exist in "GarmentType" enum. Did you mean the enum value "DRESS"?',
    ]);
    const long = await askFailing(null, RECOMMEND, { input: { filter: { garmentTypes: ['DRES'.repeat(200)] } } });
    expect(long.error.message).toMatch(/The value does not exist in "GarmentType" enum\.$/);
  });

  it('the error names the first of several missing variables', async () => {
    const query = 'query ($a: String!, $b: String!) { a: garment(sku: $a) { sku } b: garment(sku: $b) { sku } }';
    const { errors } = await askFailing(null, query);
    expect(errors).toHaveLength(1);
    expect(errors[0]!.message).toBe('Variable "$a" of required type "String!" was not provided.');
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: ['a'] });
  });

  it.each([
    ['{ garments(first: ', 'GRAPHQL_PARSE_FAILED'],
    ['{ garment { sku } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query A { __typename } query B { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
    ['query ($sku: String!) { garment(sku: $sku) { sku } }', 'BAD_USER_INPUT'],
  ])('the error keeps the GraphQL code for %s', async (query, code) => {
    const { error } = await askFailing(null, query);
    expect(error.extensions).toMatchObject({ code, requestId: 'request-1' });
  });
});

it('the response of a busy server says when to try again', async () => {
  const variables = { input: { text: 'red' } };
  const busy = await askFailing(new FitroomError('SERVER_BUSY'), RECOMMEND, variables);
  expect(busy.error.extensions?.['code']).toBe('SERVER_BUSY');
  expect(busy.retryAfter).toBe('5');
  const away = await askFailing(new FitroomError('SERVICE_UNAVAILABLE'), RECOMMEND, variables);
  expect(away.retryAfter).toBeUndefined();
});
