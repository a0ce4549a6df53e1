// Stores and their API keys, from creation to revocation, on a server with an admin key.
import { startApp, type App } from '../../src/bootstrap/server.js';
import { readConfig } from '../../src/config.js';
import { createLogger } from '../../src/observability/logger.js';
import { headersOf, withApp, type Credentials } from '../support/app.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const ADMIN_KEY = 'the-deployments-own-key';
const lines: string[] = [];
const logger = createLogger('trace', { write: (line: string) => void lines.push(line) });
const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, adminKey: ADMIN_KEY }, logger });

/** Texts of all created keys. */
const createdKeys: string[] = [];

async function ask(query: string, credentials: Credentials, app: App = server.app) {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: headersOf(credentials),
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as {
    data?: Record<string, any>;
    errors?: { message: string; extensions: { code: string } }[];
  };
  return { status: response.status, data, code: errors?.[0]?.extensions.code };
}

async function createKey(role: string, credentials: Credentials): Promise<{ id: string; key: string }> {
  const { data } = await ask(
    `mutation { createApiKey(role: ${role}, name: "for ${role}") { id key userErrors { code } } }`,
    credentials,
  );
  const { id, key, userErrors } = data!['createApiKey'];
  expect(userErrors).toEqual([]);
  createdKeys.push(key);
  return { id, key };
}

const deployment: Credentials = { key: ADMIN_KEY };
const STORES = '{ stores { id name } }';
const MODEL = '{ model { id } }';

beforeAll(async () => {
  for (const id of ['north', 'south']) {
    const { data } = await ask(
      `mutation { createStore(id: "${id}", name: "Shop ${id}") { store { id } userErrors { code } } }`,
      deployment,
    );
    expect(data).toEqual({ createStore: { store: { id }, userErrors: [] } });
  }
});

describe("the deployment's admin key", () => {
  it('lists the stores that it created', async () => {
    expect((await ask(STORES, deployment)).data).toEqual({
      stores: [
        { id: 'default', name: 'Default' },
        { id: 'north', name: 'Shop north' },
        { id: 'south', name: 'Shop south' },
      ],
    });
  });

  it.each([
    ['north', 'again', ['STORE_EXISTS']],
    ['North', 'upper case', ['STORE_ID_INVALID']],
    ['-x', 'a hyphen first', ['STORE_ID_INVALID']],
    ['x'.repeat(64), 'too long', ['STORE_ID_INVALID']],
    ['', ' ', ['STORE_ID_INVALID', 'NAME_INVALID']],
    ['fine', 'a'.repeat(201), ['NAME_INVALID']],
    ['fine', 'bell\\u0007', ['NAME_INVALID']],
  ])('cannot create the store %j with the name %j', async (id, name, codes) => {
    const { data } = await ask(
      `mutation { createStore(id: "${id}", name: "${name}") { store { id } userErrors { code } } }`,
      deployment,
    );
    expect(data).toEqual({ createStore: { store: null, userErrors: codes.map((code) => ({ code })) } });
    expect((await ask(STORES, deployment)).data!['stores']).toHaveLength(3);
  });

  it('acts in the store that the header names, and in the default store without the header', async () => {
    await createKey('STOREFRONT', { ...deployment, store: 'south' });
    const keysIn = async (store?: string) =>
      (await ask('{ apiKeys { name } }', { ...deployment, ...(store && { store }) })).data!['apiKeys'].length;
    expect([await keysIn(), await keysIn('default'), await keysIn('north'), await keysIn('south')]).toEqual([
      0, 0, 0, 1,
    ]);
  });

  it.each(['nowhere', 'NORTH', 'north, south', '../north', 'x'.repeat(3000)])(
    'gets STORE_UNKNOWN for the store %.20s',
    async (store) => {
      expect(await ask(MODEL, { ...deployment, store })).toMatchObject({ status: 404, code: 'STORE_UNKNOWN' });
    },
  );
});

describe('a key of a store', () => {
  it('has a prefix that secret scanners recognize, its role, and 256 random bits', async () => {
    const { key } = await createKey('MERCHANT', { ...deployment, store: 'north' });
    expect(key).toMatch(/^fr_merchant_[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(key.slice(-43), 'base64url')).toHaveLength(32);
  });

  it("created by the store's administrator is valid for its role in its store", async () => {
    const admin = await createKey('ADMIN', { ...deployment, store: 'north' });
    const analyst = await createKey('ANALYST', { key: admin.key });
    expect(
      await ask('{ insights { catalog { garments } modelReport { model } } }', { key: analyst.key }),
    ).toMatchObject({
      status: 200,
      data: { insights: { catalog: { garments: 0 } } },
    });
    const refused = await ask('mutation { deleteGarments(skus: ["a"]) { deletedSkus } }', { key: analyst.key });
    expect(refused).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
    const keys = (await ask('{ apiKeys { id role revokedAt lastUsedAt } }', { key: admin.key })).data!['apiKeys'];
    expect(keys[0]).toEqual({ id: analyst.id, role: 'ANALYST', revokedAt: null, lastUsedAt: expect.any(String) });
    expect(Date.now() - Date.parse(keys[0].lastUsedAt)).toBeLessThan(60_000);
  });

  it('may name its own store, and is refused for every other store, even an unknown one', async () => {
    const { key } = await createKey('ADMIN', { ...deployment, store: 'north' });
    expect(await ask(MODEL, { key, store: 'north' })).toMatchObject({ status: 200 });
    for (const store of ['south', 'default', 'nowhere'])
      expect(await ask(MODEL, { key, store })).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  it('may not list or create stores, or read the metrics', async () => {
    const { key } = await createKey('ADMIN', { ...deployment, store: 'north' });
    expect(await ask(STORES, { key })).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
    const metrics = (credentials: Credentials) =>
      fetch(`${server.app.url}/metrics`, { headers: headersOf(credentials) });
    expect((await metrics({ key })).status).toBe(403);
    expect((await metrics(deployment)).status).toBe(200);
  });

  it("cannot be revoked or seen by another store's administrator", async () => {
    const northKey = await createKey('STOREFRONT', { ...deployment, store: 'north' });
    const southAdmin = await createKey('ADMIN', { ...deployment, store: 'south' });
    const revoke = `mutation { revokeApiKey(id: "${northKey.id}") { revoked userErrors { field code } } }`;
    expect((await ask(revoke, { key: southAdmin.key })).data).toEqual({
      revokeApiKey: { revoked: false, userErrors: [{ field: ['id'], code: 'API_KEY_NOT_FOUND' }] },
    });
    expect(await ask(MODEL, { key: northKey.key })).toMatchObject({ status: 200 });
    const southKeys = (await ask('{ apiKeys { id } }', { key: southAdmin.key })).data!['apiKeys'];
    expect(southKeys).not.toContainEqual({ id: northKey.id });
  });

  it.each(['', '1', "'; drop table api_keys; --", '\u0000'])('cannot be revoked by the invalid id %j', async (id) => {
    const { data } = await server.ask<Record<string, unknown>>(
      'mutation ($id: ID!) { revokeApiKey(id: $id) { revoked userErrors { code } } }',
      { id },
      deployment,
    );
    expect(data).toEqual({ revokeApiKey: { revoked: false, userErrors: [{ code: 'API_KEY_NOT_FOUND' }] } });
  });

  it('needs a name', async () => {
    const { data } = await ask(
      'mutation { createApiKey(role: ADMIN, name: " ") { id key userErrors { field code } } }',
      deployment,
    );
    expect(data).toEqual({
      createApiKey: { id: null, key: null, userErrors: [{ field: ['name'], code: 'NAME_INVALID' }] },
    });
  });

  it.each([
    ['with a changed last letter', (key: string) => key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A')],
    ['with another role', (key: string) => key.replace('storefront', 'admin')],
    ['cut short', (key: string) => key.slice(0, -1)],
    ['replaced by a hash', () => '0'.repeat(64)],
  ])('is not accepted %s', async (_how, change) => {
    const { key } = await createKey('STOREFRONT', { ...deployment, store: 'north' });
    expect(await ask(MODEL, { key: change(key) })).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });
});

describe('a revoked key', () => {
  it('is refused by every replica within five seconds, and stays revoked', async () => {
    const replica = await startApp({
      config: {
        ...readConfig({ PORT: '0', FITROOM_SAMPLE_CATALOG: 'off', FITROOM_EXECUTION: 'cpu' }),
        bundleDir: TINY_BUNDLE,
        adminKey: ADMIN_KEY,
      },
      logger: createLogger('silent'),
      database: Promise.resolve({ ...server.app.database, close: async () => {} }),
    });
    try {
      const { id, key } = await createKey('STOREFRONT', { ...deployment, store: 'north' });
      const apps = [server.app, replica];
      for (const app of apps) expect((await ask(MODEL, { key }, app)).status).toBe(200);
      const revoke = `mutation { revokeApiKey(id: "${id}") { revoked userErrors { code } } }`;
      const revoked = { revokeApiKey: { revoked: true, userErrors: [] } };
      expect((await ask(revoke, { ...deployment, store: 'north' })).data).toEqual(revoked);
      const since = performance.now();
      for (const app of apps)
        while ((await ask(MODEL, { key }, app)).status !== 401) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(performance.now() - since).toBeLessThan(5000);
      const findKey = async () =>
        (await ask('{ apiKeys { id revokedAt } }', { ...deployment, store: 'north' })).data!['apiKeys'].find(
          (entry: { id: string }) => entry.id === id,
        );
      const first = await findKey();
      expect(first.revokedAt).not.toBeNull();
      expect((await ask(revoke, { ...deployment, store: 'north' })).data).toEqual(revoked);
      expect(await findKey()).toEqual(first);
    } finally {
      await replica.close();
    }
  }, 60_000);
});

describe('the text of a key', () => {
  it('is never stored in the database; only its hash is', async () => {
    const { database } = server.app;
    const tables = await database.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
    );
    expect(tables.map(({ name }) => name)).toContain('api_keys');
    const rows = await Promise.all(
      tables.map(({ name }) => database.query<{ line: string }>(`select row_to_json(t)::text as line from ${name} t`)),
    );
    const dump = rows
      .flat()
      .map(({ line }) => line)
      .join('\n');
    expect(createdKeys.length).toBeGreaterThan(8);
    for (const key of createdKeys) {
      expect(dump).not.toContain(key);
      expect(dump).not.toContain(key.slice(-43));
    }
    expect(dump.match(/"key_hash":"[0-9a-f]{64}"/g)).toHaveLength(createdKeys.length);
  });

  it('never appears in the log, wherever a client puts it', async () => {
    const { key, id } = await createKey('ANALYST', { ...deployment, store: 'north' });
    await ask(MODEL, { key });
    await ask(`query ${key.replaceAll('-', '_')} { model { id } }`, { key });
    await ask(`{ garment(sku: "${key}") { id } ${key.replaceAll('-', '_')} }`, { key });
    await ask(MODEL, { key: `${key}x` });
    for (const path of [`/${key}`, `/graphql?key=${key}&query={model{id}}`, `/images/${key}/1-aaaaaaaaaaaa.webp`])
      await fetch(server.app.url + path, { headers: { 'x-request-id': key, authorization: `Bearer ${key}` } });
    const log = lines.join('');
    for (const text of [...createdKeys, ADMIN_KEY]) expect(log).not.toContain(text);
    expect(log).not.toContain(key.slice(-43));
    expect(log).toContain('"path":"/a key"');
    // Log lines of its requests have its id.
    expect(log).toContain(`"store":"north","key":"${id}"`);
  });
});
