// The worker over a queue in memory: what it takes at once, what it says of jobs that end, fail or are lost, and how it stops.
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
  const waiting = jobs.map((job, i) => ({ ...held(String(i)), ...job }));
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

/** What an asynchronous part that has nothing to wait for gives. */
function done(_effect?: unknown): Promise<void> {
  return Promise.resolve();
}

function held(id: string): ClaimedJob {
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

it('runs as many at once as it may, and all of them in the end', async () => {
  let now = 0;
  let most = 0;
  const queue = memoryQueue({}, {}, {}, {}, {});
  const task = taskOf(async () => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 20));
    now--;
  });
  const worker = new Worker({ queue, tasks: [task], count: 2, logger });
  worker.start();
  await until(() => queue.completed.length === 5);
  await worker.stop();
  expect(most).toBe(2);
});

it('lets tasks take turns', async () => {
  const order: string[] = [];
  const queue = memoryQueue({}, {}, {}, { task: 'import-read' }, { task: 'import-read' });
  const tasks = (['import-store', 'import-read'] as const).map((name) => taskOf(() => done(order.push(name)), name));
  const worker = new Worker({ queue, tasks, count: 1, logger });
  worker.start();
  await until(() => queue.completed.length === 5);
  await worker.stop();
  expect(order.slice(0, 4)).toEqual(['import-store', 'import-read', 'import-store', 'import-read']);
});

it('gives back a job whose task throws, and goes on', async () => {
  const queue = memoryQueue({}, {});
  const worker = new Worker({
    queue,
    tasks: [
      taskOf(() =>
        queue.completed.length + queue.failed.length === 0 ? Promise.reject(new Error('odd')) : Promise.resolve(),
      ),
    ],
    count: 1,
    logger,
  });
  worker.start();
  await until(() => queue.completed.length === 1);
  await worker.stop();
  expect(queue.failed).toEqual(['0: odd']);
});

it('says again that a job is done while the database is away', async () => {
  const queue = memoryQueue({});
  let away = 2;
  const complete = async (job: ClaimedJob): Promise<void> => {
    if (away-- > 0) throw new Error('away');
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

it('tells a task whose tries are used up to give up', async () => {
  const queue = memoryQueue({ isGivenUp: true, data: { n: 7 } });
  const told: unknown[] = [];
  const task: Task = {
    name: 'import-store',
    run: () => done(told.push('ran')),
    giveUp: (ctx, data) => done(told.push([ctx, data])),
  };
  const worker = new Worker({ queue, tasks: [task], count: 1, logger });
  worker.start();
  await until(() => queue.completed.length === 1);
  await worker.stop();
  expect(told).toEqual([[{ storeId: 'default' }, { n: 7 }]]);
});

it('stops after what is under way, takes nothing more, and gives back what does not end', async () => {
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
  expect(queue.failed).toEqual(['0: left unfinished: the process stops, or another worker has the job']);
  expect(queue.waiting).toHaveLength(1);
}, 20_000);

it('takes no job at all where it may run none', async () => {
  const queue = memoryQueue({});
  const worker = new Worker({ queue, tasks: [taskOf(() => done())], count: 0, logger });
  worker.start();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await worker.stop();
  expect(queue.waiting).toHaveLength(1);
});
