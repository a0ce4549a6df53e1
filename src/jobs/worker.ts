// A worker: claims jobs, runs several at once, and reports their results to the queue.
// The queue gives a job of a killed process to another worker.
import { setTimeout as sleep } from 'node:timers/promises';
import { FitroomError } from '../errors.js';
import type { Logger } from '../observability/logger.js';
import { BEAT_EVERY_MS, type ClaimedJob, type JobQueue } from '../store/database/job.queue.js';
import type { HourlyJobs } from './scheduler.js';
import { inBackground } from '../request.scope.js';
import { traced } from '../observability/tracing.js';
import type { Task } from './tasks.js';

/** Interval of the checks for new jobs: a job may start a second late, and an idle server hardly loads its database. */
const POLL_EVERY_MS = 1_000;
/** Maximum time for running jobs when the process stops. Unfinished jobs go back to the queue. */
const FINISH_WITHIN_MS = 8_000;
/** Attempts to store the result of a job in an unavailable database. After them the job counts as lost. */
const MAX_REPORT_ATTEMPTS = 30;

export interface WorkerParts {
  queue: Pick<JobQueue, 'take' | 'beat' | 'complete' | 'fail'>;
  tasks: readonly Task[];
  /** Maximum number of running jobs. 0 for a worker that runs none. */
  count: number;
  logger: Logger;
  /** Queues hourly jobs while this worker runs. Absent: none are queued. */
  hourly?: HourlyJobs;
}

export class Worker {
  private readonly stopping = new AbortController();
  /** Aborts when the time for running jobs is over. */
  private readonly timeUp = new AbortController();
  // eslint-disable-next-line no-restricted-syntax -- as many as FITROOM_WORKERS
  private readonly running = new Set<Promise<void>>();
  private polling: Promise<void> = Promise.resolve();

  constructor(private readonly parts: WorkerParts) {}

  start(): void {
    if (this.parts.count === 0 || this.parts.tasks.length === 0) return;
    this.parts.hourly?.start();
    this.polling = inBackground(() => this.poll());
  }

  /** Claims no further jobs. Running jobs end within 8 s or go back to the queue. */
  async stop(): Promise<void> {
    this.parts.hourly?.stop();
    this.stopping.abort();
    const timer = setTimeout(() => this.timeUp.abort(), FINISH_WITHIN_MS);
    await this.polling;
    await Promise.all(this.running);
    clearTimeout(timer);
  }

  /** Tasks take turns, so that ten thousand jobs of one task do not delay another. */
  private async poll(): Promise<void> {
    const { tasks, count } = this.parts;
    for (let turn = 0, misses = 0; !this.stopping.signal.aborted; turn++) {
      if (this.running.size >= count) await Promise.race(this.running);
      const task = tasks[turn % tasks.length]!;
      const job = await this.claim(task);
      misses = job ? 0 : misses + 1;
      if (job) this.launch(task, job);
      else if (misses % tasks.length === 0) await this.pause();
    }
  }

  private async claim(task: Task): Promise<ClaimedJob | null> {
    return this.parts.queue.take(task.name).catch((error: Error) => {
      this.parts.logger.warn({ reason: error.message }, 'no job could be claimed');
      return null;
    });
  }

  private launch(task: Task, job: ClaimedJob): void {
    const run = this.run(task, job).finally(() => this.running.delete(run));
    this.running.add(run);
  }

  /** Runs a job and reports its result to the queue. Never throws. */
  private async run(task: Task, job: ClaimedJob): Promise<void> {
    const { queue, logger } = this.parts;
    const lost = new AbortController();
    const beat = setInterval(() => {
      queue.beat(job).then(
        (isHeld) => isHeld || lost.abort(),
        // without the database it is unknown whether the job is lost
        () => undefined,
      );
    }, BEAT_EVERY_MS);
    try {
      const signal = AbortSignal.any([lost.signal, this.timeUp.signal]);
      await traced(`job ${job.task}`, { kind: 'CONSUMER', attributes: attributesOf(job) }, () =>
        runUntil(signal, task, job),
      );
      await this.report(() => queue.complete(job));
    } catch (error) {
      // the store was deleted, and the job with it
      if (error instanceof FitroomError && error.code === 'STORE_UNKNOWN') return;
      logger.warn({ task: job.task, job: job.id, attempt: job.attempt, err: error as Error }, 'a job failed');
      await this.report(() => queue.fail(job, (error as Error).message));
    } finally {
      clearInterval(beat);
    }
  }

  /** Stores the result of a job. Tries again while the database is unavailable. */
  private async report(send: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await send();
      } catch (error) {
        if (attempt === MAX_REPORT_ATTEMPTS || this.timeUp.signal.aborted) {
          this.parts.logger.warn({ reason: (error as Error).message }, 'the result of a job could not be stored');
          return;
        }
        await sleep(POLL_EVERY_MS);
      }
    }
  }

  private async pause(): Promise<void> {
    await sleep(POLL_EVERY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

function attributesOf({ id, storeId, attempt }: ClaimedJob): Record<string, string | number> {
  return { 'fitroom.job': id, 'fitroom.store': storeId, 'fitroom.attempt': attempt };
}

/**
 * Waits for the task, but only until the signal aborts: a stop must not wait for a slow server of a shop.
 * @throws Error if the signal aborts first
 */
async function runUntil(signal: AbortSignal, task: Task, job: ClaimedJob): Promise<void> {
  const ctx = { storeId: job.storeId };
  const work = job.isGivenUp ? task.giveUp(ctx, job.data) : task.run(ctx, job.data, signal);
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new Error('unfinished: the process stops, or another worker has the job'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
  });
  // the loser of the race may reject later, which must not end the process
  aborted.catch(() => undefined);
  work.catch(() => undefined);
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort!);
  }
}
