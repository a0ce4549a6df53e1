// An import during which PostgreSQL crashes and is restarted after a while.
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../../src/bootstrap/server.js';
import { ImportRepository } from '../../src/store/import.repository.js';
import { STORE } from './catalog.rows.js';
import { beginImport } from './import.catalog.js';
import { startPostgres } from './postgres.server.js';
import { SETTINGS, SILENT } from './started.seed.js';
import { TINY_BUNDLE } from './tiny.bundle.js';

/**
 * Checks that an import completes after an outage of the database.
 * @param bin the folder of PostgreSQL's programs
 */
export async function importSurvivesOutage(
  bin: string,
  { rows, outageMs }: { rows: number; outageMs: number },
): Promise<void> {
  const server = await startPostgres(bin);
  const app = await startApp({
    config: { ...SETTINGS, sampleCatalog: false, databaseUrl: server.url, bundleDir: TINY_BUNDLE },
    logger: SILENT,
  });
  const imports = new ImportRepository(app.database);
  const id = await beginImport(app.database, rows);
  const done = async (): Promise<number> => {
    const catalogImport = await imports.find(STORE, id).catch(() => null);
    return catalogImport ? catalogImport.succeeded + catalogImport.failed : -1;
  };
  while ((await done()) <= 0) await sleep(20);
  await server.crash();
  const before = await done();
  await sleep(outageMs);
  await server.start();
  expect(before).toBe(-1);
  const restarted = Date.now();
  while ((await done()) < rows) await sleep(100);
  expect(Date.now() - restarted).toBeLessThan(120_000 + rows * 20);
  expect(await imports.find(STORE, id)).toMatchObject({
    state: 'SUCCEEDED',
    total: rows,
    succeeded: rows,
    failed: 0,
  });
  const [stored] = await app.database.query('select count(*)::int as garments from garments');
  expect(stored).toEqual({ garments: rows });
  await app.close();
  await server.remove();
}
