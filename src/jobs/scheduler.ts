// Jobs queued by the clock: the map of a catalog that has changed, and hourly jobs.
import type { StoreContext } from '../domain/access/store.context.js';
import type { Logger } from '../observability/logger.js';
import { inBackground } from '../request.scope.js';
import type { JobQueue } from '../store/database/job.queue.js';
import { HOURLY_TASKS } from '../domain/jobs/job.js';
import type { StoreRepository } from '../store/store.repository.js';

/** Delay after the start, so that the first requests come first. */
const FIRST_CHECK_MS = 10_000;
const CHECK_EVERY_MS = 60_000;

export interface CatalogMapScheduleParts {
  stores: () => Promise<StoreContext[]>;
  isBehind: (ctx: StoreContext) => Promise<boolean>;
  queue: Pick<JobQueue, 'send' | 'isUnderWay'>;
  logger: Pick<Logger, 'warn'>;
}

/**
 * Checks every minute which maps lag behind their catalogs, and queues the jobs that update them. Polling finds every
 * change, also by imports, model switches and other processes, and no write has to wait for it.
 */
export class CatalogMapSchedule {
  private timer: NodeJS.Timeout | undefined;
  private checking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly parts: CatalogMapScheduleParts) {}

  start(): void {
    this.checkIn(FIRST_CHECK_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.checking;
  }

  /** Checks every store once. Never throws: the next check repeats a failed one. */
  async check(): Promise<void> {
    const { stores, isBehind, queue, logger } = this.parts;
    try {
      for (const ctx of await stores()) {
        if (this.stopped) return;
        const needsUpdate = await isBehind(ctx).catch(() => false);
        if (needsUpdate && !(await queue.isUnderWay('catalog-map', ctx)))
          await queue.send([{ task: 'catalog-map', storeId: ctx.storeId, data: {}, priority: -1 }]);
      }
    } catch (error) {
      logger.warn({ reason: (error as Error).message }, 'the check for outdated maps failed');
    }
  }

  private checkIn(ms: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.checking = inBackground(() => this.check()).finally(() => this.checkIn(CHECK_EVERY_MS));
    }, ms).unref();
  }
}

/** Delay of the first check, so that it does not slow down the start. */
const FIRST_MS = 300_000;
/** Interval of the checks, and so the maximum delay of an hourly job. */
const EVERY_MS = 600_000;

export interface HourlyJobsParts {
  queue: Pick<JobQueue, 'sendHourly'>;
  stores: Pick<StoreRepository, 'list'>;
  logger: Logger;
}

/** Queues the hourly jobs of every store. */
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
    // clearInterval also clears a timeout
    clearInterval(this.timer);
  }

  /** Queues the hourly jobs. Never throws: the next run queues the missing ones. */
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
