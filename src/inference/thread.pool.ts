// One inference thread that is always there: replaced when it dies, its task tried once more. Knows no models.
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { PROJECT_ROOT } from '../config.js';
import { FitroomError } from '../errors.js';
import type { Task, TaskResult, ThreadSetup } from './task.js';

/** Always the compiled file, also where the tests run the sources. */
const THREAD_FILE = join(PROJECT_ROOT, 'dist', 'inference', 'encoder.thread.js');
/** The longest batch of the default bundle takes 0.2 s on two cores; a run this long hangs. */
const RUN_LIMIT_MS = 30_000;

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
    const result = (await this.attempt(make)) ?? (await this.attempt(make));
    if (!result) throw new FitroomError('SERVICE_UNAVAILABLE');
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

  /** The result, or null where the thread died over it and there is a new one. */
  private async attempt(make: TaskMaker): Promise<TaskResult | null> {
    if (this.closed) throw new FitroomError('SERVICE_UNAVAILABLE');
    const { task, transfer } = make();
    const run = this.pool.run(task, { transferList: transfer }).catch((death: Error) => this.replace(death));
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

  private replace(death: Error): null {
    this.onDeath(death.message);
    // the pool replaces a thread that was ready; one that died before makes it give up
    if (this.closed || this.pool.threads.length > 0) return null;
    void this.pool.destroy();
    this.pool = this.openPool();
    return null;
  }

  private openPool(): Piscina<Task, TaskResult> {
    const pool = new Piscina<Task, TaskResult>({
      filename: THREAD_FILE,
      workerData: this.setup,
      minThreads: 1,
      maxThreads: 1,
      concurrentTasksPerWorker: 1,
      recordTiming: false,
    });
    // death without a task: the pool has replaced the thread already
    pool.on('error', (error: Error) => this.onDeath(error.message));
    return pool;
  }
}
