// Memory of a worker while it stores a large catalog, on PostgreSQL.
// FITROOM_IMPORT_ROWS=100000 runs a catalog of full size.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../src/store/database/database.js';
import { ImportRepository } from '../../src/store/import.repository.js';
import { STORE } from '../support/catalog.rows.js';
import { createServerDatabase, SERVER_URL } from '../support/database.js';
import { beginImport } from '../support/import.catalog.js';
import { startWorker, until } from '../support/worker.process.js';

const ROWS = Number(process.env['FITROOM_IMPORT_ROWS'] ?? 2_000);
/** Memory above that of the idle worker. */
const MAX_MB = 400;
const IDLE_AFTER_MS = 6_000;

if (!SERVER_URL) console.warn('skipped: the memory of workers is measured on PostgreSQL (DATABASE_URL)');
const onServer = SERVER_URL ? it : it.skip;

/** Returns the resident memory of a process in MB. Linux only. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)![1]) / 1024;
}

onServer(
  `a worker stays under ${MAX_MB} MB above its idle memory while it stores ${ROWS} rows`,
  async () => {
    const { url, drop } = await createServerDatabase(SERVER_URL!);
    const database = await openDatabase({ databaseUrl: url, databasePoolSize: 4, dataDir: '' });
    const imports = new ImportRepository(database);
    const worker = startWorker(url);
    try {
      await sleep(IDLE_AFTER_MS);
      const idle = await residentMb(worker.pid!);
      const startedAt = Date.now();
      const id = await beginImport(database, ROWS);
      let peak = 0;
      await until(
        async () => {
          peak = Math.max(peak, await residentMb(worker.pid!));
          await sleep(100);
          return (await imports.find(STORE, id))!.finishedAt !== null;
        },
        120_000 + ROWS * 60,
      );
      expect((await imports.find(STORE, id))!).toMatchObject({ state: 'SUCCEEDED', succeeded: ROWS });
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      console.info(`${ROWS} rows in ${seconds} s: ${Math.round(idle)} MB idle, ${Math.round(peak)} MB at most`);
      expect(peak - idle).toBeLessThan(MAX_MB);
    } finally {
      worker.kill('SIGKILL');
      await database.close();
      await drop();
    }
  },
  600_000 + ROWS * 100,
);
