// A server that is killed in the middle of a re-embedding: the next one goes on where it was, and nothing is missing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../../src/cli/api.client.js';
import type { Config } from '../../src/config.js';
import { startAppProcess, type AppProcess } from '../support/app.process.js';
import { createServerDatabase, SERVER_URL } from '../support/database.js';
import { drawnInputs, isOver, NEW_BUNDLE, Switches } from '../support/model.switch.js';

/** A step is 100 garments: the first is to be over, the last not begun. */
const GARMENTS = Number(process.env['FITROOM_SWITCH_GARMENTS'] ?? 250);
const UPSERT =
  'mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { created userErrors { code } } }';
const EMBEDDED = '{ model { id } insights { catalog { garments embedded } } }';

const folder = mkdtempSync(join(tmpdir(), 'fitroom-switch-kill-'));
let settings: Partial<Config>;
let drop: (() => Promise<void>) | undefined;
let server: AppProcess | undefined;

beforeAll(async () => {
  if (SERVER_URL) {
    const made = await createServerDatabase(SERVER_URL);
    drop = made.drop;
    settings = { databaseUrl: made.url };
  } else settings = { dataDir: folder };
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await drop?.();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

it('goes on within a minute and a half where it was, and switches with every garment embedded', async () => {
  server = await startAppProcess(settings);
  const drawn = await drawnInputs(50);
  for (let i = 0; i < GARMENTS; i += 50) {
    const garments = drawn.map((input, j) => ({ ...input, sku: `K-${i + j}`, title: `garment number ${i + j}` }));
    await new ApiClient(server.url).call({ query: UPSERT, variables: { garments } });
  }
  const before = new Switches((query, variables) => new ApiClient(server!.url).call({ query, variables }));
  const { reembedding } = await before.start(NEW_BUNDLE);
  const { done } = await before.until(reembedding!.id, (at) => at.done > 0, 120_000);
  expect(done).toBeLessThan(GARMENTS);
  await server.kill();

  server = await startAppProcess(settings);
  const after = new Switches((query, variables) => new ApiClient(server!.url).call({ query, variables }));
  const restarted = Date.now();
  expect((await after.find(reembedding!.id))!.done).toBeGreaterThanOrEqual(done);
  await after.until(reembedding!.id, (at) => at.done > done || isOver(at), 120_000);
  // what a silent worker had is another's after 50 s at most, and a step of 100 garments takes seconds
  expect(Date.now() - restarted).toBeLessThan(90_000);
  const over = await after.until(reembedding!.id, isOver, 240_000);
  expect(over).toMatchObject({ state: 'SUCCEEDED', phase: 'SWITCHED', total: GARMENTS, done: GARMENTS });
  const { model, insights } = await new ApiClient(server.url).call<{
    model: { id: string };
    insights: { catalog: { garments: number; embedded: number } };
  }>({ query: EMBEDDED });
  expect(model.id).toBe(over.model);
  expect(insights.catalog).toEqual({ garments: GARMENTS, embedded: GARMENTS });
}, 600_000);
