// The job queue on either database.
import type { Job } from '../../src/domain/jobs/job.js';
import { JobQueue, type ClaimedJob } from '../../src/store/database/job.queue.js';
import { OTHER_STORE, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const testDatabase = withDatabase();
let queue: JobQueue;
beforeAll(async () => {
  queue = await JobQueue.open(testDatabase.database);
});
afterAll(() => queue.close());
afterEach(async () => {
  await testDatabase.database.query('delete from pgboss.job');
});

const job = (n: number, more: Partial<Job> = {}): Job => ({
  task: 'import-store',
  storeId: STORE.storeId,
  data: { n },
  ...more,
});

/** Ages the job as if its worker had been silent for a minute. */
async function silence(held: ClaimedJob): Promise<void> {
  await testDatabase.database.query("update pgboss.job set started_on = now() - interval '1 minute' where id = $1", [
    held.id,
  ]);
}

/** Runs the maintenance that the queue runs every 10 s. */
async function runMaintenance(): Promise<void> {
  await (queue as unknown as { boss: { expire(): Promise<void> } }).boss.expire();
  await testDatabase.database.query("update pgboss.job set start_after = now() - interval '1 second'");
}

it('the queue hands out each job once, by priority and then by age, with its store', async () => {
  await queue.send([job(1), job(2, { storeId: OTHER_STORE.storeId })]);
  await queue.send([job(3, { priority: 1 })]);
  const taken = [await queue.take('import-store'), await queue.take('import-store'), await queue.take('import-store')];
  expect(taken.map((held) => held!.data['n'])).toEqual([3, ...taken.slice(1).map((held) => held!.data['n'])]);
  expect(new Set(taken.map((held) => `${held!.data['n']} ${held!.storeId}`))).toEqual(
    new Set(['1 default', '2 other', '3 default']),
  );
  expect(await queue.take('import-store')).toBeNull();
  expect(await queue.take('import-read')).toBeNull();
});

it('the queue adds a job when its transaction commits, and not when it rolls back', async () => {
  await testDatabase.database.within(STORE).transaction((query) => queue.send([job(1)], query));
  const failing = testDatabase.database.within(STORE).transaction(async (query) => {
    await queue.send([job(2)], query);
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  expect((await queue.take('import-store'))!.data).toEqual({ n: 1 });
  expect(await queue.take('import-store')).toBeNull();
});

it('the queue hands the job of a silent worker to another, and the first worker loses it', async () => {
  await queue.send([job(1)]);
  const first = (await queue.take('import-store'))!;
  expect(await queue.beat(first)).toBe(true);
  await silence(first);
  await runMaintenance();
  expect(await queue.beat(first)).toBe(false);
  const second = (await queue.take('import-store'))!;
  expect(second).toMatchObject({ id: first.id, attempt: 1 });
  // The same job is active again, but another worker holds it.
  expect(await queue.beat(first)).toBe(false);
  expect(await queue.beat(second)).toBe(true);
});

it('the queue leaves a job with a worker that sends heartbeats', async () => {
  await queue.send([job(1)]);
  const held = (await queue.take('import-store'))!;
  await silence(held);
  await queue.beat(held);
  await runMaintenance();
  expect(await queue.take('import-store')).toBeNull();
  await queue.complete(held);
  expect(await queue.beat(held)).toBe(false);
});

it('the queue retries a failed job later, and hands it out as given up after the last attempt', async () => {
  await queue.send([job(1)]);
  let held = (await queue.take('import-store'))!;
  await queue.fail(held, 'no luck');
  expect(await queue.take('import-store')).toBeNull(); // The retry is delayed.
  for (let tries = 1; tries <= 12; tries++) {
    await runMaintenance();
    held = (await queue.take('import-store'))!;
    expect(held).toMatchObject({ attempt: tries, isGivenUp: false });
    await queue.fail(held, 'no luck');
  }
  await runMaintenance();
  expect(await queue.take('import-store')).toMatchObject({ isGivenUp: true, data: { n: 1 }, storeId: 'default' });
});

it('the queue opens on a database that already has its tables', async () => {
  const second = await JobQueue.open(testDatabase.database);
  await second.send([job(1)]);
  await second.close();
  expect(await queue.take('import-store')).not.toBeNull();
});

it('the queue leaves no transaction open when its maintenance fails halfway', async () => {
  await testDatabase.database.query('alter table pgboss.archive rename to archive_away');
  const boss = (queue as unknown as { boss: { archive(): Promise<void> } }).boss;
  await expect(boss.archive()).rejects.toThrow(/archive/);
  await testDatabase.database.query('alter table pgboss.archive_away rename to archive');
  await queue.send([job(1)]);
  expect(await queue.take('import-store')).not.toBeNull();
});
