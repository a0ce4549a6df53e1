// PostgreSQL crashes in the midst of an import and stays away for a while: the import goes on by itself. The server is the
// test's own. FITROOM_OUTAGE_SECONDS=20 for an outage of full length, FITROOM_IMPORT_ROWS for a larger catalog.
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { createLogger } from '../../src/logger.js';
import { ImportRepository } from '../../src/store/import.repository.js';
import { STORE } from '../support/catalog.rows.js';
import { beginImport } from '../support/import.catalog.js';
import { postgresBinaries, startPostgres } from '../support/postgres.server.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const ROWS = Number(process.env['FITROOM_IMPORT_ROWS'] ?? 1_500);
const OUTAGE_SECONDS = Number(process.env['FITROOM_OUTAGE_SECONDS'] ?? 4);

const bin = postgresBinaries();
if (!bin) console.warn('skipped: this machine has no PostgreSQL with pgvector to crash');
const onServer = bin ? it : it.skip;

onServer(
  'goes on by itself, and stores and counts each row once',
  async () => {
    const server = await startPostgres(bin!);
    const app = await startApp({
      config: {
        ...readConfig({ PORT: '0', FITROOM_SAMPLE_CATALOG: 'off', FITROOM_EXECUTION: 'cpu' }),
        databaseUrl: server.url,
        bundleDir: TINY_BUNDLE,
      },
      logger: createLogger('silent'),
    });
    const imports = new ImportRepository(app.database);
    const id = await beginImport(app.database, ROWS);
    const done = async (): Promise<number> => {
      const found = await imports.find(STORE, id).catch(() => null);
      return found ? found.succeeded + found.failed : -1;
    };
    while ((await done()) <= 0) await sleep(20);
    await server.crash();
    const before = await done();
    await sleep(OUTAGE_SECONDS * 1_000);
    await server.start();
    expect(before).toBe(-1);
    const back = Date.now();
    while ((await done()) < ROWS) await sleep(100);
    expect(Date.now() - back).toBeLessThan(120_000 + ROWS * 20);
    expect(await imports.find(STORE, id)).toMatchObject({
      state: 'SUCCEEDED',
      total: ROWS,
      succeeded: ROWS,
      failed: 0,
    });
    const [stored] = await app.database.query('select count(*)::int as garments from garments');
    expect(stored).toEqual({ garments: ROWS });
    await app.close();
    await server.remove();
  },
  600_000 + ROWS * 100,
);
