// Queues what is to be done every hour for every store. Each process with a worker does so; the queue takes one job an hour.
import { HOURLY_TASKS } from '../domain/job.js';
import type { Logger } from '../logger.js';
import { inBackground } from '../request.scope.js';
import type { JobQueue } from '../store/job.queue.js';
import type { StoreRepository } from '../store/store.repository.js';

/** Well after the start, which has enough to do; then as often as an hour's job may be late. */
const FIRST_MS = 300_000;
const EVERY_MS = 600_000;

export interface HourlyJobsParts {
  queue: Pick<JobQueue, 'sendHourly'>;
  stores: Pick<StoreRepository, 'list'>;
  logger: Logger;
}

export class HourlyJobs {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: HourlyJobsParts) {}

  start(): void {
    const first = setTimeout(() => {
      const queueAll = (): void => void inBackground(() => this.queueAll());
      queueAll();
      this.timer = setInterval(queueAll, EVERY_MS).unref();
    }, FIRST_MS);
    this.timer = first.unref();
  }

  stop(): void {
    // one call ends either kind of timer
    clearInterval(this.timer);
  }

  /** Never throws: what could not be queued is queued the next time. */
  async queueAll(): Promise<void> {
    const { queue, stores, logger } = this.parts;
    try {
      for (const { id: storeId } of await stores.list()) {
        for (const task of HOURLY_TASKS) await queue.sendHourly(task, { storeId });
      }
    } catch (error) {
      logger.warn({ reason: (error as Error).message }, 'hourly jobs could not be queued');
    }
  }
}
