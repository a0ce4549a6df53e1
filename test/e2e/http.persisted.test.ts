// Persisted queries, queries by GET, and the caching headers of their responses, over HTTP.
import { createHash } from 'node:crypto';
import { withApp } from '../support/app.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const ADMIN_KEY = 'the-deployments-own-key';
const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, adminKey: ADMIN_KEY } });

interface QueryResponse {
  status: number;
  headers: Headers;
  data?: Record<string, unknown> | null;
  code?: string;
}

const hashOf = (query: string): string => createHash('sha256').update(query).digest('hex');
const persisted = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

async function parse(response: Response): Promise<QueryResponse> {
  const { status, headers } = response;
  const text = await response.text();
  const { data, errors } = (text === '' ? {} : JSON.parse(text)) as {
    data?: QueryResponse['data'];
    errors?: { extensions: { code: string } }[];
  };
  return { status, headers, data, code: errors?.[0]?.extensions.code };
}

async function post(body: object, key = ADMIN_KEY): Promise<QueryResponse> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  return parse(await fetch(`${server.app.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function get(parameters: Record<string, unknown>, headers: Record<string, string> = {}): Promise<QueryResponse> {
  const address = new URL('/graphql', server.app.url);
  for (const [name, value] of Object.entries(parameters)) {
    address.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const defaults = { authorization: `Bearer ${ADMIN_KEY}`, 'apollo-require-preflight': '1' };
  return parse(await fetch(address, { headers: { ...defaults, ...headers } }));
}

async function keyOf(role: string): Promise<string> {
  const query = 'mutation ($role: ApiKeyRole!) { createApiKey(role: $role, name: "pages") { key } }';
  const { data } = await post({ query, variables: { role } });
  return (data!['createApiKey'] as { key: string }).key;
}

describe('a persisted query', () => {
  it('is answered by POST and GET after the server has received its full text once', async () => {
    const query = '{ garments(first: 1) { totalCount } }';
    const extensions = persisted(hashOf(query));
    expect(await post({ extensions })).toMatchObject({ status: 200, code: 'PERSISTED_QUERY_NOT_FOUND' });
    expect(await get({ extensions })).toMatchObject({ status: 200, code: 'PERSISTED_QUERY_NOT_FOUND' });
    const expected = { data: { garments: { totalCount: 0 } } };
    expect(await post({ query, extensions })).toMatchObject(expected);
    expect(await post({ extensions })).toMatchObject(expected);
    expect(await get({ extensions })).toMatchObject(expected);
  });

  it('can be registered by GET too, with variables', async () => {
    const query = 'query Page($first: Int) { garments(first: $first) { nodes { sku } } }';
    const extensions = persisted(hashOf(query));
    const variables = { first: 2 };
    expect(await get({ query, variables, extensions })).toMatchObject({ data: { garments: { nodes: [] } } });
    expect(await get({ variables, extensions })).toMatchObject({ data: { garments: { nodes: [] } } });
    expect(await get({ variables: { first: 101 }, extensions })).toMatchObject({ code: 'PAGE_SIZE_INVALID' });
  });

  it('is not stored under the hash of another query', async () => {
    const extensions = persisted(hashOf('{ model { id } }'));
    const response = await post({ query: '{ garments { totalCount } }', extensions });
    expect(response).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(await post({ extensions })).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
  });

  it.each([
    ['an object', { a: 1 }],
    ['an object that cannot become text', { toString: 1, valueOf: 1 }],
    ['null', null],
    ['nested lists', [[[['a']]]]],
    ['a string of 100,000 characters', 'a'.repeat(100_000)],
  ])('with a hash that is %s is not found', async (_, sha256Hash) => {
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    expect(await post({ extensions })).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
    expect(await post({ query: '{ __typename }', extensions })).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });

  it('of another protocol version is refused as a bad request', async () => {
    const extensions = { persistedQuery: { version: 2, sha256Hash: hashOf('{ __typename }') } };
    expect(await post({ extensions })).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });

  it('that is too complex is refused and not stored', async () => {
    const aliases = Array.from({ length: 40 }, (_, i) => `a${i}: __typename`).join(' ');
    for (const query of [`{ ${aliases} }`, '{ garments(first: 100) { nodes { similar(first: 100) { sku } } } }']) {
      const extensions = persisted(hashOf(query));
      expect(await post({ query, extensions })).toMatchObject({ status: 400, code: 'QUERY_TOO_COMPLEX' });
      expect(await post({ extensions })).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
    }
  });

  it('has its cost computed for every set of variables', async () => {
    const query = 'query ($n: Int) { garments(first: $n) { nodes { similar(first: $n) { sku } } } }';
    const extensions = persisted(hashOf(query));
    expect(await post({ query, variables: { n: 1 }, extensions })).toMatchObject({ data: { garments: { nodes: [] } } });
    expect(await post({ variables: { n: 100 }, extensions })).toMatchObject({ status: 400, code: 'QUERY_TOO_COMPLEX' });
  });

  it('is not available to a role that may not send it, even if another role registered it', async () => {
    const key = await keyOf('STOREFRONT');
    const query = '{ insights { catalog { garments } } }';
    const extensions = persisted(hashOf(query));
    expect(await post({ query, extensions })).toMatchObject({ data: { insights: { catalog: { garments: 0 } } } });
    expect(await post({ extensions }, key)).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
    expect(await post({ query, extensions }, key)).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
    expect(await post({ extensions }, key)).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
  });

  it('is unknown again after a flood of other queries has evicted it', async () => {
    const key = await keyOf('STOREFRONT');
    const padded = (n: number): string => `# ${n} ${'x'.repeat(19_000)}\n{ __typename }`;
    const [first, second] = ['{ a: __typename }', '{ b: __typename }'];
    for (const query of [first, second]) await post({ query, extensions: persisted(hashOf(query)) }, key);
    await post({ query: first, extensions: persisted(hashOf(first)) });
    for (let n = 0; n < 220; n += 20) {
      const queries = Array.from({ length: 20 }, (_, i) => padded(n + i));
      await Promise.all(queries.map((query) => post({ query, extensions: persisted(hashOf(query)) }, key)));
    }
    expect(await post({ extensions: persisted(hashOf(first)) }, key)).toMatchObject({
      code: 'PERSISTED_QUERY_NOT_FOUND',
    });
    // The queries of another role are not evicted.
    expect(await post({ extensions: persisted(hashOf(first)) })).toMatchObject({ data: { a: 'Query' } });
  });
});

describe('a query by GET', () => {
  it('never changes data, by its text or by its hash', async () => {
    const query = 'mutation { deleteGarments(skus: ["none"]) { deletedSkus } }';
    const extensions = persisted(hashOf(query));
    expect(await post({ query, extensions })).toMatchObject({ data: { deleteGarments: { deletedSkus: [] } } });
    const byHash = await get({ extensions });
    expect([byHash.status, byHash.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await get({ query })).status).toBe(405);
  });

  it('is refused if a form or an image of another site could have sent it', async () => {
    const response = await fetch(`${server.app.url}/graphql?query={__typename}`, {
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
    });
    expect(await parse(response)).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });

  it('may be cached by the browser, and gets status 304 while the response is unchanged', async () => {
    const query = '{ catalogFacets { field } }';
    const first = await get({ query });
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const tag = first.headers.get('etag')!;
    const again = await get({ query }, { 'if-none-match': tag });
    expect([again.status, again.data]).toEqual([304, undefined]);
    const other = await get({ query: '{ garments { totalCount } }' }, { 'if-none-match': tag });
    expect(other).toMatchObject({ status: 200, data: { garments: { totalCount: 0 } } });
  });

  it('is not cacheable if it failed, and a response to POST is never cacheable', async () => {
    expect((await get({ query: '{ nothing }' })).headers.get('cache-control')).toBe('no-store');
    expect((await post({ query: '{ __typename }' })).headers.get('cache-control')).toBe('no-store');
    expect((await get({ query: '{ __typename }' }, { authorization: '' })).headers.get('cache-control')).toBe(
      'no-store',
    );
  });
});
