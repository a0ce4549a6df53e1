// A server that is killed between storing and answering: the same call again, with its key, is answered by what was stored.
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

interface Answer {
  upsertGarments: {
    created: number;
    updated: number;
    garments: { id: string; sku: string; createdAt: string; updatedAt: string }[];
  };
}

let home: Partial<Config>;
let leaveNothing: () => Promise<void>;
const running: AppProcess[] = [];

beforeAll(async () => {
  if (SERVER_URL) {
    const { url, drop } = await createServerDatabase(SERVER_URL);
    home = { databaseUrl: url };
    leaveNothing = drop;
    return;
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'fitroom-key-'));
  home = { dataDir };
  leaveNothing = () => rm(dataDir, { recursive: true, force: true });
});
afterAll(async () => {
  for (const app of running) await app.stop();
  await leaveNothing();
});

async function start(script?: string): Promise<ApiClient> {
  const app = await startAppProcess(home, script);
  running.push(app);
  return new ApiClient(app.url);
}

it('answers as it would have, and has had one effect', async () => {
  const image = await drawnImage(sampleWhere(({ garmentType }) => garmentType === 'SKIRT'));
  const call = { query: UPSERT, variables: { key: 'spring-1', garments: [{ sku: 'K-1', title: 'Skirt', image }] } };
  const dying = await start('app.dying.child.mjs');
  await expect(dying.call(call)).rejects.toThrow(ServerUnreachable);

  const next = await start();
  const again = await next.call<Answer>(call);
  // "created", though this server found it there: the answer is the one that never arrived
  expect(again.upsertGarments).toMatchObject({ created: 1, updated: 0, garments: [{ sku: 'K-1' }] });
  const [garment] = again.upsertGarments.garments;
  expect(garment!.updatedAt).toBe(garment!.createdAt);
  expect(await next.call<Answer>(call)).toEqual(again);
  const { garments } = await next.call<{ garments: { nodes: object[]; totalCount: number } }>({
    query: '{ garments { totalCount nodes { id sku createdAt updatedAt } } }',
  });
  expect(garments).toEqual({ totalCount: 1, nodes: [garment] });
}, 180_000);
