// A keyed call whose server is killed between storing and responding.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient, ServerUnreachable } from '../../src/cli/api.client.js';
import type { Config } from '../../src/config.js';
import { startAppProcess, type AppProcess } from '../support/app.process.js';
import { createServerDatabase, SERVER_URL } from '../support/database.js';
import { drawnImage, sampleWhere } from '../support/drawn.garments.js';

const UPSERT = `mutation ($garments: [GarmentInput!]!, $key: String) {
  upsertGarments(garments: $garments, idempotencyKey: $key) { created updated garments { id sku createdAt updatedAt } }
}`;

interface UpsertData {
  upsertGarments: {
    created: number;
    updated: number;
    garments: { id: string; sku: string; createdAt: string; updatedAt: string }[];
  };
}

let settings: Partial<Config>;
let removeDatabase: () => Promise<void>;
const running: AppProcess[] = [];

beforeAll(async () => {
  if (SERVER_URL) {
    const { url, drop } = await createServerDatabase(SERVER_URL);
    settings = { databaseUrl: url };
    removeDatabase = drop;
    return;
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'fitroom-key-'));
  settings = { dataDir };
  removeDatabase = () => rm(dataDir, { recursive: true, force: true });
});
afterAll(async () => {
  for (const app of running) await app.stop();
  await removeDatabase();
});

async function start(script?: string): Promise<ApiClient> {
  const app = await startAppProcess(settings, script);
  running.push(app);
  return new ApiClient(app.url);
}

it('a repeated call with its key returns the lost response and has no second effect', async () => {
  const image = await drawnImage(sampleWhere(({ garmentType }) => garmentType === 'SKIRT'));
  const call = { query: UPSERT, variables: { key: 'spring-1', garments: [{ sku: 'K-1', title: 'Skirt', image }] } };
  const dying = await start('app.dying.child.mjs');
  await expect(dying.call(call)).rejects.toThrow(ServerUnreachable);

  const next = await start();
  const repeated = await next.call<UpsertData>(call);
  // The response says "created" although this server found the garment stored: it is the response that never arrived.
  expect(repeated.upsertGarments).toMatchObject({ created: 1, updated: 0, garments: [{ sku: 'K-1' }] });
  const [garment] = repeated.upsertGarments.garments;
  expect(garment!.updatedAt).toBe(garment!.createdAt);
  expect(await next.call<UpsertData>(call)).toEqual(repeated);
  const { garments } = await next.call<{ garments: { nodes: object[]; totalCount: number } }>({
    query: '{ garments { totalCount nodes { id sku createdAt updatedAt } } }',
  });
  expect(garments).toEqual({ totalCount: 1, nodes: [garment] });
}, 180_000);
