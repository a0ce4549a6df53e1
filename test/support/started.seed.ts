// Database seeds: the state that a server's first start leaves.
import { basename, join } from 'node:path';
import { startApp } from '../../src/bootstrap/server.js';
import { readConfig, type Config } from '../../src/config.js';
import { createLogger } from '../../src/observability/logger.js';
import { JobQueue } from '../../src/store/database/job.queue.js';
import type { Seed } from './database.js';
import type { Database } from '../../src/store/database/database.types.js';

export const SETTINGS = readConfig({ PORT: '0', FITROOM_EXECUTION: 'cpu' });
export const SILENT = createLogger('silent');

/**
 * Returns the database without its close function, for an app that must not close it. The opener closes it, and drops
 * it on a server.
 */
export const withoutClose = (database: Database): Promise<Database> =>
  Promise.resolve({ ...database, close: async () => {} });

/**
 * Returns the seed of a start: the job queue's tables, which take 2 s to create. With the sample catalog, also its
 * garments and vectors, which take 10 s.
 */
export function startedSeed({ bundleDir, sampleCatalog }: Pick<Config, 'bundleDir' | 'sampleCatalog'>): Seed {
  if (!sampleCatalog) return QUEUE;
  return {
    name: `sample_${basename(bundleDir)}`.replace(/\W/g, '_').toLowerCase(),
    manifest: join(bundleDir, 'manifest.json'),
    async fill(database) {
      const app = await startApp({
        config: { ...SETTINGS, bundleDir, sampleCatalog, workers: 0 },
        logger: SILENT,
        database: withoutClose(database),
      });
      await app.close();
    },
  };
}

const QUEUE: Seed = {
  name: 'queue',
  async fill(database) {
    await (await JobQueue.open(database)).close();
  },
};
