// An inference thread that is replaced when it dies; its task is retried once.
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { PROJECT_ROOT } from '../config.js';
import { FitroomError } from '../errors.js';
import type { Task, TaskResult, ThreadSetup } from './task.js';

/** The compiled file, also when the tests run the sources. */
const THREAD_FILE = join(PROJECT_ROOT, 'dist', 'inference', 'encoder.thread.js');
/**
 * Time after which a run counts as hung. The longest batch takes 0.2 s on two cores and half a minute on a software
 * GPU.
 */
const RUN_LIMIT_MS = 120_000;

/** Maximum number of batches that wait for the thread: two for each of four kinds of model. */
const MOST_QUEUED = 8;

/** Creates the task for each try: buffers transferred to a dead thread are lost. */
export type TaskMaker = () => { task: Task; transfer?: ArrayBuffer[] };

export class InferenceThread {
  private pool: Piscina<Task, TaskResult>;
  private closed = false;

  constructor(
    private readonly setup: ThreadSetup,
    private readonly onDeath: (reason: string) => void,
  ) {
    this.pool = this.openPool();
  }

  /**
   * Runs a task.
   * @returns the outputs of the run
   * @throws Error with the runtime's reason if the run fails
   * @throws FitroomError SERVICE_UNAVAILABLE if the thread died twice or the run hangs
   */
  async run(make: TaskMaker): Promise<Record<string, Float32Array>> {
    const first = await this.attempt(make);
    const result = 'death' in first ? await this.attempt(make) : first;
    if ('death' in result) throw new FitroomError('SERVICE_UNAVAILABLE', undefined, [], { cause: result.death });
    if ('failure' in result) throw new Error(result.failure);
    return result.outputs;
  }

  /** The current thread. Ending it inside a native run aborts the process: the runtime cannot unwind. */
  get worker(): Worker | undefined {
    return this.pool.threads[0];
  }

  /** Waits for the running task. Later tasks fail with SERVICE_UNAVAILABLE. */
  async close(): Promise<void> {
    this.closed = true;
    await this.pool.close();
  }

  /** Returns the result, or the error with which the thread died. A new thread has replaced it by then. */
  private async attempt(make: TaskMaker): Promise<TaskResult | { death: Error }> {
    if (this.closed) throw new FitroomError('SERVICE_UNAVAILABLE');
    const { task, transfer } = make();
    const run = this.pool.run(task, { transferList: transfer }).catch((death: Error) => ({ death }));
    let timer: NodeJS.Timeout | undefined;
    // The pool's abort signal does not fit: it would end the thread inside the native run.
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new FitroomError('SERVICE_UNAVAILABLE')), RUN_LIMIT_MS);
    });
    try {
      return await Promise.race([run, limit]);
    } finally {
      clearTimeout(timer);
    }
  }

  private openPool(): Piscina<Task, TaskResult> {
    const pool = new Piscina<Task, TaskResult>({
      filename: THREAD_FILE,
      workerData: this.setup,
      minThreads: 1,
      maxThreads: 1,
      // One task runs and another already waits in the thread, so the thread need not wait for the main thread.
      concurrentTasksPerWorker: 2,
      // Each micro-batcher of a model sends at most two batches at once and counts their bytes.
      maxQueue: MOST_QUEUED,
      recordTiming: false,
    });
    // The pool also reports a death without a task here. It must not end the process; `watch` handles it.
    pool.on('error', () => undefined);
    this.watch(pool);
    return pool;
  }

  /**
   * Watches the thread for its death. The pool replaces a thread that was ready. If a thread dies before it is ready,
   * the pool silently stays empty, so this opens a new pool.
   */
  private watch(pool: Piscina<Task, TaskResult>): void {
    pool.threads[0]?.once('exit', (code) => {
      if (this.closed) return;
      this.onDeath(`it exited with code ${code}`);
      if (pool.threads.length > 0) return this.watch(pool);
      this.pool = this.openPool();
      // fails the tasks that wait in the old pool; they are retried in the new one
      void pool.destroy();
    });
  }
}
