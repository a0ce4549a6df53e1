// The code of docs/storefront.md, run against a real server with the API key of a page.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { apolloClient, browse } from '../../docs/examples/apollo.example.js';
import { find } from '../../docs/examples/client.example.js';
import { forget, tell } from '../../docs/examples/feedback.example.js';
import { ask, findAll } from '../../docs/examples/fetch.example.js';
import { findLike } from '../../docs/examples/upload.example.js';
import { facets, urqlClient } from '../../docs/examples/urql.example.js';
import { PROJECT_ROOT } from '../../src/config.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';
import { drawnImage, drawnPng } from '../support/drawn.garments.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const ADMIN_KEY = 'the-deployments-own-key';
const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, adminKey: ADMIN_KEY } });
const CATALOG = sampleCatalog()
  .filter(({ inStock }) => inStock)
  .slice(0, 14);
const shop = { url: '', key: '' };
/** Requests that were sent during a test. */
let sent: Request[] = [];
const originalFetch = globalThis.fetch;

beforeAll(async () => {
  shop.url = `${server.app.url}/graphql`;
  const garments = await Promise.all(
    CATALOG.map(async (garment) => ({
      sku: garment.sku,
      title: garment.title,
      color: garment.color,
      image: await drawnImage(garment),
    })),
  );
  const mutation = `mutation ($garments: [GarmentInput!]!) {
    upsertGarments(garments: $garments) { created }
    createApiKey(role: STOREFRONT, name: "the pages") { key }
  }`;
  const response = await server.data<{ createApiKey: { key: string } }>(mutation, { garments }, { key: ADMIN_KEY });
  shop.key = response.createApiKey.key;
});
beforeEach(() => {
  sent = [];
  globalThis.fetch = async (...args) => {
    sent.push(new Request(...args));
    return originalFetch(...args);
  };
});
afterEach(() => {
  globalThis.fetch = originalFetch;
});

const methods = (): string[] => sent.map(({ method }) => method);

describe('the examples of docs/storefront.md', () => {
  it('are the same on the page as the files that this test runs', async () => {
    const folder = join(PROJECT_ROOT, 'docs', 'examples');
    const [text, files] = await Promise.all([
      readFile(join(PROJECT_ROOT, 'docs', 'storefront.md'), 'utf8'),
      readdir(folder),
    ]);
    const examples = await Promise.all(files.map(async (file) => (await readFile(join(folder, file), 'utf8')).trim()));
    const onPage = [...text.matchAll(/```ts\n([\s\S]*?)\n```/g)].map(([, code]) => code);
    expect([...onPage].sort()).toEqual([...examples].sort());
  });

  it('find every garment once with fetch, page by page', async () => {
    const skus: string[] = [];
    for await (const { sku } of findAll(shop, 'red dress')) skus.push(sku);
    expect(skus.sort()).toEqual(CATALOG.map(({ sku }) => sku).sort());
    expect(methods()).toEqual(['POST', 'POST']);
    await expect(ask(shop, '{ recommendOutfit(input: {}) { id } }', {})).rejects.toThrow(/^QUERY_EMPTY: /);
  });

  it('find garments by an uploaded photo', async () => {
    const photo = new Blob([Uint8Array.from(await drawnPng(CATALOG[0]!))], { type: 'image/png' });
    const { data } = await findLike(shop, photo);
    expect(data.recommendOutfit.garments.nodes[0].sku).toBe(CATALOG[0]!.sku);
  });

  it('find garments with the typed client, which sends only the hash from the second time on', async () => {
    const recommendation = await find(shop, 'red dress');
    if (typeof recommendation === 'string') throw new Error(recommendation);
    expect(recommendation.garments.edges).toHaveLength(12);
    await find(shop, 'blue hat');
    expect(sent).toHaveLength(3);
    expect(await sent[2]!.text()).not.toContain('query Find');
    expect(await find(shop, 'x'.repeat(1001))).toBe('That is a little long.');
  });

  it('upload a photo with the typed client', async () => {
    const photo = new Blob([Uint8Array.from(await drawnPng(CATALOG[1]!))], { type: 'image/png' });
    const recommendation = await find(shop, 'like this', photo);
    expect(recommendation).toMatchObject({ status: expect.any(String) });
    expect(sent.map(({ headers }) => headers.get('content-type'))[0]).toMatch(/^multipart\/form-data/);
  });

  it('browse with Apollo Client by hash and GET, in one request after the server knows the query', async () => {
    const page = await browse(apolloClient(shop), 3);
    expect(page.nodes.map(({ sku }) => sku)).toEqual(
      CATALOG.map(({ sku }) => sku)
        .sort()
        .slice(0, 3),
    );
    expect(methods()).toEqual(['GET', 'POST']);
    sent = [];
    expect((await browse(apolloClient(shop), 2)).totalCount).toBe(CATALOG.length);
    expect(methods()).toEqual(['GET']);
  });

  it('count facets with urql, by hash and GET', async () => {
    const client = urqlClient(shop);
    const colors = (await facets(client)).find(({ field }) => field === 'color')!.values;
    expect(colors.reduce((sum, { count }) => sum + count, 0)).toBe(CATALOG.length);
    expect(methods()).toEqual(['GET', 'GET']);
    sent = [];
    await facets(urqlClient(shop));
    expect(methods()).toEqual(['GET']);
  });

  it('record a click and then forget the shopper', async () => {
    const recommendation = await find(shop, 'skirt');
    if (typeof recommendation === 'string') throw new Error(recommendation);
    const [first] = recommendation.garments.edges;
    const click = { recommendationId: recommendation.id, sku: first!.node.sku, kind: 'CLICK' as const };
    expect(await tell(shop, 'shopper-1', [click])).toBe(1);
    expect(await forget(shop, 'shopper-1')).toBeGreaterThan(0);
    expect(await forget(shop, 'shopper-1')).toBe(0);
  });
});

describe('the package', () => {
  it('exports its client as fitroom/client', async () => {
    const script = `const { createClient } = await import('fitroom/client');
      const { BrowseDocument } = await import('fitroom/client/operations');
      const client = createClient({ url: '${shop.url}', headers: () => ({ authorization: 'Bearer ${shop.key}' }) });
      console.log((await client.ask(BrowseDocument, { first: 1 }, { byGet: true })).garments.totalCount);`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: PROJECT_ROOT });
    expect((await run).stdout.trim()).toBe(String(CATALOG.length));
  });
});
