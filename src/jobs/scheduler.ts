// Looks every minute whether a store's map is behind its catalog, and queues the job that brings it up to date. Looking, and not
// being told: whatever changes a catalog, imports, switches and other processes too, is found, and no write waits for it.
import type { StoreContext } from '../domain/access/store.context.js';
import type { Logger } from '../observability/logger.js';
import { inBackground } from '../request.scope.js';
import type { JobQueue } from '../store/database/job.queue.js';
import { HOURLY_TASKS } from '../domain/jobs/job.js';
import type { StoreRepository } from '../store/store.repository.js';

/** A server has just started: its first requests come first. */
const FIRST_LOOK_MS = 10_000;
const LOOK_EVERY_MS = 60_000;

export interface CatalogMapScheduleParts {
  stores: () => Promise<StoreContext[]>;
  isBehind: (ctx: StoreContext) => Promise<boolean>;
  queue: Pick<JobQueue, 'send' | 'isUnderWay'>;
  logger: Pick<Logger, 'warn'>;
}

export class CatalogMapSchedule {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly parts: CatalogMapScheduleParts) {}

  start(): void {
    this.lookIn(FIRST_LOOK_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  /** Looks at every store once. Never throws: what fails is looked at again. */
  async look(): Promise<void> {
    const { stores, isBehind, queue, logger } = this.parts;
    try {
      for (const ctx of await stores()) {
        if (this.stopped) return;
        const behind = await isBehind(ctx).catch(() => false);
        if (behind && !(await queue.isUnderWay('catalog-map', ctx)))
          await queue.send([{ task: 'catalog-map', storeId: ctx.storeId, data: {}, priority: -1 }]);
      }
    } catch (error) {
      logger.warn({ reason: (error as Error).message }, 'whether maps are up to date could not be seen');
    }
  }

  private lookIn(ms: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.looking = inBackground(() => this.look()).finally(() => this.lookIn(LOOK_EVERY_MS));
    }, ms).unref();
  }
}

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
