// Runs jobs, several at once: takes one, holds on to it while its task works, and says how it ended. What is lost here, in a
// killed process or with the database away, the queue gives to another worker. Knows no task by name.
import { setTimeout as sleep } from 'node:timers/promises';
import { FitroomError } from '../errors.js';
import type { Logger } from '../observability/logger.js';
import { BEAT_EVERY_MS, type ClaimedJob, type JobQueue } from '../store/database/job.queue.js';
import type { HourlyJobs } from './scheduler.js';
import { inBackground } from '../request.scope.js';
import { traced } from '../observability/tracing.js';
import type { Task } from './tasks.js';

/** A job may begin a second late; an idle server should cost its database next to nothing. */
const LOOK_EVERY_MS = 1_000;
/** Longest that jobs under way may take when the process stops; then they go back to the queue. */
const FINISH_WITHIN_MS = 8_000;
/** How often "done" or "failed" is said again to a database that is away; after that the job counts as lost. */
const SAY_TRIES = 30;

export interface WorkerParts {
  queue: Pick<JobQueue, 'take' | 'beat' | 'complete' | 'fail'>;
  tasks: readonly Task[];
  /** Jobs under way at once; 0: none are taken. */
  count: number;
  logger: Logger;
  /** What is queued by the clock, as long as this worker runs; absent: nothing. */
  hourly?: HourlyJobs;
}

export class Worker {
  private readonly stopping = new AbortController();
  /** Aborted when the process may wait for its jobs no longer. */
  private readonly late = new AbortController();
  // eslint-disable-next-line no-restricted-syntax -- as many as FITROOM_WORKERS
  private readonly underWay = new Set<Promise<void>>();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: WorkerParts) {}

  start(): void {
    if (this.parts.count === 0 || this.parts.tasks.length === 0) return;
    this.parts.hourly?.start();
    this.running = inBackground(() => this.loop());
  }

  /** Takes no further job. Those under way end within 8 s or go back to the queue. */
  async stop(): Promise<void> {
    this.parts.hourly?.stop();
    this.stopping.abort();
    const timer = setTimeout(() => this.late.abort(), FINISH_WITHIN_MS);
    await this.running;
    await Promise.all(this.underWay);
    clearTimeout(timer);
  }

  /** Tasks take turns, so that ten thousand jobs of one do not hold up another. */
  private async loop(): Promise<void> {
    const { tasks, count } = this.parts;
    for (let turn = 0, misses = 0; !this.stopping.signal.aborted; turn++) {
      if (this.underWay.size >= count) await Promise.race(this.underWay);
      const task = tasks[turn % tasks.length]!;
      const job = await this.take(task);
      misses = job ? 0 : misses + 1;
      if (job) this.begin(task, job);
      else if (misses % tasks.length === 0) await this.pause();
    }
  }

  private async take(task: Task): Promise<ClaimedJob | null> {
    return this.parts.queue.take(task.name).catch((error: Error) => {
      this.parts.logger.warn({ reason: error.message }, 'no job could be taken');
      return null;
    });
  }

  private begin(task: Task, job: ClaimedJob): void {
    const work = this.work(task, job).finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  /** Never throws: what a job ends in is the queue's to know. */
  private async work(task: Task, job: ClaimedJob): Promise<void> {
    const { queue, logger } = this.parts;
    const lost = new AbortController();
    const beat = setInterval(() => {
      queue.beat(job).then(
        (held) => held || lost.abort(),
        // a database that is away says nothing about whose the job is
        () => undefined,
      );
    }, BEAT_EVERY_MS);
    try {
      const signal = AbortSignal.any([lost.signal, this.late.signal]);
      await traced(`job ${job.task}`, { kind: 'CONSUMER', attributes: attributesOf(job) }, () =>
        runUntil(signal, task, job),
      );
      await this.say(() => queue.complete(job));
    } catch (error) {
      // its store was deleted under it, and the job with it
      if (error instanceof FitroomError && error.code === 'STORE_UNKNOWN') return;
      logger.warn({ task: job.task, job: job.id, attempt: job.attempt, err: error as Error }, 'a job failed');
      await this.say(() => queue.fail(job, (error as Error).message));
    } finally {
      clearInterval(beat);
    }
  }

  private async say(what: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await what();
      } catch (error) {
        if (tries === SAY_TRIES || this.late.signal.aborted) {
          this.parts.logger.warn({ reason: (error as Error).message }, 'how a job ended could not be stored');
          return;
        }
        await sleep(LOOK_EVERY_MS);
      }
    }
  }

  private async pause(): Promise<void> {
    await sleep(LOOK_EVERY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

function attributesOf({ id, storeId, attempt }: ClaimedJob): Record<string, string | number> {
  return { 'fitroom.job': id, 'fitroom.store': storeId, 'fitroom.attempt': attempt };
}

/** Ends with the task, or without it once the signal says so: a stop must not wait for a shop's slow server. */
async function runUntil(signal: AbortSignal, task: Task, job: ClaimedJob): Promise<void> {
  const ctx = { storeId: job.storeId };
  const work = job.isGivenUp ? task.giveUp(ctx, job.data) : task.run(ctx, job.data, signal);
  let leave: (() => void) | undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(new Error('left unfinished: the process stops, or another worker has the job'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
  });
  // whichever comes second has nobody left to tell
  left.catch(() => undefined);
  work.catch(() => undefined);
  try {
    await Promise.race([work, left]);
  } finally {
    signal.removeEventListener('abort', leave!);
  }
}
