// What a server's first start leaves in a database, as a seed: the job queue's tables and the index, which take 2 s, and the
// sample catalog embedded, which takes 10 s.
import { basename, join } from 'node:path';
import { startApp } from '../../src/app.js';
import { readConfig, type Config } from '../../src/config.js';
import { createLogger } from '../../src/logger.js';
import type { Database } from '../../src/store/database.js';
import type { Seed } from './database.js';

export const SETTINGS = readConfig({ PORT: '0', FITROOM_EXECUTION: 'cpu' });
export const SILENT = createLogger('silent');

/** For an app that does not close it: who opened it does, and on a server drops it. */
export const kept = (database: Database): Promise<Database> => Promise.resolve({ ...database, close: async () => {} });

export function startedSeed({ bundleDir, sampleCatalog }: Pick<Config, 'bundleDir' | 'sampleCatalog'>): Seed {
  return {
    name: `${basename(bundleDir)}_${sampleCatalog ? 'sample' : 'started'}`.replace(/\W/g, '_').toLowerCase(),
    manifest: join(bundleDir, 'manifest.json'),
    async fill(database) {
      const config = { ...SETTINGS, bundleDir, sampleCatalog, workers: 0 };
      const app = await startApp({ config, logger: SILENT, database: kept(database) });
      await app.close();
    },
  };
}
