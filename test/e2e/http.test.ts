// The HTTP side of a whole server: health, metrics, log, headers and invalid requests.
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { withApp } from '../support/app.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const lines: Record<string, unknown>[] = [];
const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
const origin = 'https://shop.example';
const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, corsOrigins: [origin] }, logger });

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.app.url + path, { headers });
const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.app.url}/graphql`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });

interface ErrorBody {
  errors: { message: string; extensions: { code: string; requestId: string } }[];
}

async function errorOf(response: Response): Promise<ErrorBody['errors'][0]['extensions']> {
  expect(response.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
  const body = await response.text();
  expect(body).not.toMatch(/node_modules|\.js:\d|\bat \w+ \(/);
  return (JSON.parse(body) as ErrorBody).errors[0]!.extensions;
}

describe('the health endpoint', () => {
  it('reports that the process is alive', async () => {
    const response = await get('/health/live');
    expect([response.status, await response.json()]).toEqual([200, { live: true }]);
  });

  it('reports what the server is ready with', async () => {
    const response = await get('/health/ready');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      ready: true,
      database: { kind: server.app.database.kind, ok: true },
      model: 'tiny-bundle@1.0.0',
      executionProvider: 'cpu',
      starting: false,
      draining: false,
    });
  });
});

describe('the metrics endpoint', () => {
  it('counts requests by route, operations by type, stages, inference, connections and the lag of the event loop', async () => {
    await server.ask('{ recommendOutfit(input: { text: "red dress" }) { id } }');
    const metrics = await (await get('/metrics')).text();
    for (const line of [
      /^fitroom_http_request_seconds_count\{route="\/graphql",method="POST",status="200"\} [1-9]/m,
      /^fitroom_graphql_operation_seconds_count\{type="query",failed="false"\} [1-9]/m,
      /^fitroom_recommend_stage_seconds_count\{stage="encode"\} [1-9]/m,
      /^fitroom_inference_run_seconds_count\{modality="words"\} [1-9]/m,
      /^fitroom_inference_batch_size_sum\{modality="head"\} [1-9]/m,
      /^fitroom_database_connections\{state="open"\} \d/m,
      /^fitroom_nodejs_eventloop_lag_p99_seconds \d/m,
    ]) {
      expect(metrics).toMatch(line);
    }
  });
});

describe('a request id', () => {
  it('is generated if the client sends none, and appears in the header and in the error', async () => {
    const response = await post('{"query":"{ nothing }"}');
    const id = response.headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect((await errorOf(response)).requestId).toBe(id);
  });

  it('is taken over from a proxy', async () => {
    expect((await get('/health/live', { 'x-request-id': 'edge-7:42' })).headers.get('x-request-id')).toBe('edge-7:42');
  });

  it.each(['a b', 'x'.repeat(129), '{"level":60}'])('is replaced if it could forge the log: %s', async (id) => {
    expect((await get('/health/live', { 'x-request-id': id })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the log', () => {
  it('has one line per request, with its operation and without the sent values', async () => {
    lines.length = 0;
    const query = 'query Private($text: String!) { classifyGarment(text: $text) { colors { label } } }';
    await post(JSON.stringify({ query, variables: { text: 'for my secret wedding' } }), { 'x-request-id': 'log-1' });
    await get('/nothing?token=secret', { 'x-request-id': 'log-2' });
    const [first, second, ...rest] = lines.filter(({ msg }) => msg === 'request');
    expect(first).toMatchObject({
      requestId: 'log-1',
      path: '/graphql',
      operation: 'Private',
      type: 'query',
      status: 200,
    });
    expect(first!['durationMs']).toEqual(expect.any(Number));
    expect(second).toMatchObject({ requestId: 'log-2', path: '/nothing', status: 404 });
    expect(rest).toEqual([]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('names the codes of refused requests', async () => {
    lines.length = 0;
    await server.ask('{ recommendOutfit(input: {}) { id } }');
    expect(lines.find(({ msg }) => msg === 'request')).toMatchObject({ errors: ['QUERY_EMPTY'] });
  });
});

describe('the server', () => {
  it.each([
    ['an unknown address', () => get('/nothing'), 404, 'NOT_FOUND'],
    ['another method', () => fetch(`${server.app.url}/graphql`, { method: 'DELETE' }), 405, 'METHOD_NOT_ALLOWED'],
    [
      'another method of a page',
      () => fetch(`${server.app.url}/`, { method: 'PUT', body: '{}' }),
      405,
      'METHOD_NOT_ALLOWED',
    ],
    [
      'a mutation by GET',
      () =>
        get('/graphql?query=mutation{deleteGarments(skus:["a"]){deletedSkus}}', { 'apollo-require-preflight': '1' }),
      405,
      'BAD_REQUEST',
    ],
    ['malformed JSON', () => post('{"query": '), 400, 'BODY_INVALID'],
    ['an empty body', () => post(''), 400, 'BODY_INVALID'],
    ['a body with a prototype', () => post('{"query":"{__typename}","__proto__":{"x":1}}'), 400, 'BODY_INVALID'],
    ['a batch', () => post('[{"query":"{__typename}"}]'), 400, 'BAD_REQUEST'],
    [
      'the hash of an unknown query',
      () => post('{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}'),
      200,
      'PERSISTED_QUERY_NOT_FOUND',
    ],
    [
      'a form',
      () => post('query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    ],
    [
      'plain text',
      () => post('{"query":"{__typename}"}', { 'content-type': 'text/plain' }),
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    ],
    ['a query from another site by GET', () => get('/graphql?query={__typename}'), 400, 'BAD_REQUEST'],
    ['incremental delivery', () => post('{"query":"{ ... @defer { __typename } }"}'), 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'too large a body',
      () => post(JSON.stringify({ query: '{__typename}', variables: { x: 'x'.repeat(16_000_000) } })),
      413,
      'BODY_TOO_LARGE',
    ],
  ])('answers %s with JSON, a status and a code', async (_name, send, status, code) => {
    const response = await send();
    expect(await errorOf(response)).toMatchObject({ code, requestId: response.headers.get('x-request-id') });
    expect(response.status).toBe(status);
  });

  it('names the methods that a URL allows', async () => {
    const response = await fetch(`${server.app.url}/graphql`, { method: 'PATCH' });
    expect(response.headers.get('allow')).toBe('GET, POST, HEAD');
  });

  it('answers an invalid Host header with a code', async () => {
    const url = new URL(server.app.url);
    const options = { host: url.hostname, port: url.port, path: '/graphql', method: 'POST' };
    const headers = { host: 'a b', 'content-type': 'application/json' };
    const body = await new Promise<string>((resolve, reject) => {
      const sent = request({ ...options, headers }, (response) => resolve(text(response)));
      sent.once('error', reject).end('{"query":"{__typename}"}');
    });
    expect(body).toContain('"BODY_INVALID"');
  });
});

describe('a browser', () => {
  it('may run only scripts of this server', async () => {
    const policy = (await get('/')).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe-eval|https?:/);
  });

  it('may call the API from a configured origin and no other', async () => {
    const requestFrom = (from: string): Promise<Response> => post('{"query":"{__typename}"}', { origin: from });
    expect((await requestFrom(origin)).headers.get('access-control-allow-origin')).toBe(origin);
    expect((await requestFrom('https://elsewhere.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each(['/', '/insights', '/playground', '/pages/mark.svg', '/playground/graphiql/graphiql.min.js'])(
    'is served %s',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect((await response.text()).length).toBeGreaterThan(400);
    },
  );

  it.each([
    '/pages/..%2fserver.ts',
    '/pages/%2e%2e/server.ts',
    '/pages/../../../package.json',
    '/pages/',
    '/pages/tsconfig.json',
    '/pages/insights/main.tsx',
  ])('is not served %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});

describe('a value that no store or condition can have', () => {
  it.each(['/images/%00/1-000000000000.jpg', '/looks/%00/top~1~000000000000.png'])(
    'gives 404 for the picture address %s',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('"NOT_FOUND"');
    },
  );

  it.each(['skip', 'include'])('gives 400 for @%s with a variable that is null', async (directive) => {
    const query = `query ($x: Boolean = true) { __typename @${directive}(if: $x) }`;
    const response = await post(JSON.stringify({ query, variables: { x: null } }));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('"BAD_USER_INPUT"');
  });
});
