// The worker with a queue in memory: concurrency, results of jobs, and the stop.
import type { ClaimedJob } from '../../../src/store/database/job.queue.js';
import type { Task } from '../../../src/jobs/tasks.js';
import { Worker } from '../../../src/jobs/worker.js';
import { createLogger } from '../../../src/observability/logger.js';

interface MemoryQueue {
  waiting: ClaimedJob[];
  completed: string[];
  failed: string[];
}

function memoryQueue(...jobs: Partial<ClaimedJob>[]) {
  const waiting = jobs.map((job, i) => ({ ...claimedJob(String(i)), ...job }));
  const state: MemoryQueue = { waiting, completed: [], failed: [] };
  return Object.assign(state, {
    take: (task: string) => {
      const index = state.waiting.findIndex((job) => job.task === task);
      return Promise.resolve(index === -1 ? null : state.waiting.splice(index, 1)[0]!);
    },
    beat: () => Promise.resolve(true),
    complete: ({ id }: ClaimedJob) => done(state.completed.push(id)),
    fail: ({ id }: ClaimedJob, reason: string) => done(state.failed.push(`${id}: ${reason}`)),
  });
}

/** Returns a resolved promise, for parts without asynchronous work. */
function done(_effect?: unknown): Promise<void> {
  return Promise.resolve();
}

function claimedJob(id: string): ClaimedJob {
  return { id, task: 'import-store', storeId: 'default', data: {}, attempt: 0, isGivenUp: false };
}

const taskOf = (run: Task['run'], name: Task['name'] = 'import-store'): Task => ({
  name,
  run,
  giveUp: () => done(),
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const logger = createLogger('silent');

it('runs all jobs, and at most as many at once as allowed', async () => {
  let running = 0;
  let maxRunning = 0;
  const queue = memoryQueue({}, {}, {}, {}, {});
  const task = taskOf(async () => {
    maxRunning = Math.max(maxRunning, ++running);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running--;
  });
  const worker = new Worker({ queue, tasks: [task], count: 2, logger });
  worker.start();
  await until(() => queue.completed.length === 5);
  await worker.stop();
  expect(maxRunning).toBe(2);
});

it('alternates between tasks', async () => {
  const order: string[] = [];
  const queue = memoryQueue({}, {}, {}, { task: 'import-read' }, { task: 'import-read' });
  const tasks = (['import-store', 'import-read'] as const).map((name) => taskOf(() => done(order.push(name)), name));
  const worker = new Worker({ queue, tasks, count: 1, logger });
  worker.start();
  await until(() => queue.completed.length === 5);
  await worker.stop();
  expect(order.slice(0, 4)).toEqual(['import-store', 'import-read', 'import-store', 'import-read']);
});

it('reports a failed job and runs the next one', async () => {
  const queue = memoryQueue({}, {});
  const worker = new Worker({
    queue,
    tasks: [
      taskOf(() =>
        queue.completed.length + queue.failed.length === 0 ? Promise.reject(new Error('broken')) : Promise.resolve(),
      ),
    ],
    count: 1,
    logger,
  });
  worker.start();
  await until(() => queue.completed.length === 1);
  await worker.stop();
  expect(queue.failed).toEqual(['0: broken']);
});

it('reports a completed job again while the database is unavailable', async () => {
  const queue = memoryQueue({});
  let failuresLeft = 2;
  const complete = async (job: ClaimedJob): Promise<void> => {
    if (failuresLeft-- > 0) throw new Error('unavailable');
    await queue.complete(job);
  };
  const worker = new Worker({
    queue: { ...queue, complete },
    tasks: [taskOf(() => done())],
    count: 1,
    logger,
  });
  worker.start();
  await until(() => queue.completed.length === 1);
  await worker.stop();
}, 10_000);

it('calls giveUp of a task whose attempts are used up', async () => {
  const queue = memoryQueue({ isGivenUp: true, data: { n: 7 } });
  const calls: unknown[] = [];
  const task: Task = {
    name: 'import-store',
    run: () => done(calls.push('run')),
    giveUp: (ctx, data) => done(calls.push([ctx, data])),
  };
  const worker = new Worker({ queue, tasks: [task], count: 1, logger });
  worker.start();
  await until(() => queue.completed.length === 1);
  await worker.stop();
  expect(calls).toEqual([[{ storeId: 'default' }, { n: 7 }]]);
});

it('stops after the running jobs, claims no more, and gives back unfinished jobs', async () => {
  const queue = memoryQueue({}, {});
  let aborted = false;
  const endless = taskOf((_ctx, _data, signal) => {
    signal.addEventListener('abort', () => (aborted = true));
    return new Promise(() => undefined);
  });
  const worker = new Worker({ queue, tasks: [endless], count: 1, logger });
  worker.start();
  await until(() => queue.waiting.length === 1);
  const started = performance.now();
  await worker.stop();
  expect(performance.now() - started).toBeLessThan(12_000);
  expect(aborted).toBe(true);
  expect(queue.failed).toEqual(['0: unfinished: the process stops, or another worker has the job']);
  expect(queue.waiting).toHaveLength(1);
}, 20_000);

it('claims no job if it may run none', async () => {
  const queue = memoryQueue({});
  const worker = new Worker({ queue, tasks: [taskOf(() => done())], count: 0, logger });
  worker.start();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await worker.stop();
  expect(queue.waiting).toHaveLength(1);
});
