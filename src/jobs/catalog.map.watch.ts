// Looks every minute whether a store's map is behind its catalog, and queues the job that brings it up to date. Looking, and not
// being told: whatever changes a catalog, imports, switches and other processes too, is found, and no write waits for it.
import type { StoreContext } from '../domain/store.context.js';
import type { Logger } from '../logger.js';
import { inBackground } from '../request.scope.js';
import type { JobQueue } from '../store/job.queue.js';

/** A server has just started: its first requests come first. */
const FIRST_LOOK_MS = 10_000;
const LOOK_EVERY_MS = 60_000;

export interface CatalogMapWatchParts {
  stores: () => Promise<StoreContext[]>;
  isBehind: (ctx: StoreContext) => Promise<boolean>;
  queue: Pick<JobQueue, 'send' | 'isUnderWay'>;
  logger: Pick<Logger, 'warn'>;
}

export class CatalogMapWatch {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly parts: CatalogMapWatchParts) {}

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
