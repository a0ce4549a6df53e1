// How the jobs of this process are run: the worker, and what keeps looking for work that nobody has asked for.
import type { CoreParts } from './core.js';
import { catalogMapTask } from './jobs/catalog.map.task.js';
import { CatalogMapWatch } from './jobs/catalog.map.watch.js';
import { HourlyJobs } from './jobs/hourly.jobs.js';
import type { Task } from './jobs/task.js';
import { Worker } from './jobs/worker.js';
import type { StoreModels } from './services/store.models.js';
import { BundleRepository } from './store/bundle.repository.js';
import type { Database } from './store/database.js';
import type { JobQueue } from './store/job.queue.js';
import { StoreRepository } from './store/store.repository.js';

/** Jobs, as the whole process starts and stops them. */
export interface JobRunner {
  start(): void;
  stop(): Promise<void>;
}

export function createJobRunner(
  { config, logger }: CoreParts,
  parts: { database: Database; queue: JobQueue; models: StoreModels },
  tasks: readonly Task[],
): JobRunner {
  const { database, queue, models } = parts;
  const mapTask = catalogMapTask((ctx, signal) => models.serve(ctx, ({ map }) => map.keepUp(ctx, signal)));
  const hourly = new HourlyJobs({ queue, stores: new StoreRepository(database, queue), logger });
  const worker = new Worker({ queue, tasks: [...tasks, mapTask], count: config.workers, logger, hourly });
  const bundles = new BundleRepository(database);
  const watch = new CatalogMapWatch({
    stores: () => bundles.all(),
    isBehind: (ctx) => models.serve(ctx, ({ map }) => map.isBehind(ctx)),
    queue,
    logger,
  });
  return {
    start() {
      worker.start();
      if (config.workers > 0) watch.start();
    },
    async stop() {
      await watch.stop();
      await worker.stop();
    },
  };
}
