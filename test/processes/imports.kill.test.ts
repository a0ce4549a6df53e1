// Workers that are killed in the middle of an import, on PostgreSQL.
// FITROOM_IMPORT_ROWS=10000 runs a catalog of full size.
import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../src/store/database/database.js';
import { ImportRepository } from '../../src/store/import.repository.js';
import { STORE } from '../support/catalog.rows.js';
import { fitroom } from '../support/command.line.js';
import { createServerDatabase, SERVER_URL } from '../support/database.js';
import { beginImport } from '../support/import.catalog.js';
import { startWorker, until } from '../support/worker.process.js';
import type { Database } from '../../src/store/database/database.types.js';

const ROWS = Number(process.env['FITROOM_IMPORT_ROWS'] ?? 600);
const KILLS = 5;

if (!SERVER_URL) console.warn('skipped: killed workers are tested on PostgreSQL (DATABASE_URL)');
const onServer = SERVER_URL ? it : it.skip;

const workers: ChildProcess[] = [];
afterEach(() => workers.splice(0).forEach((worker) => worker.kill('SIGKILL')));

function startTrackedWorker(url: string): ChildProcess {
  const worker = startWorker(url);
  workers.push(worker);
  return worker;
}

async function heldJobs(database: Database): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    "select count(*)::int as n from pgboss.job where state = 'active' and name like 'import-%'",
  );
  return row!.n;
}

/** Ages the running jobs, as if maintenance had found them lost after 40 s. The test has no time to wait for that. */
async function loseHeldJobs(database: Database): Promise<void> {
  await database.query("update pgboss.job set started_on = now() - interval '1 minute' where state = 'active'");
}

onServer(
  'an import completes although workers are killed five times, and stores and counts each row once',
  async () => {
    const { url, drop } = await createServerDatabase(SERVER_URL!);
    const database = await openDatabase({ databaseUrl: url, databasePoolSize: 4, dataDir: '' });
    const imports = new ImportRepository(database);
    await database.within(STORE).query(
      `insert into golden_queries (store_id, id, name, text, expected_skus, within)
       values ($1, gen_random_uuid(), 'watched', 'shirt', '{I-0}', 10)`,
      [STORE.storeId],
    );
    const id = await beginImport(database, ROWS);
    const isDone = async (): Promise<boolean> => (await imports.find(STORE, id))!.finishedAt !== null;
    let kills = 0;
    for (; kills < KILLS && !(await isDone()); kills++) {
      await loseHeldJobs(database);
      const worker = startTrackedWorker(url);
      await until(async () => (await heldJobs(database)) > 0 || (await isDone()), 60_000);
      // Each kill interrupts the work at another point.
      await sleep(37 * kills);
      worker.kill('SIGKILL');
      await once(worker, 'exit');
    }
    startTrackedWorker(url);
    const restarted = Date.now();
    await until(isDone, 90_000 + ROWS * 60);
    if (ROWS <= 600) expect(Date.now() - restarted).toBeLessThan(120_000);
    const ended = (await imports.find(STORE, id))!;
    expect(kills).toBe(KILLS);
    expect(ended).toMatchObject({
      state: 'SUCCEEDED',
      total: ROWS,
      succeeded: ROWS,
      failed: 0,
      golden: { queries: 1 },
    });
    const [rowCounts] = await database.query(
      `select (select count(*)::int from garments) as garments, (select count(distinct sku)::int from garments) as skus,
         (select count(*)::int from garment_embeddings) as embeddings, (select count(*)::int from import_rows) as rows,
         (select count(*)::int from import_parts) as parts`,
    );
    expect(rowCounts).toEqual({ garments: ROWS, skus: ROWS, embeddings: ROWS, rows: 0, parts: 0 });
    await database.close();
    await drop();
  },
  600_000 + ROWS * 100,
);

it('fitroom worker refuses to run with an embedded database and explains why', async () => {
  const { status, stderr } = await fitroom(['worker'], { DATABASE_URL: '' });
  expect({ status, stderr }).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/single process.*DATABASE_URL/s),
  });
});
