// A server that is killed in the middle of a re-embedding, and its successor.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../src/cli/api.client.js';
import type { Config } from '../../src/config.js';
import { openDatabase } from '../../src/store/database/database.js';
import { startAppProcess, type AppProcess } from './app.process.js';
import { createServerDatabase, SERVER_URL } from './database.js';
import { drawnInputs, isOver, NEW_BUNDLE, Switches } from './model.switch.js';

const UPSERT =
  'mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { created userErrors { code } } }';
const EMBEDDED = '{ model { id } insights { catalog { garments embedded } } }';

/**
 * Checks that a re-embedding continues after the server is killed.
 * @param options.garments number of garments; a batch is 100. The first batch must be finished and the last one not
 * started.
 */
export async function expectReembeddingContinues(options: {
  garments: number;
  isMinuteSkipped: boolean;
}): Promise<void> {
  const home = await openHome();
  let server = await startAppProcess(home.settings);
  try {
    await fill(server, options.garments);
    const before = switchesOf(server);
    const { reembedding } = await before.start(NEW_BUNDLE);
    const { done } = await before.until(reembedding!.id, (at) => at.done > 0, 120_000);
    expect(done).toBeLessThan(options.garments);
    // A worker takes the next batch at once, and a batch takes longer than a second.
    await sleep(250);
    await server.kill();
    if (options.isMinuteSkipped) await letMinutePass(home.settings);

    server = await startAppProcess(home.settings);
    const after = switchesOf(server);
    const restarted = Date.now();
    expect((await after.find(reembedding!.id))!.done).toBeGreaterThanOrEqual(done);
    await after.until(reembedding!.id, (at) => at.done > done || isOver(at), 120_000);
    // Another worker takes over the jobs of a silent worker after 50 s at most. A batch of 100 garments takes seconds.
    expect(Date.now() - restarted).toBeLessThan(90_000);
    const over = await after.until(reembedding!.id, isOver, 240_000);
    const garments = options.garments;
    expect(over).toMatchObject({ state: 'SUCCEEDED', phase: 'SWITCHED', total: garments, done: garments });
    const { model, insights } = await new ApiClient(server.url).call<{
      model: { id: string };
      insights: { catalog: { garments: number; embedded: number } };
    }>({ query: EMBEDDED });
    expect(model.id).toBe(over.model);
    expect(insights.catalog).toEqual({ garments, embedded: garments });
  } finally {
    await server.stop();
    await home.drop();
  }
}

const switchesOf = ({ url }: AppProcess): Switches =>
  new Switches((query, variables) => new ApiClient(url).call({ query, variables }));

async function fill({ url }: AppProcess, count: number): Promise<void> {
  const drawn = await drawnInputs(50);
  for (let i = 0; i < count; i += 50) {
    const garments = drawn.map((input, j) => ({ ...input, sku: `K-${i + j}`, title: `garment number ${i + j}` }));
    await new ApiClient(url).call({ query: UPSERT, variables: { garments } });
  }
}

type HomeSettings = Pick<Config, 'databaseUrl' | 'dataDir' | 'databasePoolSize'>;

/** Opens a database that outlives a server process. */
async function openHome(): Promise<{ settings: HomeSettings; drop: () => Promise<void> }> {
  if (SERVER_URL) {
    const { url, drop } = await createServerDatabase(SERVER_URL);
    return { settings: { databaseUrl: url, dataDir: '', databasePoolSize: 10 }, drop };
  }
  const folder = mkdtempSync(join(tmpdir(), 'fitroom-switch-kill-'));
  const drop = (): Promise<void> => Promise.resolve(rmSync(folder, { recursive: true, force: true }));
  return { settings: { databaseUrl: null, dataDir: folder, databasePoolSize: 10 }, drop };
}

/** Ages the jobs of the killed server by a minute, as if no server had run for a minute. */
async function letMinutePass(settings: HomeSettings): Promise<void> {
  const database = await openDatabase(settings);
  await database.query(`update pgboss.job set started_on = started_on - interval '1 minute' where state = 'active'`);
  await database.close();
}
