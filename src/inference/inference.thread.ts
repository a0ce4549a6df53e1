// One inference thread that is always there: replaced when it dies, its task tried once more. Knows no models.
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { PROJECT_ROOT } from '../config.js';
import { FitroomError } from '../errors.js';
import type { Task, TaskResult, ThreadSetup } from './task.js';

/** Always the compiled file, also where the tests run the sources. */
const THREAD_FILE = join(PROJECT_ROOT, 'dist', 'inference', 'encoder.thread.js');
/** The longest batch takes 0.2 s on two cores and half a minute on a software GPU: a run this long hangs. */
const RUN_LIMIT_MS = 120_000;

/** Batches that wait for the thread: two of each of four kinds of model. */
const MOST_QUEUED = 8;

/** Makes the task anew for each try: what was transferred to a dead thread is gone. */
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
   * @returns the outputs of the run
   * @throws Error with the runtime's reason where the run fails
   * @throws FitroomError SERVICE_UNAVAILABLE where the thread died twice or the run hangs
   */
  async run(make: TaskMaker): Promise<Record<string, Float32Array>> {
    const first = await this.attempt(make);
    const result = 'death' in first ? await this.attempt(make) : first;
    if ('death' in result) throw new FitroomError('SERVICE_UNAVAILABLE', undefined, [], { cause: result.death });
    if ('failure' in result) throw new Error(result.failure);
    return result.outputs;
  }

  /** The thread as it is now. Ending it inside a native run aborts the process: the runtime cannot unwind. */
  get worker(): Worker | undefined {
    return this.pool.threads[0];
  }

  /** Waits for the running task; later ones fail with SERVICE_UNAVAILABLE. */
  async close(): Promise<void> {
    this.closed = true;
    await this.pool.close();
  }

  /** The result, or how the thread died over it; there is a new one then. */
  private async attempt(make: TaskMaker): Promise<TaskResult | { death: Error }> {
    if (this.closed) throw new FitroomError('SERVICE_UNAVAILABLE');
    const { task, transfer } = make();
    const run = this.pool.run(task, { transferList: transfer }).catch((death: Error) => ({ death }));
    let timer: NodeJS.Timeout | undefined;
    // not the pool's abort signal, which would end the thread inside the native run
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
      // one runs; another lies in the thread already, so that it need not wait for the main thread's turn
      concurrentTasksPerWorker: 2,
      // the micro-batchers of a model have at most two batches each under way, whose bytes they count
      maxQueue: MOST_QUEUED,
      recordTiming: false,
    });
    // a death without a task is told here too, and must not end the process; `watch` sees to it
    pool.on('error', () => undefined);
    this.watch(pool);
    return pool;
  }

  /** The pool replaces a thread that was ready. One that dies before it is makes the pool give up, silently: start over. */
  private watch(pool: Piscina<Task, TaskResult>): void {
    pool.threads[0]?.once('exit', (code) => {
      if (this.closed) return;
      this.onDeath(`it exited with code ${code}`);
      if (pool.threads.length > 0) return this.watch(pool);
      this.pool = this.openPool();
      // fails what waits in the old pool, which is then tried again in the new one
      void pool.destroy();
    });
  }
}
