// Model switches in a deployment of two stores.
import { mkdtempSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';
import { openContainer, type Container } from '../../src/bootstrap/container.js';
import { startApp } from '../../src/bootstrap/server.js';
import type { StoreContext } from '../../src/domain/access/store.context.js';
import { StartupError } from '../../src/errors.js';
import { createLogger } from '../../src/observability/logger.js';
import { OTHER_STORE, STORE } from '../support/catalog.rows.js';
import { openTestDatabase } from '../support/database.js';
import { drawnPng, sampleWhere } from '../support/drawn.garments.js';
import { OLD_MODEL } from '../support/model.switch.js';
import { changeManifest, TINY_BUNDLE, withTinyCopy } from '../support/tiny.bundle.js';
import type { Database } from '../../src/store/database/database.types.js';

const folder = mkdtempSync(join(tmpdir(), 'fitroom-stores-'));
const config = {
  ...readConfig({ PORT: '0', FITROOM_SAMPLE_CATALOG: 'off', FITROOM_EXECUTION: 'cpu', FITROOM_THREADS: '1' }),
  bundleDir: TINY_BUNDLE,
  modelsDir: folder,
};
let database: Database;
let closeDatabase: () => Promise<void>;
let core: Container;

const parts = () => ({
  config,
  logger: createLogger('silent'),
  // The test closes the database itself, and drops it on a server.
  database: Promise.resolve({ ...database, close: async () => {} }),
});

beforeAll(async () => {
  await withTinyCopy(async (dir) => {
    await changeManifest(dir, (manifest) => ({ ...manifest, name: 'twin', version: '2.0.0' }));
    await cp(dir, join(folder, 'twin'), { recursive: true });
  });
  ({ database, close: closeDatabase } = await openTestDatabase());
  await database.query("insert into stores (store_id, name) values ('other', 'Other')");
  core = await openContainer(parts());
  core.worker.start();
  await upsert(STORE, 'red dress');
  await upsert(OTHER_STORE, 'red dress');
}, 60_000);
afterAll(async () => {
  await core.close();
  await closeDatabase();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

async function upsert(store: StoreContext, title: string): Promise<void> {
  const bytes = await drawnPng(sampleWhere(({ garmentType }) => garmentType === 'DRESS'));
  const garments = [{ sku: 'A', title, image: { kind: 'bytes' as const, bytes } }];
  const { userErrors } = await core.serve(store, ({ upserts }) => upserts.upsert(store, garments, { dryRun: false }));
  expect(userErrors).toEqual([]);
}

const modelOf = (store: StoreContext): Promise<string> =>
  core.serve(store, async ({ recommend }) => {
    const { understanding, ranked } = await recommend.recommend(store, { text: 'red dress' }, 1);
    expect(ranked).toHaveLength(1);
    return understanding.model;
  });

async function models(store: StoreContext): Promise<string[]> {
  const rows = await database
    .within(store)
    .query<{ model: string }>('select distinct model from garment_embeddings order by model');
  return rows.map(({ model }) => model);
}

async function untilSwitched(store: StoreContext, id: string): Promise<void> {
  for (let attempts = 0; attempts < 600; attempts++) {
    const reembedding = await core.shared.reembeddings.find(store, id);
    if (reembedding?.phase === 'SWITCHED' && !reembedding.rereading) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the store did not switch within 30 s');
}

it('a switch of one store is invisible to the other store and does not change its embeddings', async () => {
  const { id } = await core.shared.reembeddings.start(STORE, 'twin', null);
  expect(await core.shared.reembeddings.find(OTHER_STORE, id)).toBeNull();
  await expect(core.shared.reembeddings.end(OTHER_STORE, id)).rejects.toMatchObject({ code: 'REEMBEDDING_NOT_FOUND' });
  await untilSwitched(STORE, id);
  expect(await modelOf(STORE)).toBe('twin@2.0.0');
  expect(await modelOf(OTHER_STORE)).toBe(OLD_MODEL);
  await Promise.all([upsert(STORE, 'blue dress'), upsert(OTHER_STORE, 'blue dress')]);
  expect(await models(STORE)).toEqual([OLD_MODEL, 'twin@2.0.0']);
  expect(await models(OTHER_STORE)).toEqual([OLD_MODEL]);
}, 60_000);

it('a start re-embeds with the new version of a bundle, only for the store that uses it', async () => {
  await changeManifest(join(folder, 'twin'), (manifest) => ({ ...manifest, version: '2.1.0' }));
  const app = await startApp(parts());
  try {
    expect(await models(STORE)).toContain('twin@2.1.0');
    expect(await models(OTHER_STORE)).toEqual([OLD_MODEL]);
    const ready = (await (await fetch(`${app.url}/health/ready`)).json()) as { model: string };
    expect(ready.model).toBe('twin@2.1.0');
    expect(await (await fetch(`${app.url}/metrics`)).text()).toContain('fitroom_model_open{bundle="twin"} 1');
  } finally {
    await app.close();
  }
}, 60_000);

it('a start fails without a bundle that a store uses, and names the store and the bundle', async () => {
  await database.query("update stores set bundle = 'gone', beside_bundle = null where store_id = 'other'");
  const start = startApp(parts());
  await expect(start).rejects.toThrow(StartupError);
  await expect(start).rejects.toThrow(/The store other uses the bundle gone/);
}, 60_000);
