// A server that is killed repeatedly while merchants store garments.
// FITROOM_KILLS sets the number of kills.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient, ServerUnreachable } from '../../src/cli/api.client.js';
import type { Config } from '../../src/config.js';
import { openDatabase } from '../../src/store/database/database.js';
import { startAppProcess, type AppProcess } from '../support/app.process.js';
import { randomNumbers } from '../support/catalog.rows.js';
import { createServerDatabase, SERVER_URL } from '../support/database.js';
import { drawnImage } from '../support/drawn.garments.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';

const KILLS = Number(process.env['FITROOM_KILLS'] ?? 3);
const MERCHANTS = 3;
const READY_WITHIN_MS = 20_000;

let settings: Pick<Config, 'databaseUrl' | 'dataDir'>;
let removeDatabase: () => Promise<void>;
let app: AppProcess | undefined;

async function createDatabase(onServer: boolean): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fitroom-upserts-'));
  const created = onServer ? await createServerDatabase(SERVER_URL!) : null;
  settings = { dataDir, databaseUrl: created?.url ?? null };
  removeDatabase = async () => {
    await created?.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
afterEach(async () => {
  await app?.kill();
  await removeDatabase();
});

const UPSERT = `mutation ($garments: [GarmentInput!]!) {
  upsertGarments(garments: $garments) { garments { sku } userErrors { code } }
}`;

/** SKUs that the server acknowledged, in any order. */
let acknowledged: string[];
let isOpen: boolean;

async function merchant(number: number, images: object[]): Promise<void> {
  for (let call = 0; isOpen; call++) {
    const garments = [0, 1, 2].map((i) => ({
      sku: `m${number}-${call}-${i}`,
      title: `Shirt ${call}`,
      image: images[(call + i) % images.length],
    }));
    try {
      const { upsertGarments } = await new ApiClient(app!.url).call<{
        upsertGarments: { garments: { sku: string }[]; userErrors: object[] };
      }>({ query: UPSERT, variables: { garments } });
      expect(upsertGarments.userErrors).toEqual([]);
      acknowledged.push(...upsertGarments.garments.map(({ sku }) => sku));
    } catch (error) {
      if (!(error instanceof ServerUnreachable)) throw error;
      await sleep(100);
    }
  }
}

it.each(SERVER_URL ? ['embedded', 'server'] : ['embedded'])(
  'the server keeps every acknowledged garment with its picture and embedding, and is ready within 20 s after each kill (%s database)',
  async (database) => {
    await createDatabase(database === 'server');
    [acknowledged, isOpen] = [[], true];
    await killRepeatedly();
    await expectAllStored();
  },
  60_000 + KILLS * 20_000,
);

async function killRepeatedly(): Promise<void> {
  const images = await Promise.all(sampleCatalog().slice(0, 6).map(drawnImage));
  const random = randomNumbers(7);
  app = await startAppProcess(settings);
  const work = Promise.all(Array.from({ length: MERCHANTS }, (_, i) => merchant(i, images)));
  const readyAfterMs: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const before = acknowledged.length;
    while (acknowledged.length < before + 10) await sleep(10);
    await sleep(random() * 200);
    await app.kill();
    const killed = performance.now();
    app = await startAppProcess(settings);
    readyAfterMs.push(performance.now() - killed);
  }
  isOpen = false;
  await work;
  await app.stop();
  app = undefined;
  expect(Math.max(...readyAfterMs)).toBeLessThan(READY_WITHIN_MS);
  if (KILLS > 3)
    console.info(`${acknowledged.length} acknowledged; ready after ${readyAfterMs.map(Math.round).join(', ')} ms`);
}

async function expectAllStored(): Promise<void> {
  const database = await openDatabase({ ...settings, databasePoolSize: 1 });
  const stored = await database.query<{ sku: string }>(
    `select g.sku from garments g where exists (select from garment_images i where i.garment_id = g.id)
       and exists (select from garment_embeddings e where e.garment_id = g.id and e.has_image) order by g.sku`,
  );
  const [total] = await database.query<{ count: number }>('select count(*)::int as count from garments');
  await database.close();
  const isStored = new Set(stored.map(({ sku }) => sku));
  expect(acknowledged.filter((sku) => !isStored.has(sku))).toEqual([]);
  // A call that was not acknowledged has stored all its garments or none.
  expect(total!.count).toBe(stored.length);
  expect(total!.count % 3).toBe(0);
  expect(acknowledged.length).toBeGreaterThanOrEqual(10 * KILLS);
}
